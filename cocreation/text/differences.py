"""What was changed between two versions of a text, word by word.

Words are compared whole, never letter by letter: a vowel mark stays with the letter that carries it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["kept", "removed", "added"]
Piece = tuple[Kind, str]

_WORDS = re.compile(r"\s*\S+")
NO_BREAK_SPACE = "\u00a0"  # what a mark without a letter is shown on, as Unicode asks


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in their order: words kept, removed from `before`, added by `after`.

    What is kept and removed make `before`, what is kept and added `after`, but for blanks. No piece begins
    with a combining mark.
    """
    old, new = _words(before), _words(after)
    # Of two changes that touch, what goes stands before what comes, however the two are found.
    pieces: list[Piece] = []
    removed: list[str] = []
    added: list[str] = []
    bare = [word.strip() for word in old], [word.strip() for word in new]
    for step in Indel.opcodes(*bare):
        if step.tag == "delete":
            removed += old[step.src_start : step.src_end]
        elif step.tag == "insert":
            added += new[step.dest_start : step.dest_end]
        else:
            pieces += _changes(removed, added)
            pieces.append(("kept", "".join(new[step.dest_start : step.dest_end])))
            removed, added = [], []
    pieces += _changes(removed, added)
    return pieces[:1] + [(kind, _apart(words)) for kind, words in pieces[1:]]


def side_by_side(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stood before and what stands after, each with what it has of its own marked."""
    return (
        [piece for piece in pieces if piece[0] != "added"],
        [piece for piece in pieces if piece[0] != "removed"],
    )


def _words(text: str) -> list[str]:
    return [_carried(word) for word in _WORDS.findall(text)]


def _carried(word: str) -> str:
    """A word whose first sign is a mark that no letter carries, on a blank of its own."""
    bare = word.lstrip()
    if not unicodedata.category(bare[0]).startswith("M"):
        return word
    return word[: len(word) - len(bare)] + NO_BREAK_SPACE + bare


def _apart(words: str) -> str:
    """What began a text stands behind something else now."""
    return words if words[0].isspace() else f" {words}"


def _changes(removed: list[str], added: list[str]) -> list[Piece]:
    changes: list[Piece] = [("removed", "".join(removed)), ("added", "".join(added))]
    return [piece for piece in changes if piece[1]]
