"""One cell: its value as text, and its text kept from becoming a formula."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cocreation.files.sheets.limits import MAX_CELL
from cocreation.text.cleanup import clean

Value = str | int | float | bool | date | datetime | time | timedelta

# What a spreadsheet takes for a formula, full-width forms included (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER_OR_PHONE = re.compile(r"[+-][\s.,()/٫٬-]*\d[\d\s.,()/%٫٬-]*")
_LIST_ITEM = re.compile(r"-+(\s+[^\W\d]|\s*$)")


def text_of(value: Value) -> str:
    """A cell's value as a person reads it: 3.0 is "3", a day "2023-05-01", true "true"."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, str):
        return clean(_without_guard(value), MAX_CELL + 1)
    return str(value)


def looks_like_a_formula(text: str) -> bool:
    """Whether a cell of a CSV would be calculated when a spreadsheet opens it.

    A number, a telephone number ("+212 …") and the dash of a list ("- first") are not formulas.
    """
    return text.startswith(_FORMULA_STARTS) and not (
        _NUMBER_OR_PHONE.fullmatch(text) or _LIST_ITEM.match(text)
    )


def safe_cell(value: object) -> str | int | float:
    """`value` for a cell of a .csv: numbers stay numbers, no text begins like a formula.

    An apostrophe in front tells every spreadsheet that what follows is text; `read` takes it off again.
    """
    plain = typed_cell(value)
    is_bare = isinstance(plain, str) and not plain.startswith("'")
    return f"'{plain}" if is_bare and _needs_guard(str(plain)) else plain


def typed_cell(value: object) -> str | int | float:
    """`value` for a cell of a workbook, whose type says that it is text: no apostrophe, which people would
    see and copy. One that somebody wrote before a formula gets another one, since `read` takes one off.
    """
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith("'") and _needs_guard(text) else text


def _needs_guard(text: str) -> bool:
    """Also behind blanks, which some programs trim, and behind apostrophes, so that one can be taken off."""
    bare = text.lstrip("'")
    return bare.startswith(_FORMULA_STARTS) or bare.lstrip().startswith(_FORMULA_STARTS)


def _without_guard(text: str) -> str:
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text
