"""Where each word of a text comes from since it was put to public comment: followed save by save, as blame
does for code. Pure values.

The difference between the consulted and the latest text is defined by this following, so that each word of
it has exactly one change that removed or brought it (docs/decisions/066). A comparison of the two alone may
find that fewer words differ, never more: where words moved, or went and came back elsewhere, it guesses.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cocreation.documents.models import Change
from cocreation.documents.sections import SectionWords, TextKey, in_order, texts_of
from cocreation.text.differences import Hunk, Kind, apart, beside, hunks


@dataclass(frozen=True)
class TracedHunk:
    """What one change did to one text. `change` is None for what no save accounts for."""

    change: int | None
    hunk: Hunk


@dataclass(frozen=True)
class Traced:
    """Words that were kept, or that `change` removed or brought."""

    kind: Kind
    words: str
    change: int | None = None

    @property
    def is_changed(self) -> bool:
        return self.kind != "kept"


@dataclass(frozen=True)
class FollowedText:
    """One text of a section from the consulted version to the latest."""

    section: SectionWords
    key: TextKey
    pieces: list[Traced]

    @property
    def is_changed(self) -> bool:
        return any(piece.is_changed for piece in self.pieces)

    @property
    def changes(self) -> set[int | None]:
        """Those that its words differ by."""
        return {piece.change for piece in self.pieces if piece.is_changed}


@dataclass
class _Word:
    """A word on its way: `change` has removed it if it was consulted on, else brought it."""

    text: str
    is_consulted: bool
    is_there: bool = True
    change: int | None = None

    @property
    def done(self) -> tuple[Kind, str, int | None]:
        """What was done to it."""
        return "added" if self.is_there else "removed", self.text, self.change


def followed(
    consulted: Sequence[SectionWords], latest: Sequence[SectionWords], changes: Iterable[Change]
) -> list[FollowedText]:
    """Each text of a document, from the consulted version to the latest, by the changes made between them in
    the order of their saves. Changes need their version and their section.
    """
    saves = _by_save(changes)
    old, new = _by_key(consulted), _by_key(latest)
    sections = in_order({section.uid: section for section in (*consulted, *latest)}.values())
    return [
        FollowedText(section, key, _followed(key, old, new, saves.get(key, {})))
        for section in sections
        for key in {**old, **new}
        if key.uid == section.uid
    ]


def follow(
    before: Sequence[str], after: Sequence[str], saves: Iterable[Sequence[TracedHunk]]
) -> list[Traced]:
    """The words of both texts in their order; what each save did is counted in the words before it."""
    words = [_Word(text, is_consulted=True) for text in before]
    for done in saves:
        words = _saved(words, done)
    # What stands there and no save accounts for: somebody wrote past the services. It is nobody's change.
    words = _saved(words, [TracedHunk(None, hunk) for hunk in hunks(_texts(_standing(words)), after)])
    for word, text in zip(_standing(words), after, strict=True):
        word.text = text  # the same word, with the blanks it has now
    if not hunks(before, after):
        return _runs(("kept", text, None) for text in after)
    return _runs(_reconciled(words))


def _followed(
    key: TextKey,
    old: Mapping[TextKey, str],
    new: Mapping[TextKey, str],
    saves: Mapping[int, Sequence[TracedHunk]],
) -> list[Traced]:
    before, after = (key.words(texts.get(key, "")) for texts in (old, new))
    return follow(before, after, [saves[number] for number in sorted(saves)])


def _saved(words: list[_Word], done: Sequence[TracedHunk]) -> list[_Word]:
    """The words after a save. Those that came after the consultation and went again leave no trace."""
    places = [place for place, word in enumerate(words) if word.is_there]
    for traced in sorted(done, key=lambda traced: traced.hunk.at, reverse=True):
        _put(words, places[traced.hunk.at :], traced)
    return [word for word in words if word.is_there or word.is_consulted]


def _put(words: list[_Word], places: list[int], traced: TracedHunk) -> None:
    """One change, where the words at these places come next."""
    gone = places[: len(traced.hunk.removed)]
    for place in gone:
        words[place].is_there, words[place].change = False, traced.change
    behind = [place + 1 for place in gone[-1:]] or places or [len(words)]
    come = [_Word(text, is_consulted=False, change=traced.change) for text in traced.hunk.added]
    words[behind[0] : behind[0]] = come


def _standing(words: Iterable[_Word]) -> Iterator[_Word]:
    return (word for word in words if word.is_there)


def _texts(words: Iterable[_Word]) -> list[str]:
    return [word.text for word in words]


def _reconciled(words: Iterable[_Word]) -> Iterator[tuple[Kind, str, int | None]]:
    """The words with what was done to them. Between two that were never touched, one that was removed and
    brought back stands as it stood: it does not differ.
    """
    for is_kept, stretch in itertools.groupby(words, key=lambda word: word.is_there and word.is_consulted):
        if is_kept:
            yield from (("kept", word.text, None) for word in stretch)
        else:
            yield from _brought_back(list(stretch))


def _brought_back(stretch: list[_Word]) -> Iterator[tuple[Kind, str, int | None]]:
    gone, come = [word for word in stretch if not word.is_there], list(_standing(stretch))
    for kept, removed, added in beside(hunks(_texts(gone), _texts(come)), gone, come):
        yield from (("kept", word.text, None) for word in kept)
        differing = {id(word) for word in (*removed, *added)}
        yield from (word.done for word in stretch if id(word) in differing)


def _runs(words: Iterable[tuple[Kind, str, int | None]]) -> list[Traced]:
    """Words by which the same happened, together."""
    runs: list[Traced] = []
    for (kind, change), run in itertools.groupby(words, key=lambda word: (word[0], word[2])):
        first, *others = (text for _kind, text, _change in run)
        start = apart(first) if runs else first
        runs.append(Traced(kind, start + "".join(map(apart, others)), change))
    return runs


def _by_save(changes: Iterable[Change]) -> dict[TextKey, dict[int, list[TracedHunk]]]:
    """What each version did to each text."""
    found: dict[TextKey, dict[int, list[TracedHunk]]] = {}
    for change in changes:
        key = TextKey(change.section.uid, change.language, change.fact)
        hunk = Hunk(change.place, key.words(change.removed), key.words(change.added))
        found.setdefault(key, {}).setdefault(change.version.number, []).append(TracedHunk(change.id, hunk))
    return found


def _by_key(sections: Iterable[SectionWords]) -> Mapping[TextKey, str]:
    return {key: text for section in sections for key, text in texts_of(section).items()}
