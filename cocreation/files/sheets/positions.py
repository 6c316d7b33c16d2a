"""Where something stands in a sheet: cells and ranges, named as people see them ("B3", "A7:B8")."""

import re
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Cell:
    """A cell by its row and column, both counted from 1."""

    row: int
    column: int

    @classmethod
    def named(cls, name: str) -> "Cell":
        """The cell called "B3". Raises ValueError."""
        found = _CELL.fullmatch(name)
        if not found:
            raise ValueError(name)
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return cls(int(found[2]), column)

    def __str__(self) -> str:
        return str(xl_rowcol_to_cell(self.row - 1, self.column - 1))


@dataclass(frozen=True)
class Range:
    """A rectangle of cells, corners included."""

    first: Cell
    last: Cell

    @classmethod
    def named(cls, name: str) -> "Range":
        """The range called "A7:B8". Raises ValueError."""
        first, _, last = name.partition(":")
        return cls(Cell.named(first), Cell.named(last or first))

    def __str__(self) -> str:
        return f"{self.first}:{self.last}"


def column_name(column: int) -> str:
    """The letters of a column counted from 1."""
    return str(xl_col_to_name(column - 1))
