"""Writing .xlsx and .csv that a spreadsheet opens without calculating anything."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from cocreation.files.sheets.cells import safe_cell, typed_cell

Rows = Iterable[Sequence[object]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # the media type of a workbook
_XLSX_CELL = 32_767  # characters; Excel's own limit, and xlsxwriter leaves a longer text out silently
_NARROW, _WIDE = 24, 60  # characters
_LISTS = "lists"
_ROWS_TO_FILL_IN = 500  # of an empty table, with lists to choose from
_SHEET_NAME = 31  # characters; Excel's limit, as are the signs it forbids
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_xlsx(
    sheets: Mapping[str, tuple[Sequence[object], Rows]],
    *,
    right_to_left: bool = False,
    lists: Mapping[int, Sequence[str]] | None = None,
    wide: Collection[int] = (),
) -> bytes:
    """A workbook of `sheets`: headers and rows by name. Rows may be endless, only one is held at a time.

    A text beyond Excel's 32,767 characters is cut and ends with "…". `lists` are what the cells of a column
    (by its index, in every sheet) can be chosen from; they stand in a hidden sheet, which `read` leaves out.
    Columns of `wide` hold long texts: broad, their lines wrapped.
    """
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"constant_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"}) if wide else None
        taken: set[str] = set()
        for name, (headers, rows) in sheets.items():
            sheet = workbook.add_worksheet(_sheet_name(name, taken))
            if right_to_left:
                sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            for column in range(len(headers)):
                sheet.set_column(column, column, _WIDE if column in wide else _NARROW)
            number = 0
            _write_row(sheet, 0, headers, bold)
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, row, plain)
            for column, source in _sources(lists or {}).items():
                choice = {"validate": "list", "source": source}
                sheet.data_validation(1, column, number or _ROWS_TO_FILL_IN, column, choice)
        if lists:
            _write_lists(workbook, lists)
    return packed.getvalue()


def stream_csv(headers: Sequence[object], rows: Rows) -> Iterator[str]:
    """A CSV of commas, with the mark (BOM) by which Excel knows UTF-8, a line at a time: the rows may be
    endless.
    """
    for number, row in enumerate(chain([headers], rows)):
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(cell) for cell in row])
        yield line.getvalue() if number else "\ufeff" + line.getvalue()


def _sources(lists: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Where the list of each column stands in the hidden sheet."""
    return {
        column: f"='{_LISTS}'!${xl_col_to_name(place)}$1:${xl_col_to_name(place)}${len(choices)}"
        for place, (column, choices) in enumerate(lists.items())
    }


def _write_lists(workbook: xlsxwriter.Workbook, lists: Mapping[int, Sequence[str]]) -> None:
    """Longer lists than the 255 characters that Excel takes beside a cell."""
    sheet = workbook.add_worksheet(_LISTS)
    sheet.hide()
    for number, row in enumerate(zip_longest(*lists.values(), fillvalue="")):
        _write_row(sheet, number, row)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[object], style: object = None
) -> None:
    """Each cell by its type, so that xlsxwriter guesses neither formulas nor addresses nor numbers."""
    for column, value in enumerate(map(typed_cell, row)):
        if isinstance(value, bool):
            sheet.write_boolean(number, column, value, style)
        elif isinstance(value, (int, float)):
            sheet.write_number(number, column, value, style)
        else:
            sheet.write_string(number, column, _fitting(value), style)


def _fitting(text: str) -> str:
    return text if len(text) <= _XLSX_CELL else text[: _XLSX_CELL - 1] + "…"


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel accepts, different from those taken whatever the case."""
    plain = name.translate(_FORBIDDEN).strip(" '")[:_SHEET_NAME].strip(" '") or "1"
    unique, number = plain, 2
    while unique.casefold() in taken:
        ending = f" {number}"
        unique, number = plain[: _SHEET_NAME - len(ending)] + ending, number + 1
    taken.add(unique.casefold())
    return unique
