"""Where each word of a text comes from since it was put to public comment: followed save by save, as blame does
for code. Pure values.

The difference between the consulted and the latest text is defined by this following, so that each word of it
has exactly one change that removed or brought it (docs/decisions/066). A comparison of the two texts alone may
find that fewer words differ, never more: where words moved, or went and came back elsewhere, it guesses.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cocreation.documents.changes import TextKey, texts_of
from cocreation.documents.models import Change
from cocreation.documents.sections import SectionWords, in_order
from cocreation.text.differences import Hunk, Kind, apart, hunks


@dataclass(frozen=True)
class Step:
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


def followed(
    consulted: Sequence[SectionWords], latest: Sequence[SectionWords], changes: Iterable[Change]
) -> list[FollowedText]:
    """Each text of a document, from the consulted version to the latest, by the changes made between them in
    the order of their saves. Changes need their version and their section.
    """
    steps: dict[TextKey, dict[int, list[Step]]] = {}
    for change in changes:
        key = TextKey(change.section.uid, change.language, change.fact)
        hunk = Hunk(change.place, key.words(change.removed), key.words(change.added))
        steps.setdefault(key, {}).setdefault(change.version.number, []).append(Step(change.id, hunk))
    old, new = _by_key(consulted), _by_key(latest)
    sections = {section.uid: section for section in (*consulted, *latest)}
    keys = [key for s in in_order(sections.values()) for key in {**old, **new} if key.uid == s.uid]
    return [
        FollowedText(
            sections[key.uid],
            key,
            follow(
                key.words(old.get(key, "")),
                key.words(new.get(key, "")),
                [saved for _number, saved in sorted(steps.get(key, {}).items())],
            ),
        )
        for key in keys
    ]


def follow(before: Sequence[str], after: Sequence[str], saves: Iterable[Sequence[Step]]) -> list[Traced]:
    """The words of both texts in their order; what each save did is counted in the words before it."""
    words = [_Word(text, is_consulted=True) for text in before]
    for steps in saves:
        words = _saved(words, steps)
    standing = [word.text for word in words if word.is_there]
    # What stands there and no save accounts for: somebody wrote past the services. It is nobody's change.
    words = _saved(words, [Step(None, hunk) for hunk in hunks(standing, after)])
    for word, text in zip((word for word in words if word.is_there), after, strict=True):
        word.text = text  # the same word, with the blanks it has now
    if not hunks(before, after):
        return _runs(("kept", text, None) for text in after)
    return _runs(_reconciled(words))


def _saved(words: list[_Word], steps: Sequence[Step]) -> list[_Word]:
    """The words after a save. Those that came after the consultation and went again leave no trace."""
    standing = [place for place, word in enumerate(words) if word.is_there]
    for step in sorted(steps, key=lambda step: step.hunk.at, reverse=True):
        at, count = step.hunk.at, len(step.hunk.removed)
        gone = standing[at : at + count]
        for place in gone:
            words[place].is_there, words[place].change = False, step.change
        end = gone[-1] + 1 if gone else standing[at] if at < len(standing) else len(words)
        words[end:end] = [_Word(t, is_consulted=False, change=step.change) for t in step.hunk.added]
    return [word for word in words if word.is_there or word.is_consulted]


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
    order = {id(word): place for place, word in enumerate(stretch)}
    gone = [word for word in stretch if not word.is_there]
    come = [word for word in stretch if word.is_there]
    at, shift = 0, 0
    for hunk in [*hunks([w.text for w in gone], [w.text for w in come]), Hunk(len(gone), (), ())]:
        yield from (("kept", word.text, None) for word in come[at + shift : hunk.at + shift])
        at = hunk.at + len(hunk.removed)
        differ = gone[hunk.at : at] + come[hunk.at + shift : at + shift + len(hunk.added) - len(hunk.removed)]
        shift += len(hunk.added) - len(hunk.removed)
        for word in sorted(differ, key=lambda word: order[id(word)]):
            yield "added" if word.is_there else "removed", word.text, word.change


def _runs(words: Iterable[tuple[Kind, str, int | None]]) -> list[Traced]:
    """Words by which the same happened, together."""
    runs: list[Traced] = []
    for (kind, change), run in itertools.groupby(words, key=lambda word: (word[0], word[2])):
        first, *others = (text for _kind, text, _change in run)
        start = apart(first) if runs else first
        runs.append(Traced(kind, start + "".join(map(apart, others)), change))
    return runs


def _by_key(sections: Iterable[SectionWords]) -> Mapping[TextKey, str]:
    return {key: text for section in sections for key, text in texts_of(section).items()}
