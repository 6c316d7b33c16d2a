"""Spreadsheets in and out: read what people send without trusting it, write what they can open safely.

    sheets = read(Path("outputs.xlsx"))
    rows = match_all(sheets, COLUMNS)
    problems = Problems()
    for row in rows:
        with problems.at(row):
            kinds.append(choose(row["kind"], KINDS))
    problems.refuse()

Everything refused is a `SheetRefused` that names the sheet, the row and what to do.
"""

from cocreation.core.sheets.cells import safe_cell
from cocreation.core.sheets.limits import MAX_FILE_BYTES, MAX_ROWS
from cocreation.core.sheets.reading import Sheet, read
from cocreation.core.sheets.refusals import Problems, RowError, SheetRefused
from cocreation.core.sheets.table import Column, NotAChoice, Row, choose, match, match_all
from cocreation.core.sheets.writing import stream_csv, write_csv, write_xlsx

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_ROWS",
    "Column",
    "NotAChoice",
    "Problems",
    "Row",
    "RowError",
    "Sheet",
    "SheetRefused",
    "choose",
    "match",
    "match_all",
    "read",
    "safe_cell",
    "stream_csv",
    "write_csv",
    "write_xlsx",
]
