"""Ages as lists have them: a number, a bracket, a day or a year of birth."""

from __future__ import annotations

import re
from datetime import date

from cocreation.demographics.models import AgeBracket
from cocreation.text.spelling import fold

OLDEST = 120  # years
# The first age of each bracket; sixty is still of the one that says "50 to 60".
_BRACKETS = (
    (18, AgeBracket.FROM_18),
    (30, AgeBracket.FROM_30),
    (40, AgeBracket.FROM_40),
    (50, AgeBracket.FROM_50),
    (61, AgeBracket.FROM_60),
)
_OVER = re.compile(r"\b(?:plus|over|above|more|اكثر|ازيد|فوق|فاكثر|فما فوق|et \+)\b|[+>≥]")
_DAY = re.compile(
    r"(\d{1,2}) ?[/. -] ?(\d{1,2}) ?[/. -] ?(\d{4})"
    r"|(\d{4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: \d\d:\d\d)?"
)


def bracket_of(typed: str, on: date) -> AgeBracket | None:
    """The bracket that an age, a bracket of others that lies within one of ours, or a birth names; None for
    all else, also for who is younger than the youngest. A birth is told as an age on the day `on`.
    """
    text = fold(re.sub("[-‐‑‒–—−]", " - ", typed)).strip()  # together, two numbers may be those of a law
    if birth := _DAY.fullmatch(text):
        return _of_birth(birth, on)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 1:
        return _of_one(numbers[0], text, on)
    if len(numbers) == 2 and _is_range(text):
        return _of_range(min(numbers), max(numbers))
    return None


def _of_birth(birth: re.Match[str], on: date) -> AgeBracket | None:
    day, month, year = (birth[1], birth[2], birth[3]) if birth[3] else (birth[6], birth[5], birth[4])
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return _of_age(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _of_one(number: int, text: str, on: date) -> AgeBracket | None:
    """An age or a year of birth; of "over 60" that bracket, of "over" anything else none of ours."""
    if _OVER.search(text):
        return AgeBracket.FROM_60 if number == 60 else None
    if not re.fullmatch(r"\d+(?: ?(?:ans?|years?|سنه|عاما?|سنوات))?", text):
        return None
    return _of_age(on.year - number if number > OLDEST else number)


def _of_age(age: int) -> AgeBracket | None:
    return next((bracket for first, bracket in reversed(_BRACKETS) if first <= age <= OLDEST), None)


def _is_range(text: str) -> bool:
    words = re.sub(r"\d+|سنه|عاما?|سنوات|ans?\b|years?\b|[\s\-/.]", " ", text).split()
    return set(words) <= {
        "ما",
        "بين",
        "من",
        "الي",
        "و",
        "entre",
        "et",
        "de",
        "a",
        "between",
        "and",
        "to",
        "from",
    }


def _of_range(low: int, high: int) -> AgeBracket | None:
    """The bracket in which both ends lie; the first age of the next one ends it as well ("18 - 30")."""
    first, last = _of_age(low), _of_age(high)
    return first if first and first in (last, _of_age(high - 1)) else None
