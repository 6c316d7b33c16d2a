"""What the rows of a table of outputs say, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cocreation.core.errors import Invalid
from cocreation.files.sheets.columns import match_choice
from cocreation.files.sheets.table import Row
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text.cleanup import clean_line
from cocreation.workshops.models import LineKind
from cocreation.workshops.services import LONGEST_LINE
from cocreation.workshops.sheet_columns import KINDS, OF_KIND

_LINE_NUMBER = re.compile(r"[A-Za-z]?\s*[-.]?\s*(\d+)\s*[.)\-:/]*")
_BULLET = re.compile(r"(?:[-•*·▪►●○–—✓]|\d{1,2}\s*[.)\-])\s*")


class LineNotANumber(Invalid):
    sentence = _l("“%(value)s” is not a line number: write 1, 2, 3… or leave the cell empty.")


class SheetLineTooLong(Invalid):
    sentence = _l("The text has more than %(limit)s characters. Cut it into several lines.")


@dataclass(frozen=True)
class SheetLine:
    """A row as it was understood."""

    row: Row
    workshop: str
    kind: LineKind
    heading: str | None
    number: int | None
    text: str

    @property
    def said(self) -> tuple[LineKind, str | None, str]:
        """What makes two lines the same."""
        return self.kind, self.heading, self.text


def lines_of(row: Row) -> list[SheetLine]:
    """What one row says: the line it is, or each line that stands in the column of its kind."""
    said = [(kind, text) for kind, column in OF_KIND.items() for text in _said_in(row[column.key])]
    if row["text"]:
        said.append((LineKind[match_choice(row["kind"], KINDS).upper()], row["text"]))
    return [_line(row, kind, text) for kind, text in said]


def _said_in(cell: str) -> list[str]:
    """The lines in a cell: several where each begins with a dash or a number of its own."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return [_BULLET.sub("", line, count=1) for line in lines]
    return [cell] if cell else []


def _line(row: Row, kind: LineKind, said: str) -> SheetLine:
    number, text = _LINE_NUMBER.fullmatch(row["number"]), clean_line(said)
    if row["number"] and not (number and int(number[1]) > 0):
        raise LineNotANumber(value=row["number"])
    if len(text) > LONGEST_LINE:
        raise SheetLineTooLong(limit=LONGEST_LINE)
    heading = clean_line(row["heading"]) if kind is LineKind.PROBLEM else ""
    return SheetLine(
        row, clean_line(row["workshop"]), kind, heading or None, int(number[1]) if number else None, text
    )
