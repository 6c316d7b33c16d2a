"""How a sheet is laid out: where its headers stand, what each column holds, which rows are lines of the list.

Lists are made for eyes: a letterhead above, a total below, cells merged over the people of one association.
Nothing of it is lost in silence: whatever is not read as a line is a remark, with its row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cocreation.files.sheets.columns import Blanks, Column, Names, key_of, says_nothing
from cocreation.files.sheets.headings import LEFT_OUT, SHOWN, Heading, find_headings, is_number
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.values import Said
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text.cleanup import excerpt

HEADER_ROWS = 25  # headers stand in one of the first filled rows, below a letterhead perhaps

ABOVE = _l("Above the names of the columns")
TITLES = _l("Taken for titles or notes")
TOTALS = _l("Taken for totals")
REPEATED_HEADERS = _l("The names of the columns once more")
NUMBERS_ALONE = _l("Nothing but a number")
FORMULAS = _l("Formulas, read as the values they showed")
HIDDEN = _l("Hidden in the sheet, and read all the same")
FILLED_DOWN = _l("“%(column)s”: empty cells took what stands above them")

_TOTAL = re.compile(
    r"(?:ال)?(?:مجموع|اجمالي|عدد الاجمالي|totaux|total|sous total|grand total|nombre total|somme)\b"
)
_DATA = re.compile(r"\S@\S|\d{8,}|^\s*0\d([ .-]?\d\d){4}\s*$")


@dataclass(frozen=True)
class Remark:
    """Something a reader should know of a row: it was left out, or not read as it stands there."""

    sentence: Lazy
    sheet: str
    row: int
    text: str = ""


@dataclass(frozen=True)
class ListLine:
    """A line of the list: its row, its cells by column, the title above it ("" where there is none), and the
    columns (`beneath`) whose cell is merged with the one above.
    """

    number: int
    cells: Mapping[str, str]
    section: str
    beneath: frozenset[str]


@dataclass(frozen=True)
class Guidance:
    """How somebody said that a file is to be read; None for what nobody has said. `columns`: what is read in
    the column of this name, "" to leave it out; `filled`: the columns whose cells take what stands above;
    `values`: what those that no list knows mean (`sheets.values`).
    """

    sheets: frozenset[str] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    filled: frozenset[str] | None = None
    values: Said = field(default_factory=dict)


class SheetLayout:
    """A sheet seen through the columns expected in it; raises nothing."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], names: Names, guidance: Guidance) -> None:
        self.sheet, self.columns, self.guidance = sheet, columns, guidance
        self._names = names
        self.remarks: list[Remark] = []
        self._copied = _copied(sheet)
        self._across = {cells.first.row for cells in sheet.merged if cells.last.column > cells.first.column}
        width = max((len(cells) for _, cells in sheet.rows), default=0)
        self._raw = [(number, cells + [""] * (width - len(cells))) for number, cells in sheet.rows]
        self.header = self._find_header()
        self.headings = self._find_headings()
        self._index = {heading.key: heading.index for heading in self.headings if heading.key}
        self.lines = self._find_lines()

    @property
    def header_row(self) -> int | None:
        """The number of the row of headers."""
        return self.sheet.rows[self.header][0] if self.header >= 0 else None

    @property
    def read(self) -> list[Column]:
        """The columns it has."""
        return [column for column in self.columns if column.key in self._index]

    @property
    def missing(self) -> list[Column]:
        """The columns it should have and has not."""
        keys = self._index.keys()
        return [
            column
            for column in self.columns
            if column.required and column.key not in keys and not keys & set(column.instead)
            if column not in self.titled
        ]

    @property
    def titled(self) -> list[Column]:
        """The columns it has not, and that its titles or its own name are in the place of."""
        is_titled = bool(self.sheet.title) or any(line.section for line in self.lines)
        columns = [column for column in self.columns if column.from_title and column.key not in self._index]
        return columns if is_titled else []

    @property
    def fillable(self) -> list[Column]:
        """The columns it has whose cells may be written once and left out beneath."""
        return [column for column in self.read if column.blanks is Blanks.BENEATH]

    # Headers

    def _find_header(self) -> int:
        """The index of the row of headers; -1 where the list begins at once."""
        first = range(len(self._raw[:HEADER_ROWS]))
        best = max(first, key=lambda index: (*self._recognised(index), -index), default=-1)
        if best < 0 or self._recognised(best)[0]:
            return best
        if _looks_like_data(self._raw[0][1]):
            return -1
        return max(first, key=lambda index: (sum(map(bool, self._raw[index][1])), -index))

    @property
    def _chosen(self) -> Mapping[str, str]:
        return self.guidance.columns

    def _recognised(self, index: int) -> tuple[int, int]:
        """How many columns, and how many that are left out, the row names."""
        titles = [title for title in self._titles(index) if title]
        found = {column.key for title in titles if (column := self._names.find(title))}
        left_out = {column.key for title in titles if (column := LEFT_OUT.find(title))}
        return len(found | set(titles) & set(self._chosen)), len(left_out)

    def _titles(self, index: int) -> list[str]:
        """What a row of headers says, with what is merged into it from above."""
        number, cells = self._raw[index]
        return [cell or self._copied.get((number, place), "") for place, cell in enumerate(cells)]

    def _find_headings(self) -> list[Heading]:
        below = self._raw[self.header + 1 :]
        width = len(self._raw[0][1]) if self._raw else 0
        cells = [[line[index] for _, line in below if line[index]] for index in range(width)]
        return find_headings(self._header_titles or [""] * width, cells, self._names, self._chosen)

    @cached_property
    def _header_titles(self) -> list[str]:
        return self._titles(self.header) if self.header >= 0 else []

    # Lines

    def _find_lines(self) -> list[ListLine]:
        if self.header >= 0:
            self._remark_rows(ABOVE, self._raw[: self.header])
        lines: list[ListLine] = []
        section, over, filled = "", False, _Filler(self.filled_down)
        below = self._raw[self.header + 1 :]
        for (number, cells), (_number, after) in zip(below, [*below[1:], (0, [])], strict=False):
            sentence = self._left_out(number, cells, after, over=over)
            if sentence is None:
                own = self._cells(number, cells, filled)
                lines.append(ListLine(number, own, section, self._beneath(number)))
                continue
            over = over or sentence is TOTALS
            if sentence is TITLES:
                section = next(filter(None, cells))
                filled.remember({key: cells[index] for key, index in self._index.items()})
            self.remarks.append(Remark(sentence, self.sheet.name, number, _told(cells)))
        self._remark_formulas({line.number for line in lines})
        self.remarks += [
            Remark(HIDDEN, self.sheet.name, line.number) for line in lines if line.number in self.sheet.hidden
        ]
        for key, number in filled.rows:
            title = self.headings[[heading.key for heading in self.headings].index(key)].name
            self.remarks.append(Remark(FILLED_DOWN.filled(column=title), self.sheet.name, number))
        return lines

    def _left_out(
        self, number: int, cells: Sequence[str], after: Sequence[str], *, over: bool
    ) -> Lazy | None:
        """Why a row is no line of the list; None where it is one."""
        filled = _filled(cells)
        if _is_total(list(filter(None, cells))):
            return TOTALS
        if self._repeats_headers(cells, filled):
            return REPEATED_HEADERS
        if len(filled) == 1 and (over or self._is_a_title(number, filled[0], cells, after)):
            return TITLES
        if all(says_nothing(cells[index]) for index in self._index.values()):
            return _unread(cells)
        return None

    def _repeats_headers(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        titles = self._header_titles
        return bool(titles) and len(filled) > 1 and all(cells[index] == titles[index] for index in filled)

    def _is_a_title(self, number: int, index: int, cells: Sequence[str], after: Sequence[str]) -> bool:
        """Whether the only cell of a row goes across columns, stands above the names of the columns once
        more, says what the rows beneath it share, or stands where each line has a number and this one none.
        """
        if number in self._across or (after and self._repeats_headers(after, _filled(after))):
            return True
        shared = [self._index[column.key] for column in self.fillable]
        return (index in shared and len(self._index) > 1) or any(not cells[place] for place in self._counted)

    @cached_property
    def _counted(self) -> list[int]:
        """The columns that number the lines."""
        below = self._raw[self.header + 1 :]
        orders = [heading.index for heading in self.headings if heading.is_order]
        return [index for index in orders if sum(bool(line[index]) for _, line in below) * 2 > len(below)]

    def _cells(self, number: int, cells: Sequence[str], filled: "_Filler") -> dict[str, str]:
        """The cells of a line by column, with those that take what stands above; a dash says nothing."""
        own = {key: cells[index] for key, index in self._index.items()}
        for column in self.read:
            copied = self._copied.get((number, self._index[column.key]), "")
            if copied and column.blanks in (Blanks.MERGED, Blanks.BENEATH):
                own[column.key] = own[column.key] or copied
        values = filled.fill(number, own)
        return {key: "" if says_nothing(value) else value for key, value in values.items()}

    def _beneath(self, number: int) -> frozenset[str]:
        """The columns whose cell of this row is merged with the one above."""
        return frozenset(key for key, index in self._index.items() if (number, index) in self._copied)

    @property
    def filled_down(self) -> list[str]:
        """The columns, from the first, whose empty cells take what stands above."""
        said = self.guidance.filled
        keys = [column.key for column in self.fillable if self._is_written_once(column)]
        chosen = keys if said is None else [column.key for column in self.fillable if column.key in said]
        return sorted(chosen, key=lambda key: self._index[key])

    def _is_written_once(self, column: Column) -> bool:
        """Whether it must be filled, or seems to be written once for the rows beneath: from the first line
        on, never twice in a row, and more often empty than not.
        """
        index = self._index[column.key]
        cells = [cells[index] for _, cells in self._raw[self.header + 1 :] if sum(map(bool, cells)) > 1]
        written = sum(map(bool, cells))
        if column.required or not written:
            return column.required
        return bool(cells[0]) and written * 2 <= len(cells) and not _repeats(cells)

    # Remarks

    def _remark_rows(self, sentence: Lazy, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        self.remarks += [Remark(sentence, self.sheet.name, number, _told(cells)) for number, cells in rows]

    def _remark_formulas(self, lines: set[int]) -> None:
        read = {index + 1 for index in self._index.values()}
        rows = {cell.row for cell in self.sheet.formulas if cell.column in read} & lines
        self.remarks += [Remark(FORMULAS, self.sheet.name, number) for number in sorted(rows)]


class _Filler:
    """What stands above the empty cells of columns, from the first to the last; a new value of one ends what
    the next ones held.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys, self.last, self.rows = keys, defaultdict[str, str](str), list[tuple[str, int]]()

    def remember(self, values: Mapping[str, str]) -> None:
        for place, key in enumerate(self.keys):
            if values.get(key) and values[key] != self.last[key]:
                for later in self.keys[place:]:
                    self.last[later] = ""
            self.last[key] = values.get(key) or self.last[key]

    def fill(self, number: int, values: Mapping[str, str]) -> dict[str, str]:
        self.remember(values)
        taken = {key: self.last[key] for key in self.keys if not values[key] and self.last[key]}
        self.rows += [(key, number) for key in taken]
        return {**values, **taken}


def _copied(sheet: Sheet) -> dict[tuple[int, int], str]:
    """What merged cells hold below their first row, by row and place."""
    texts = dict(sheet.rows)

    def covered() -> Iterator[tuple[tuple[int, int], str]]:
        for cells in sheet.merged:
            first, place = texts.get(cells.first.row, []), cells.first.column - 1
            text = first[place] if place < len(first) else ""
            for row in range(cells.first.row + 1, cells.last.row + 1) if text else ():
                if row in texts:
                    yield (row, place), text

    return dict(covered())


def _filled(cells: Sequence[str]) -> list[int]:
    """The places in which something stands."""
    return [index for index, cell in enumerate(cells) if cell]


def _unread(cells: Sequence[str]) -> Lazy:
    """What a row is of which nothing is read."""
    return NUMBERS_ALONE if all(map(is_number, cells)) else TITLES


def _repeats(cells: Sequence[str]) -> bool:
    """Whether something is written again right beneath itself."""
    return any(cell and cell == after for cell, after in pairwise(cells))


def _is_total(cells: Sequence[str]) -> bool:
    """Whether a row counts what is above it: "Total", and a number, or nothing more."""
    words = [cell for cell in cells if not is_number(cell)]
    if len(words) != 1 or not (found := _TOTAL.match(key_of(words[0]))):
        return False
    rest = key_of(words[0])[found.end() :].split()
    counts = any(character.isdigit() for cell in cells for character in cell)
    return not rest or (counts and len(rest) <= 4)


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a row holds an address or a telephone number, which no header does."""
    return any(_DATA.search(cell) for cell in cells)


def _told(cells: Sequence[str]) -> str:
    return excerpt(" · ".join(filter(None, cells)), SHOWN)
