"""Where words that were quoted from a text stand in a later one: as they were, moved, or nowhere any more.

Nothing here knows a database: texts go in, places come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcodes

from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l

ALIKE = 70.0  # of 100: how much of a passage must stand in another to be the same passage, reworded
KEPT = 50.0  # of 100: how much of the quoted words themselves
SHORT = 25  # characters: fewer say nothing without what stands around them
LONGEST = 400  # characters looked for at once, and as many of a longer quote from each of its ends

_LETTER = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u2019]")  # and the marks on them


class QuoteStanding(Named):
    """What became of quoted words in a later text."""

    SAME = "same", _l("stands as it was")
    MOVED = "moved", _l("stands elsewhere or reads otherwise")
    GONE = "gone", _l("is there no more")


@dataclass(frozen=True)
class Anchor:
    """Where the quoted words stand: `text[start:end]`; nowhere where they are gone."""

    standing: QuoteStanding
    start: int = 0
    end: int = 0


GONE = Anchor(QuoteStanding.GONE)


def anchor(quote: str, before: str, after: str, text: str) -> Anchor:
    """Where `quote`, which stood between `before` and `after`, stands in `text`. An empty quote is the place
    between the two.
    """
    passage = f"{before}{quote}{after}"
    if not passage.strip():
        return Anchor(QuoteStanding.SAME) if not text.strip() else GONE
    place = text.find(passage)
    if place >= 0:
        start = place + len(before)
        return Anchor(QuoteStanding.SAME, start, start + len(quote))
    return _elsewhere(quote, before, after, text) or _reworded(quote, before, after, text) or GONE


def _elsewhere(quote: str, before: str, after: str, text: str) -> Anchor | None:
    """The quote word for word among other words: where these are most like those it stood among."""
    places = [(_likeness(place, quote, before, after, text), -place) for place in _occurrences(quote, text)]
    if not places:
        return None
    likeness, place = max(places)
    if len(quote) < SHORT and likeness < ALIKE:
        return None
    return Anchor(QuoteStanding.MOVED, -place, -place + len(quote))


def _occurrences(quote: str, text: str) -> Iterator[int]:
    if quote.strip():
        for found in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", text):
            yield found.start()


def _likeness(place: int, quote: str, before: str, after: str, text: str) -> float:
    """How alike what stands around is, of 100."""
    end = place + len(quote)
    around = text[max(place - len(before), 0) : place] + text[end : end + len(after)]
    return fuzz.ratio(before + after, around)


def _reworded(quote: str, before: str, after: str, text: str) -> Anchor | None:
    """The passage that is most like the quoted one, if it is enough so."""
    passage = f"{before}{quote}{after}"
    if len(passage) <= 2 * LONGEST:
        ends = _aligned(passage, len(before), len(before) + len(quote), text)
    else:
        first, last = f"{before}{quote[:LONGEST]}", f"{quote[-LONGEST:]}{after}"
        begins = _aligned(first, len(before), len(first), text)
        finishes = _aligned(last, 0, len(last) - len(after), text)
        ends = (begins[0], finishes[1]) if begins and finishes else None
    if ends is None or ends[0] > ends[1]:
        return None
    start, end = _whole_words(text, *ends)
    if quote.strip() and fuzz.ratio(quote, text[start:end]) < KEPT:
        return None
    return Anchor(QuoteStanding.MOVED, start, end)


def _aligned(passage: str, start: int, end: int, text: str) -> tuple[int, int] | None:
    """What of `text` answers to passage[start:end]."""
    if len(passage) < len(text):
        found = fuzz.partial_ratio_alignment(passage, text, score_cutoff=ALIKE)
        if found is None:
            return None
        begins, ends = found.dest_start, found.dest_end
    elif fuzz.ratio(passage, text) < KEPT:
        return None
    else:
        begins, ends = 0, len(text)
    steps = Indel.opcodes(passage, text[begins:ends])
    first, last = _place_of(start, steps), _place_of(end, steps, is_end=True)
    return begins + first, begins + max(first, last)


def _place_of(place: int, steps: Opcodes, *, is_end: bool = False) -> int:
    """Where a place of the one text is in the other, as these steps make the one out of the other."""
    found = 0
    for step in steps:
        if step.src_start > place or (is_end and step.src_start == place > 0):
            break
        edge = step.dest_end if is_end else step.dest_start  # of words that only one text has
        found = step.dest_start + place - step.src_start if step.tag == "equal" else edge
        found = min(found, step.dest_end)
    return found


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place without halves of words; an empty one stays empty, before the word it is in."""
    is_empty = start == end
    while _is_within_a_word(text, start):
        start -= 1
    if is_empty:
        return start, start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while _is_within_a_word(text, end):
        end += 1
    return start, end


def _is_within_a_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and bool(_LETTER.match(text[place - 1]) and _LETTER.match(text[place]))
