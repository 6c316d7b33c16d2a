"""The table inside a file: one `Row` for each line of its list, and what else was found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cocreation.files.sheets.columns import Blanks, Column, Names
from cocreation.files.sheets.headings import Heading, Standing
from cocreation.files.sheets.layout import Guidance, ListLine, Remark, SheetLayout
from cocreation.files.sheets.positions import Range
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.refusals import RowError, SheetRefused
from cocreation.files.sheets.values import UnknownValue, ValueList, meanings, unknown_values, with_meanings
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

NO_HEADERS = _l("No row with the names of the columns was found. Expected: %(expected)s.")
UNKNOWN = _l("These columns are not known: %(names)s. Expected: %(expected)s.")
MISSING = _l("These columns are missing: %(names)s.")
TWICE = _l("These columns appear more than once: %(names)s.")
EMPTY = _l("The column “%(name)s” is empty.")
MERGED = _l("The cells %(cells)s are merged. Separate them and fill each one.")
NO_ROWS = _l("There is nothing under the names of the columns.")
UNFIT = _l("This sheet has only some of the columns. Say which sheets are to be read.")


@dataclass(frozen=True)
class Row:
    """One line of a table. `row["text"]` is the text of a declared column, "" where there is none; `beneath`
    are the columns whose cell is merged with the one above.
    """

    sheet: str
    number: int
    values: dict[str, str]
    beneath: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def error(self, sentence: Lazy, **values: object) -> RowError:
        """Something to correct in this row."""
        return RowError(self.sheet, self.number, sentence.filled(**values))


@dataclass(frozen=True)
class SheetChoice:
    """A sheet of a file: whether it is read, and whether somebody has to say so."""

    name: str
    is_read: bool
    is_undecided: bool


@dataclass
class FileTable:
    """A file as it was understood: what `guidance` says of it, and what its own words do for the rest.

    Of several sheets those are read that have the columns that must be there, else the one that has the most.
    """

    sheets: Sequence[Sheet]
    columns: Sequence[Column]
    guidance: Guidance = field(default_factory=Guidance)
    lists: Sequence[ValueList] = ()

    @cached_property
    def _layouts(self) -> list[SheetLayout]:
        names = Names(self.columns)
        return [SheetLayout(sheet, self.columns, names, self.guidance) for sheet in self.sheets]

    @cached_property
    def read(self) -> list[SheetLayout]:
        """The sheets that are read."""
        named = self.guidance.sheets
        chosen = [layout for layout in self._layouts if named is not None and layout.sheet.name in named]
        fitting = chosen or [layout for layout in self._layouts if layout.read and not layout.missing]
        return fitting or [max(self._layouts, key=lambda layout: len(layout.read))]

    @property
    def choices(self) -> list[SheetChoice]:
        """The sheets there are."""
        decided = self.guidance.sheets is not None
        return [
            SheetChoice(layout.sheet.name, layout in self.read, not decided and self._is_undecided(layout))
            for layout in self._layouts
        ]

    def _is_undecided(self, layout: SheetLayout) -> bool:
        """Whether it may be meant although it is not read: some of its columns are known."""
        return layout not in self.read and bool(layout.read)

    @property
    def headings(self) -> list[Heading]:
        """The columns of the sheets that are read, each name once."""
        return list(
            {str(heading.name): heading for layout in self.read for heading in layout.headings}.values()
        )

    @property
    def fillable(self) -> dict[Column, bool]:
        """The columns that may be written once, and whether their empty cells take what stands above."""
        filled = {key for layout in self.read for key in layout.filled_down}
        found = {column.key: column for layout in self.read for column in layout.fillable}
        return {column: column.key in filled for column in found.values()}

    @property
    def remarks(self) -> list[Remark]:
        """What is to be known of rows, in their order."""
        return [remark for layout in self.read for remark in layout.remarks]

    @property
    def left_out(self) -> list[Heading]:
        """The columns that are not read."""
        return [heading for heading in self.headings if heading.key is None]

    @property
    def titled(self) -> list[Column]:
        """The columns read from titles or from the names of sheets."""
        found = {column.key: column for layout in self.read for column in layout.titled}
        return list(found.values())

    @cached_property
    def errors(self) -> list[RowError]:
        """What is wrong with the headers, or where they are right, with the rows."""
        if wrong := [error for layout in self.read for error in _header_errors(layout)]:
            return wrong
        if not self._lines:
            return [RowError(layout.sheet.name, layout.header_row, NO_ROWS) for layout in self.read]
        return [error for layout in self.read for error in _row_errors(layout)]

    @property
    def undecided(self) -> list[RowError]:
        """The columns and sheets of which somebody has to say what they are, before they are left out."""
        sheets = [RowError(choice.name, None, UNFIT) for choice in self.choices if choice.is_undecided]
        return sheets + [error for layout in self.read for error in _undecided(layout)]

    @property
    def has_columns(self) -> bool:
        """Whether all columns are there that must be."""
        return not any(_header_errors(layout) for layout in self.read)

    @cached_property
    def unknown(self) -> list[UnknownValue]:
        """The values that no list knows, where the columns are right."""
        if not self.has_columns:
            return []
        read = {column.key: column for layout in self.read for column in (*layout.read, *layout.titled)}
        lists = [values for values in self.lists if values.key in read]
        return unknown_values(self._lines, read.values(), lists, self.guidance.values)

    @cached_property
    def _lines(self) -> list[Row]:
        return [row for layout in self.read for row in _rows(layout)]

    def rows(self, *, is_shown: bool) -> list[Row]:
        """The lines, each value that no list knows replaced by what it is said to mean; as long as nobody
        has said it, nothing stands in its place, or its row is left out. Raises SheetRefused for all that is
        wrong in the sheets, and unless somebody is shown what is left out (`is_shown`), for all that is
        undecided.
        """
        errors = self.errors if is_shown else [*self.undecided, *self.errors]
        if errors:
            raise SheetRefused(errors)
        if not self.unknown:
            return self._lines
        meant = meanings(self.unknown)
        told = ((row, with_meanings(row.values, meant)) for row in self._lines)
        return [replace(row, values=values) for row, values in told if values is not None]


def match_all(
    sheets: Sequence[Sheet], columns: Sequence[Column], guidance: Guidance | None = None
) -> list[Row]:
    """The rows of a file nobody is asked about. Raises one SheetRefused for all that is wrong in it, and for
    columns and sheets that somebody would have to decide on.
    """
    return FileTable(sheets, columns, guidance or Guidance()).rows(is_shown=False)


def _rows(layout: SheetLayout) -> list[Row]:
    return [Row(layout.sheet.name, line.number, _values(layout, line), line.beneath) for line in layout.lines]


def _values(layout: SheetLayout, line: ListLine) -> dict[str, str]:
    title = line.section or layout.sheet.title
    titled = {column.key: title for column in layout.titled}
    return {column.key: line.cells.get(column.key, titled.get(column.key, "")) for column in layout.columns}


def _header_errors(layout: SheetLayout) -> list[RowError]:
    sheet, row = layout.sheet.name, layout.header_row
    if not layout.read:
        return [RowError(sheet, None, NO_HEADERS.filled(expected=_expected(layout)))]
    missing = [column.label for column in layout.missing]
    return [RowError(sheet, row, MISSING.filled(names=_list(missing)))] if missing else []


def _undecided(layout: SheetLayout) -> list[RowError]:
    """Columns that are neither known nor known to be left out."""
    if not layout.read:
        return []
    said = {
        sentence: [str(heading.name) for heading in layout.headings if heading.standing is standing]
        for standing, sentence in ((Standing.UNKNOWN, UNKNOWN), (Standing.TWICE, TWICE))
    }
    return [
        RowError(layout.sheet.name, layout.header_row, sentence.filled(names=_list(names), **more))
        for (sentence, names), more in zip(said.items(), ({"expected": _expected(layout)}, {}), strict=True)
        if names
    ]


def _row_errors(layout: SheetLayout) -> list[RowError]:
    """Required cells left empty, and cells merged over what each row has of its own."""
    empty = [
        row.error(EMPTY, name=column.label)
        for row in _rows(layout)
        for column in layout.columns
        if column.required and not any(row[key] for key in (column.key, *column.instead))
    ]
    return sorted([*_merged_errors(layout), *empty], key=lambda error: error.row or 0)


def _merged_errors(layout: SheetLayout) -> list[RowError]:
    lines = {line.number for line in layout.lines}
    columns = {column.key: column.blanks for column in layout.read}
    blanks = {
        heading.index + 1: columns[heading.key] for heading in layout.headings if heading.key in columns
    }
    return [
        RowError(layout.sheet.name, cells.first.row, MERGED.filled(cells=cells))
        for cells in layout.sheet.merged
        if not lines.isdisjoint(range(cells.first.row, cells.last.row + 1)) and _hides(cells, blanks)
    ]


def _hides(cells: Range, blanks: Mapping[int, Blanks]) -> bool:
    """Whether merged cells hide what rows or columns have of their own."""
    across = [blanks[place] for place in range(cells.first.column, cells.last.column + 1) if place in blanks]
    return len(across) > 1 or (cells.last.row > cells.first.row and Blanks.SEPARATE in across)


def _expected(layout: SheetLayout) -> str:
    """What the columns are called, in the language of who reads it."""
    columns = [column for column in layout.columns if not column.only_given]
    return _list([str(column.header) if column.header else column.label for column in columns])


def _list(names: Sequence[str]) -> str:
    return " · ".join(names)
