"""What stands in the sheets of a workbook, seen before it is parsed: how far it reaches, formulas, merges.

A stream of XML events, so that a sheet that claims a million columns costs nothing to refuse.
"""

import posixpath
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from cocreation.files.sheets.archive import DAMAGED, Archive
from cocreation.files.sheets.limits import MAX_COLUMNS, MAX_COUNT, MAX_ROWS, MAX_TEXT
from cocreation.files.sheets.positions import Cell, Range
from cocreation.files.sheets.refusals import refuse_file
from cocreation.languages.i18n import lazy_gettext as _l

TOO_MANY_ROWS = _l(
    "This file has more than %(limit)s rows, or something far below its last one. Delete what is there, or "
    "split it."
)
TOO_WIDE = _l("This file has something beyond its column %(limit)s. Delete what is there.")
TOO_MUCH_TEXT = _l("This file holds more text than can be read at once. Split it.")

Attributes = dict[str, str]
_COUNTS = frozenset(("count", "uniqueCount"))


@dataclass
class Findings:
    """What one sheet holds besides its values."""

    formulas: list[Cell] = field(default_factory=list)
    unkept: list[Cell] = field(default_factory=list)  # formulas beside which no value was kept
    errors: list[Cell] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # rows nobody sees, by hand or by a filter
    characters: int = 0

    def hide(self, first: int, rows: int = 1) -> None:
        """Note hidden rows, as far as a sheet may reach."""
        self.hidden.update(range(first, min(first + rows, MAX_ROWS + 1)))

    def reach(self, row: int, column: int, characters: int) -> None:
        """Note a filled cell. Raises SheetRefused when the sheet becomes too large to be parsed."""
        self.characters += characters
        if row > MAX_ROWS:
            refuse_file(TOO_MANY_ROWS, limit=MAX_ROWS)
        if column > MAX_COLUMNS:
            refuse_file(TOO_WIDE, limit=MAX_COLUMNS)
        if self.characters > MAX_TEXT:
            refuse_file(TOO_MUCH_TEXT)


def inspect(archive: Archive) -> dict[str, Findings]:
    """Findings by name of sheet. Raises SheetRefused for a sheet too large or for broken XML."""
    return _inspect_ods(archive) if archive.kind == "ods" else _inspect_xlsx(archive)


def _inspect_ods(archive: Archive) -> dict[str, Findings]:
    content = _OdsContent()
    _walk(archive.parts["content.xml"], content.start, content.end, content.text)
    return content.sheets


def _inspect_xlsx(archive: Archive) -> dict[str, Findings]:
    """Every part that is a worksheet is inspected, whether or not the workbook says that it is one."""
    roots = {path: _root(xml) for path, xml in archive.parts.items()}
    lengths = [
        length for path, root in roots.items() if root == "sst" for length in _lengths(archive.parts[path])
    ]
    names = _sheet_names(archive)
    return {
        names.get(path, path): _worksheet(archive.parts[path], lengths)
        for path, root in roots.items()
        if root == "worksheet"
    }


def _worksheet(xml: bytes, lengths: list[int]) -> Findings:
    sheet = _Worksheet(lengths)
    _walk(xml, sheet.start, sheet.end, sheet.text)
    return sheet.findings


class _Worksheet:
    """A worksheet of .xlsx: rows of cells `c`, each with a formula `f` and a value `v` or a text `t`."""

    def __init__(self, lengths: list[int]) -> None:
        self.findings = Findings()
        self._lengths = lengths  # of the shared strings, by index
        self._row = self._column = 0
        self._type = ""
        self._value: list[str] = []
        self._inside_value = self._is_formula = self._is_kept = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row, self._column = _positive(attributes.get("r", self._row + 1)), 0
            if attributes.get("hidden") in ("1", "true"):
                self.findings.hide(self._row)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._is_formula = True
            self.findings.formulas.append(Cell(self._row, self._column))
        elif name in ("v", "t"):
            self._inside_value = self._is_kept = True
        elif name == "mergeCell":
            self.findings.merged.append(Range.named(attributes.get("ref", "")))

    def _start_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            cell = Cell.named(attributes["r"])
            self._row, self._column = cell.row, cell.column
        self._type, self._value = attributes.get("t", "n"), []
        self._is_formula = self._is_kept = False

    def text(self, text: str) -> None:
        if self._inside_value:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside_value = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        cell = Cell(self._row, self._column)
        if self._is_formula and not self._is_kept:
            self.findings.unkept.append(cell)
        if self._value:
            self.findings.reach(cell.row, cell.column, self._characters())
            if self._type == "e":
                self.findings.errors.append(cell)

    def _characters(self) -> int:
        value = "".join(self._value)
        return self._lengths[int(value)] if self._type == "s" else len(value)


class _OdsContent:
    """The content of .ods: tables of rows of cells, rows and cells written once and repeated."""

    def __init__(self) -> None:
        self.sheets: dict[str, Findings] = {}
        self._findings = Findings()
        self._row = self._rows = self._column = self._columns = self._characters = 0
        self._inside_cell = self._filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._findings = self.sheets[attributes.get("name", "")] = Findings()
            self._row = 0
        elif name == "table-row":
            self._rows, self._column = _positive(attributes.get("number-rows-repeated", 1)), 0
            if attributes.get("visibility") in ("collapse", "filter"):
                self._findings.hide(self._row + 1, self._rows)
        elif name in ("table-cell", "covered-table-cell"):
            self._start_cell(attributes)
        elif name == "s" and self._inside_cell:
            self._characters += _positive(attributes.get("c", 1))  # so many blanks

    def _start_cell(self, attributes: Attributes) -> None:
        self._columns = _positive(attributes.get("number-columns-repeated", 1))
        self._characters = len(attributes.get("string-value", ""))
        self._inside_cell, self._filled = True, "value-type" in attributes
        cell = Cell(self._row + 1, self._column + 1)
        if "formula" in attributes:
            self._findings.formulas.append(cell)
            if not self._filled:
                self._findings.unkept.append(cell)
        if attributes.get("value-type") == "error":
            self._findings.errors.append(cell)
        down = _positive(attributes.get("number-rows-spanned", 1)) - 1
        across = _positive(attributes.get("number-columns-spanned", 1)) - 1
        if down or across:
            self._findings.merged.append(Range(cell, Cell(cell.row + down, cell.column + across)))

    def text(self, text: str) -> None:
        if self._inside_cell:
            self._characters += len(text)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._column += self._columns
            self._inside_cell = False
            if self._filled:
                copies = self._rows * self._columns
                self._findings.reach(self._row + self._rows, self._column, self._characters * copies)
        elif name == "table-row":
            self._row += self._rows


def _sheet_names(archive: Archive) -> dict[str, str]:
    """Names of sheets by path of their part."""
    targets = {
        part["Id"]: posixpath.normpath(posixpath.join("/xl", part["Target"])).lstrip("/")
        for part in _elements(archive.parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
        if "Id" in part and "Target" in part
    }
    sheets = _elements(archive.parts["xl/workbook.xml"], "sheet")
    return {targets.get(sheet.get("id", ""), ""): sheet.get("name", "") for sheet in sheets}


def _lengths(shared_strings: bytes) -> list[int]:
    """How long each shared string `si` is."""
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    _walk(shared_strings, start, lambda name: None, text)
    return lengths


def _elements(xml: bytes, wanted: str) -> list[Attributes]:
    """The attributes of every element of that name; none for an absent part."""
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == wanted:
            found.append(attributes)

    if xml:
        _walk(xml, start, lambda name: None, lambda text: None)
    return found


class _WalkedLater(Exception):
    pass


def _root(xml: bytes) -> str:
    """The name of the outermost element. Parts that nobody walks for another reason are walked here."""
    names: list[str] = []

    def start(name: str, _: Attributes) -> None:
        names.append(name)
        if names[0] in ("worksheet", "sst"):
            raise _WalkedLater

    with suppress(_WalkedLater):
        _walk(xml, start, lambda name: None, lambda text: None)
    return names[0]


def _walk(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Tell every element and text of `xml`, by local names.

    A document type is refused: no office program writes one, and entities hide behind it. So is a
    "count" of billions: the parser makes room for that many before it sees that there are two.
    """

    def tell(name: str, attributes: Attributes) -> None:
        local = {_local(key): value for key, value in attributes.items()}
        for count in _COUNTS & local.keys():
            if int(local[count]) > MAX_COUNT:
                refuse_file(DAMAGED)
        start(_local(name), local)

    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: refuse_file(DAMAGED)
    parser.StartElementHandler = tell
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):  # LookupError: an encoding nobody knows
        refuse_file(DAMAGED)


def _positive(number: str | int) -> int:
    """A count or place as a number. Raises ValueError below 1: going backwards would hide what is there."""
    if int(number) < 1:
        raise ValueError(number)
    return int(number)


@lru_cache
def _local(name: str) -> str:
    return name.rpartition(" ")[2]
