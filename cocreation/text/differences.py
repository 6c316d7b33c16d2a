"""What was changed between two versions of a text, word by word.

Words are compared whole, never letter by letter: a vowel mark stays with the letter that carries it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from rapidfuzz.distance import Indel

Kind = Literal["kept", "removed", "added"]
Piece = tuple[Kind, str]
Thing = TypeVar("Thing")

_WORDS = re.compile(r"\s*\S+")
NO_BREAK_SPACE = "\u00a0"  # what a mark without a letter is shown on, as Unicode asks


@dataclass(frozen=True)
class Hunk:
    """Words of a text that gave way to others in one place: from the word `at` on, counted before."""

    at: int
    removed: Sequence[str]
    added: Sequence[str]


def hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """What leads from these words to those, in their order; between two of them a word is kept."""
    found: list[Hunk] = []
    at, removed, added = 0, list[str](), list[str]()
    for step in Indel.opcodes([word.strip() for word in old], [word.strip() for word in new]):
        if step.tag == "delete":
            removed += old[step.src_start : step.src_end]
        elif step.tag == "insert":
            added += new[step.dest_start : step.dest_end]
        else:
            found.append(Hunk(at, removed, added))
            at, removed, added = step.src_end, [], []
    found.append(Hunk(at, removed, added))
    return [hunk for hunk in found if hunk.removed or hunk.added]


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in their order: words kept, removed from `before`, added by `after`.

    What is kept and removed make `before`, what is kept and added `after`, but for blanks. No piece begins
    with a combining mark.
    """
    old, new = words_of(before), words_of(after)
    pieces: list[Piece] = []
    # Of two changes that touch, what goes stands before what comes, however the two are found.
    for kept, removed, added in beside(hunks(old, new), old, new):
        pieces += [("kept", "".join(kept)), ("removed", "".join(removed)), ("added", "".join(added))]
    pieces = [piece for piece in pieces if piece[1]]
    return pieces[:1] + [(kind, apart(words)) for kind, words in pieces[1:]]


def beside(
    found: Iterable[Hunk], old: Sequence[Thing], new: Sequence[Thing]
) -> Iterator[tuple[Sequence[Thing], Sequence[Thing], Sequence[Thing]]]:
    """What is kept, as it stands in `new`, and the things of `old` and of `new` that a hunk is then about."""
    place, shift = 0, 0  # of the next thing in `old`, and how much further it stands in `new`
    for hunk in [*found, Hunk(len(old), (), ())]:
        come = hunk.at + shift
        end = hunk.at + len(hunk.removed)
        yield new[place + shift : come], old[hunk.at : end], new[come : come + len(hunk.added)]
        place, shift = end, shift + len(hunk.added) - len(hunk.removed)


def side_by_side(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stood before and what stands after, each with what it has of its own marked."""
    return (
        [piece for piece in pieces if piece[0] != "added"],
        [piece for piece in pieces if piece[0] != "removed"],
    )


def words_of(text: str) -> list[str]:
    """The words of a text, each with the blanks before it."""
    return [_carried(word) for word in _WORDS.findall(text)]


def _carried(word: str) -> str:
    """A word whose first sign is a mark that no letter carries, on a blank of its own."""
    bare = word.lstrip()
    blanks = word[: len(word) - len(bare)]
    if not unicodedata.category(bare[0]).startswith("M") or blanks.endswith(NO_BREAK_SPACE):
        return word
    return blanks + NO_BREAK_SPACE + bare


def joined(words: Iterable[str]) -> str:
    """These words by themselves, as a text that `words_of` takes apart into the same."""
    return _carried(text) if (text := "".join(words).lstrip()) else ""


def apart(words: str) -> str:
    """What began a text stands behind something else now."""
    return words if words[0].isspace() else f" {words}"
