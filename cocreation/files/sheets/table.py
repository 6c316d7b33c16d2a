"""The table inside a sheet: headers in any order and language, one `Row` for each line below them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cocreation.core.errors import Invalid
from cocreation.core.i18n import Lazy, everywhere, lazy_gettext as _l
from cocreation.files.sheets.positions import column_name
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.refusals import RowError, SheetRefused
from cocreation.text.spelling import fold

HEADER_ROWS = 10  # headers stand in one of the first ten filled rows, below a title perhaps

NO_HEADERS = _l("No row with the names of the columns was found. Expected: %(expected)s.")
UNKNOWN = _l("These columns are not known: %(names)s. Expected: %(expected)s.")
MISSING = _l("These columns are missing: %(names)s.")
TWICE = _l("These columns appear more than once: %(names)s.")
EMPTY = _l("The column “%(name)s” is empty.")
NO_HEADER_ABOVE = _l("Something is written in column %(column)s, which has no name.")
MERGED = _l("The cells %(cells)s are merged. Separate them and fill each one.")


class NotAChoice(Invalid):
    """A value that is none of those a column may hold."""

    sentence = _l("“%(value)s” is not one of: %(expected)s.")


@dataclass(frozen=True)
class Column:
    """A column: `key` names it to programs, the same in every language, `header` to people, None where only
    programs have it; `required`: each of its cells must be filled.

    In a sheet people fill it is known by its key, by its header in each language of the platform and by its
    `aliases`; compared without case, accents, punctuation or spelling variants.
    """

    key: str
    header: Lazy | str | None
    required: bool = field(default=False, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def label(self) -> str:
        """What people may call it, for a sentence."""
        return " / ".join(self.aliases or everywhere(self.header or self.key))


@dataclass(frozen=True)
class Row:
    """One line of a table. `row["text"]` is the text of a declared column, "" where there is none."""

    sheet: str
    number: int
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def error(self, sentence: Lazy, **values: object) -> RowError:
        """Something to correct in this row."""
        return RowError(self.sheet, self.number, sentence.filled(**values))


def match(sheet: Sheet, columns: Sequence[Column]) -> list[Row]:
    """The rows of `sheet` below its headers, which may stand in any order.

    Raises SheetRefused naming unknown, missing and repeated headers, or every row with an empty required
    cell, a merged cell or a cell under no header.
    """
    return _Table(sheet, columns).rows()


def match_all(sheets: Sequence[Sheet], columns: Sequence[Column]) -> list[Row]:
    """The rows of all `sheets`. Raises one SheetRefused for all that is wrong in them."""
    rows: list[Row] = []
    errors: list[RowError] = []
    for sheet in sheets:
        try:
            rows += match(sheet, columns)
        except SheetRefused as refused:
            errors += refused.errors
    if errors:
        raise SheetRefused(errors)
    return rows


def match_choice(value: str, choices: Mapping[str, Sequence[str]]) -> str:
    """The key of `choices` that `value` names, by itself, by one of its aliases or by what its label says in
    a language of the platform. Raises NotAChoice.
    """
    wanted = _key(value)
    for choice, aliases in choices.items():
        if wanted in map(_key, (choice, *aliases)):
            return choice
    for choice in choices:
        if wanted in _keys(getattr(choice, "label", None)):
            return choice
    expected = [" / ".join(names or everywhere(getattr(key, "label", key))) for key, names in choices.items()]
    raise NotAChoice(value=value, expected=_list(expected))


def _keys(sentence: Lazy | str | None) -> set[str]:
    return {_key(said) for said in everywhere(sentence)} if sentence else set()


class _Table:
    """A sheet seen through the columns expected in it."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self.sheet, self.columns = sheet, columns
        self.by_key = {key: column for column in columns for key in _keys(column.header)} | {
            _key(alias): column for column in columns for alias in (column.key, *column.aliases)
        }
        self.header = max(range(len(sheet.rows[:HEADER_ROWS])), key=self._recognised, default=0)

    def rows(self) -> list[Row]:
        self._refuse(self._header_errors())
        body = self.sheet.rows[self.header + 1 :]
        rows = [Row(self.sheet.name, number, self._values(cells)) for number, cells in body]
        errors = [*self._merged_errors(), *self._stray_errors(), *_empty_cells(rows, self.columns)]
        self._refuse(sorted(errors, key=lambda error: error.row or 0))
        return rows

    def _refuse(self, errors: Sequence[RowError]) -> None:
        if errors:
            raise SheetRefused(errors)

    def _recognised(self, index: int) -> int:
        """How many known headers the row holds."""
        return sum(_key(cell) in self.by_key for cell in self.sheet.rows[index][1])

    @property
    def _headers(self) -> list[str]:
        return self.sheet.rows[self.header][1]

    def _header_errors(self) -> list[RowError]:
        expected = _list([column.label for column in self.columns])
        if not self.sheet.rows or not self._recognised(self.header):
            return [RowError(self.sheet.name, None, NO_HEADERS.filled(expected=expected))]
        headers = [header for header in self._headers if _key(header)]
        found = Counter(self.by_key[_key(header)].key for header in headers if _key(header) in self.by_key)
        unknown = [header for header in headers if _key(header) not in self.by_key]
        missing = [column.label for column in self.columns if column.required and not found[column.key]]
        twice = [column.label for column in self.columns if found[column.key] > 1]
        number = self.sheet.rows[self.header][0]
        return [
            RowError(self.sheet.name, number, sentence.filled(names=_list(names), **more))
            for sentence, names, more in (
                (UNKNOWN, unknown, {"expected": expected}),
                (MISSING, missing, {}),
                (TWICE, twice, {}),
            )
            if names
        ]

    def _values(self, cells: list[str]) -> dict[str, str]:
        named = {
            self.by_key[key].key: cell
            for key, cell in zip(map(_key, self._headers), cells, strict=False)
            if key
        }
        return {column.key: named.get(column.key, "") for column in self.columns}

    def _merged_errors(self) -> list[RowError]:
        """Merged cells from the headers to the last row; above, they hold a title."""
        first, last = self.sheet.rows[self.header][0], self.sheet.rows[-1][0]
        return [
            RowError(self.sheet.name, cells.first.row, MERGED.filled(cells=cells))
            for cells in self.sheet.merged
            if first <= cells.last.row and cells.first.row <= last
        ]

    def _stray_errors(self) -> list[RowError]:
        """Cells that belong to no column."""
        named = {index for index, header in enumerate(self._headers) if _key(header)}
        return [
            RowError(self.sheet.name, number, NO_HEADER_ABOVE.filled(column=column_name(index + 1)))
            for number, cells in self.sheet.rows[self.header + 1 :]
            for index, cell in enumerate(cells)
            if cell and index not in named
        ]


def _empty_cells(rows: Sequence[Row], columns: Sequence[Column]) -> list[RowError]:
    """Required cells left empty."""
    return [
        row.error(EMPTY, name=column.label)
        for row in rows
        for column in columns
        if column.required and not row[column.key]
    ]


def _key(text: str) -> str:
    """`text` as headers and choices are compared: folded words."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _list(names: Sequence[str]) -> str:
    return " · ".join(names)
