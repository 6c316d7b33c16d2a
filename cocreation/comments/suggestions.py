"""A wording suggested for a section: which words of it change, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cocreation.text.differences import Piece, differences

CONTEXT = 120  # characters kept on each side of what changes, at most: enough to find its place again
# Signs that nobody sees: with or without them a text is the same to whoever reads it.
_UNSEEN = re.compile("[\u200b-\u200f\u061c\u2060\ufeff\u00ad]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Suggestion:
    """`wording` instead of `quote`, between `before` and `after`: the words of the text, sign by sign."""

    quote: str
    before: str
    after: str
    wording: str

    @property
    def pieces(self) -> list[Piece]:
        """The change as it reads in its place."""
        around = self.before, self.after
        return differences(self.quote.join(around), self.wording.join(around))


def suggestion(text: str, edited: str) -> Suggestion | None:
    """What somebody changed who was given `text` and gave back `edited`: from the first word that differs to
    the last. None where nobody would see a difference.
    """
    old, new = _words(text), _words(edited)
    same = _alike(old, new)
    if same == len(old) == len(new):
        return None
    same_after = min(_alike(old[::-1], new[::-1]), len(old) - same, len(new) - same)
    start, end = _span(text, old, same, same_after)
    start_of_new, end_of_new = _span(edited, new, same, same_after)
    if start == end:  # words are added: the blank that parts them from what was there comes along
        place = len(old) - same_after
        start_of_new, end_of_new = _with_blank(edited, new, same, same_after)
        start = end = old[place].start() if place < len(old) else _end(old)
    return Suggestion(
        quote=text[start:end],
        before=_tail(text[:start]),
        after=_head(text[end:]),
        wording=edited[start_of_new:end_of_new],
    )


def _words(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _alike(old: list[re.Match[str]], new: list[re.Match[str]]) -> int:
    """With how many words both begin."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if _UNSEEN.sub("", before[0]) != _UNSEEN.sub("", after[0]):
            break
        count += 1
    return count


def _span(text: str, words: list[re.Match[str]], same: int, same_after: int) -> tuple[int, int]:
    """Where the words stand that are neither among the first `same` nor among the last `same_after`."""
    between = words[same : len(words) - same_after]
    if between:
        return between[0].start(), between[-1].end()
    place = words[same].start() if same < len(words) else _end(words)
    return place, place


def _with_blank(text: str, words: list[re.Match[str]], same: int, same_after: int) -> tuple[int, int]:
    start, end = _span(text, words, same, same_after)
    if same_after:
        return start, words[len(words) - same_after].start()
    return (words[same - 1].end() if same else start), end


def _end(words: list[re.Match[str]]) -> int:
    return words[-1].end() if words else 0


def _tail(text: str) -> str:
    """The end of what stands before, from the beginning of a word on."""
    if len(text) <= CONTEXT:
        return text
    cut = text[-CONTEXT:]
    blank = re.search(r"\s", cut)
    return cut[blank.end() :] if blank and blank.end() < len(cut) else cut


def _head(text: str) -> str:
    """The beginning of what stands after, up to the end of a word."""
    if len(text) <= CONTEXT:
        return text
    cut = text[:CONTEXT]
    blanks = list(re.finditer(r"\s", cut))
    return cut[: blanks[-1].start()] if blanks and blanks[-1].start() > 0 else cut
