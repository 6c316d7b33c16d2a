"""What a kind of file is: its rows and what is expected of them.

A kind is a list of rows (of an .xlsx, with merged cells where it says so), the bytes of a CSV, or several
sheets. All of it is made up. What is expected is what a clerk expects, to the cell.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter

from cocreation.files.sheets.headings import NAMELESS
from cocreation.files.sheets.layout import Guidance
from cocreation.languages.i18n import Lazy, speaking


@dataclass
class Kind:
    """A file: the rows of its sheets by name (or `data`), what is merged, how it is to be read. `expected`
    are its lines; `remarks` what is said of rows, by sentence; `left_out` the columns that are; `errors` what
    is said against it instead.
    """

    sheets: dict[str, list[Sequence[object]]] = field(default_factory=dict)
    expected: list[tuple[object, ...]] = field(default_factory=list)
    merged: tuple[str, ...] = ()
    data: bytes = b""
    name: str = "list.xlsx"
    guidance: Guidance = field(default_factory=Guidance)
    remarks: dict[Lazy, list[int]] = field(default_factory=dict)
    left_out: list[str] | None = None
    errors: list[tuple[Lazy, list[int | None]]] = field(default_factory=list)
    asks: bool = False  # somebody has to say what a column or a sheet is before it is written unseen

    def content(self) -> bytes:
        if self.data:
            return self.data
        packed = io.BytesIO()
        with xlsxwriter.Workbook(packed, {"strings_to_formulas": False}) as workbook:
            day = workbook.add_format({"num_format": "yyyy-mm-dd"})
            for name, rows in self.sheets.items():
                sheet = workbook.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        if isinstance(cell, Shown):
                            sheet.write_formula(number, place, cell.formula, None, cell.value)
                        elif isinstance(cell, datetime):
                            sheet.write_datetime(number, place, cell, day)
                        elif cell != "":
                            sheet.write(number, place, cell)
                for cells in self.merged:
                    first = cells.split(":")[0]
                    row, column = int(first[1:]) - 1, ord(first[0]) - ord("A")
                    sheet.merge_range(cells, rows[row][column])
        return packed.getvalue()


@dataclass
class Shown:
    """A formula with what the sheet shows."""

    formula: str
    value: object


def people(*rows: Sequence[object], **more: object) -> Kind:
    return Kind({"Feuil1": list(rows)}, **more)  # type: ignore[arg-type]


def nameless(letters: str) -> str:
    """What a column without a header is called, in the language of who matches it."""
    with speaking("fr"):
        return str(NAMELESS.filled(column=letters))


AMAL = ("Amal Mithal", "amal@example.org")
SAMI = ("Sami Mathal", "sami@example.org")
# Of a person: name, address, telephone, association, gender, age, capacity, workshop.
NONE = "not_stated"


def person(name, email=None, phone=None, association=None, gender=NONE, age=NONE, capacity=NONE, workshop=""):
    return (name, email, phone, association, gender, age, capacity, workshop)


TWO = [person(*AMAL), person(*SAMI)]
