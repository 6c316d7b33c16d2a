"""Reading .xlsx, .ods and .csv into rows of text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine

from cocreation.files.sheets.archive import DAMAGED, MACROS, unpack
from cocreation.files.sheets.cells import Value, looks_like_a_formula, text_of
from cocreation.files.sheets.inspection import TOO_MANY_ROWS, TOO_WIDE, Findings, inspect
from cocreation.files.sheets.limits import MAX_CELL, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from cocreation.files.sheets.positions import Cell, Range
from cocreation.files.sheets.refusals import RowError, SheetRefused, refuse_file
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text.cleanup import clean_line

EMPTY = _l("This file is empty.")
NOT_A_SPREADSHEET = _l(
    "“%(name)s” is not a spreadsheet. Save it as .xlsx in the program it comes from, or copy its table into "
    "a spreadsheet and save that. Taken are .xlsx, .ods and .csv."
)
TEXT_DOCUMENT = _l(
    "“%(name)s” is a text document. Copy its table into an empty spreadsheet, save that as .xlsx, and choose "
    "that file."
)
TOO_LARGE_A_FILE = _l("This file is larger than %(limit)s MB. Split it.")
FORMULA = _l("Cell %(cell)s holds a formula. Copy the cells and paste their values only.")
UNKEPT = _l(
    "Cell %(cell)s holds a formula whose value was not saved. Open the file, save it, and send it again."
)
BROKEN_FORMULA = _l("Cell %(cell)s holds an error instead of a value.")
LONG_CELL = _l("Cell %(cell)s is longer than %(limit)s characters.")
QUOTES = _l("Row %(row)s cannot be read: a quotation mark may be missing.")


# What programs call a sheet that nobody has named.
_UNNAMED = re.compile(r"(?:sheet|feuil(?:le)?|ورقة|table|tableau|hoja|blad)\s*[\d٠-٩]*", re.IGNORECASE)
_WORKBOOKS, _TEXTS = (".xlsx", ".ods"), (".csv", ".tsv", ".txt", ".xls")  # a website's .xls is often a text
_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0")
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')  # by which programs keep the zero of a number
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A sheet's filled rows, each with its number as people see it, its merged cells, where a formula
    stood (its value is what the sheet showed when it was saved), and which rows are hidden.

    Every cell is text, cleaned as if it had been typed into a form. `title` is what somebody called the
    sheet, "" for a CSV and for the name a program gives.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    merged: list[Range] = field(default_factory=list)
    formulas: list[Cell] = field(default_factory=list)
    title: str = ""
    hidden: set[int] = field(default_factory=set)


def read(source: bytes | Path, filename: str = "") -> list[Sheet]:
    """The visible, filled sheets of a spreadsheet of at most 5 MB and 20,000 rows.

    Its name and its content say the format: a workbook is one whatever it is called. Hidden sheets are left
    out: they hold the lists behind drop-down cells. Of a formula its kept value is read.
    Raises SheetRefused for everything that cannot be read safely: macros, formulas without a value or in a
    CSV, passwords, other formats, damaged, empty or oversized files.
    """
    name = filename or (source.name if isinstance(source, Path) else "")
    data = _bytes(source)
    if not data:
        refuse_file(EMPTY)
    ending = Path(name).suffix.casefold()
    if ending in (".xlsm", ".xltm", ".xlsb"):
        refuse_file(MACROS)
    if ending not in (*_WORKBOOKS, *_TEXTS):
        refuse_file(TEXT_DOCUMENT if ending in _DOCUMENTS else NOT_A_SPREADSHEET, name=name)
    if ending in _WORKBOOKS or data.startswith((_ZIP, _OLE)):
        return _filled(_read_workbook(data))
    if data.lstrip().startswith(b"<"):
        refuse_file(DAMAGED)  # a page of the web
    return _filled([_read_csv(data, Path(name).stem)])


def _bytes(source: bytes | Path) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MAX_FILE_BYTES:
        refuse_file(TOO_LARGE_A_FILE, limit=MAX_FILE_BYTES // 1024 // 1024)
    return source.read_bytes() if isinstance(source, Path) else source


def _filled(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets that have rows, none of them too many, no cell too long."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        refuse_file(EMPTY)
    if sum(len(sheet.rows) for sheet in filled) > MAX_ROWS:
        refuse_file(TOO_MANY_ROWS, limit=MAX_ROWS)
    _raise(
        RowError(sheet.name, number, LONG_CELL.filled(cell=Cell(number, column), limit=MAX_CELL))
        for sheet in filled
        for number, cells in sheet.rows
        for column, text in enumerate(cells, start=1)
        if len(text) > MAX_CELL
    )
    return filled


def _raise(errors: Iterable[RowError]) -> None:
    if found := list(errors):
        raise SheetRefused(found)


# Workbooks


def _read_workbook(data: bytes) -> list[Sheet]:
    archive = unpack(data)
    findings = inspect(archive)
    try:
        workbook = python_calamine.load_workbook(archive.repacked())
        tables = {
            sheet.name: workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for sheet in workbook.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
    except (python_calamine.CalamineError, OSError, ValueError):
        refuse_file(DAMAGED)
    _raise(error for name in tables for error in _not_values(name, findings.get(name, Findings())))
    return [_sheet(name, table, findings.get(name, Findings())) for name, table in tables.items()]


def _sheet(name: str, table: Iterable[list[Value]], found: Findings) -> Sheet:
    rows = _rows([text_of(cell) for cell in row] for row in table)
    title = "" if _UNNAMED.fullmatch(name) else clean_line(name, MAX_CELL)
    return Sheet(name, rows, found.merged, found.formulas, title, found.hidden)


def _not_values(name: str, found: Findings) -> list[RowError]:
    """One error for each row with an error where a value should be, or with a formula without a value."""
    rows = {cell.row: RowError(name, cell.row, BROKEN_FORMULA.filled(cell=cell)) for cell in found.errors}
    rows |= {cell.row: RowError(name, cell.row, UNKEPT.filled(cell=cell)) for cell in found.unkept}
    return [rows[row] for row in sorted(rows)]


def _rows(table: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows in which something is written, with their numbers."""
    return [(number, cells) for number, cells in enumerate(table, start=1) if any(cells)]


# CSV


def _read_csv(data: bytes, name: str) -> Sheet:
    text = _decoded(data)
    if "\0" in text:
        refuse_file(DAMAGED)
    raw = [[_TEXT_FORMULA.sub(r"\1", cell) for cell in cells] for cells in _records(text, _delimiter(text))]
    if _SEPARATOR.match(text):
        raw[0] = []  # the line by which Excel is told the separator
    _raise(
        RowError(name, number, FORMULA.filled(cell=Cell(number, column)))
        for number, cells in enumerate(raw, start=1)
        for column, cell in enumerate(cells, start=1)
        if looks_like_a_formula(cell.strip())
    )
    return Sheet(name, _rows([text_of(cell) for cell in cells] for cells in raw))


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        for cells in reader:
            if len(records) == MAX_ROWS:
                refuse_file(TOO_MANY_ROWS, limit=MAX_ROWS)
            if len(cells) > MAX_COLUMNS:
                refuse_file(TOO_WIDE, limit=MAX_COLUMNS)
            records.append(cells)
    except csv.Error:
        refuse_file(QUOTES, row=str(len(records) + 1))
    return records


def _decoded(data: bytes) -> str:
    """The text of a CSV: UTF-8, UTF-16 if it says so or every second byte is empty, else the Windows code
    page of Arabic or of French.

    Both code pages write French small letters alike; only Arabic strings several of the others together.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data[1:200:2].count(0) * 2 > len(data[1:200:2]):
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        arabic = data.decode("cp1256", errors="replace")
        words = re.search("[\u0621-\u064a]{3}", arabic)
        return arabic if words else data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator a first line names ("sep=;"), or the one that cuts the largest part of the first rows
    into equally many cells; a comma if none does.
    """
    if told := _SEPARATOR.match(text):
        return told[1]
    return max(",;\t|", key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text: str, delimiter: str) -> tuple[float, int, int]:
    """Which part of the first twenty rows has the usual number of cells, how many they are, and that number;
    none where quotation marks say that it does not separate them. The part comes first: a wrong separator
    finds more rows where it cuts through marks around a line break.
    """
    beginning = text[: MAX_CELL * 2]
    is_whole = beginning == text  # what is cut off may end within quotation marks
    reader = csv.reader(io.StringIO(beginning, newline=""), delimiter=delimiter, strict=is_whole)
    try:
        filled = [len(cells) for cells, _ in zip(reader, range(20), strict=False) if any(cells)]
    except csv.Error:
        return (0, 0, 0)
    widths = Counter(width for width in filled if width > 1)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return rows / max(len(filled), 1), rows, width
