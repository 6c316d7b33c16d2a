"""Ages as lists have them: a number, a bracket, a day or a year of birth."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cocreation.demographics.models import AgeBracket
from cocreation.text.spelling import fold

OLDEST, YOUNGEST = 120, 15  # years; who is younger was born in the century before, if its year has two digits
# The first age of each bracket; sixty is still of the one that says "50 to 60".
_BRACKETS = (
    (18, AgeBracket.FROM_18),
    (30, AgeBracket.FROM_30),
    (40, AgeBracket.FROM_40),
    (50, AgeBracket.FROM_50),
    (61, AgeBracket.FROM_60),
)
_OVER = re.compile(r"\b(?:plus|over|above|more|اكثر|ازيد|فوق|فاكثر|فما فوق|et \+)\b|[+>≥]")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "يناير janvier january",
            "فبراير fevrier february",
            "مارس mars march",
            "ابريل avril april",
            "ماي مايو mai may",
            "يونيو juin june",
            "يوليوز يوليو juillet july",
            "غشت اغسطس aout august",
            "شتنبر سبتمبر septembre september",
            "اكتوبر octobre october",
            "نونبر نوفمبر novembre november",
            "دجنبر ديسمبر decembre december",
        ),
        1,
    )
    for name in names.split()
}
_DAYS_OF_A_SHEET = range(9_000, 47_000)  # days since 1899-12-30, as spreadsheets count them: 1924 to 2028
_DAY = re.compile(
    r"(\d{1,2}) ?[/. -] ?(\d{1,2}) ?[/. -] ?(\d{4}|\d\d)"
    r"|(\d{4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: \d\d:\d\d(?::\d\d)?)?"
)


def bracket_of(typed: str, on: date) -> AgeBracket | None:
    """The bracket that an age, a bracket of others that lies within one of ours, or a birth names; None for
    all else, also for who is younger than the youngest. A birth is told as an age on the day `on`.
    """
    text = fold(re.sub("[-‐‑‒–—−]", " - ", typed)).strip()  # together, two numbers may be those of a law
    text = re.sub(r"(\d)er\b", r"\1", text).removesuffix(",0")
    text = re.sub(r"(\d) ([^\W\d]+) (?=\d{4}\b)", _with_month, text)
    if birth := _DAY.fullmatch(text):
        return _of_birth(birth, on)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 1:
        return _of_one(numbers[0], text, on)
    if len(numbers) == 2 and _is_range(text):
        return _of_range(min(numbers), max(numbers))
    return None


def _with_month(said: re.Match[str]) -> str:
    """A day whose month is a word, with its number."""
    return f"{said[1]}/{_MONTHS[said[2]]}/" if said[2] in _MONTHS else said[0]


def _of_birth(birth: re.Match[str], on: date) -> AgeBracket | None:
    day, month, year = (birth[1], birth[2], birth[3]) if birth[3] else (birth[6], birth[5], birth[4])
    written = int(year)
    if written < 100:
        written += 2000 if written + 2000 <= on.year - YOUNGEST else 1900
    try:
        born = date(written, int(month), int(day))
    except ValueError:
        return None
    return _of_day(born, on)


def _of_day(born: date, on: date) -> AgeBracket | None:
    return _of_age(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _of_one(number: int, text: str, on: date) -> AgeBracket | None:
    """An age or a year of birth; of "over 60" that bracket, of "over" anything else none of ours."""
    if _OVER.search(text):
        return AgeBracket.FROM_60 if number == 60 else None
    if not re.fullmatch(r"\d+(?: ?(?:ans?|years?|سنه|عاما?|سنوات))?", text):
        return None
    if number in _DAYS_OF_A_SHEET:
        return _of_day(date(1899, 12, 30) + timedelta(days=number), on)
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
