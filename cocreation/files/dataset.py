"""A dataset: its columns declared once, for every form in which it is taken away, and in which it comes back.

    OUTREACH = Dataset("outreach", _l("Outreach"), (
        Field("day", _l("Day"), lambda line: line.on.isoformat()),
        Field("proof", _l("Proof"), lambda line: line.proof, wide=True),
    ))
    OUTREACH.xlsx(lines)

A column more is a field more. What everyone may have, and what stays with those who run something, is said
column by column, so that a public table cannot carry more than was meant. A sheet that people fill in and
send back is read by the same fields: `FileTable(sheets, dataset.fields)`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from cocreation.files.sheets.columns import Column
from cocreation.files.sheets.writer import stream_csv, write_xlsx
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy

Row = TypeVar("Row")


@dataclass(frozen=True)
class Field(Column, Generic[Row]):
    """A column and what a row has in it: `value` (None for nothing). `public`: everyone may have it. `wide`:
    its texts are long. `choices`: what its cells are chosen from, in a sheet to be filled in.
    """

    value: Callable[[Row], object]
    public: bool = False
    wide: bool = False
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, column: Column, value: Callable[[Row], object], *, public: bool = False) -> Field[Row]:
        """The field of a column that other sheets are read by too."""
        return cls(**vars(column), value=value, public=public)


@dataclass(frozen=True)
class Dataset(Generic[Row]):
    """Rows of one kind as a table. `name` begins the name of the file, `title` names the sheet."""

    name: str
    title: Lazy | str
    fields: tuple[Field[Row], ...]

    @property
    def shown(self) -> tuple[Field[Row], ...]:
        """The columns for people."""
        return tuple(field for field in self.fields if field.header is not None)

    def headers(self) -> list[str]:
        """What stands above the columns, in the language spoken."""
        return [str(field.header) for field in self.shown]

    def cells(self, rows: Iterable[Row]) -> Iterator[list[object]]:
        """The lines below the headers. Rows may be endless, one is held at a time."""
        for row in rows:
            yield [field.value(row) for field in self.shown]

    def objects(self, rows: Iterable[Row]) -> Iterator[dict[str, object]]:
        """Each row as programs read it, by the keys of all columns."""
        for row in rows:
            yield {field.key: field.value(row) for field in self.fields}

    def xlsx(self, rows: Iterable[Row]) -> bytes:
        """A workbook of one sheet, written in the direction of the language spoken."""
        wide = {number for number, field in enumerate(self.shown) if field.wide}
        lists = {number: field.choices for number, field in enumerate(self.shown) if field.choices}
        sheets = {str(self.title): (self.headers(), self.cells(rows))}
        return write_xlsx(sheets, right_to_left=i18n.current().direction == "rtl", lists=lists, wide=wide)

    def csv(self, rows: Iterable[Row]) -> Iterator[str]:
        """The lines of a CSV that Excel opens, one at a time."""
        return stream_csv(self.headers(), self.cells(rows))

    def json(self, rows: Iterable[Row]) -> Iterator[str]:
        """A list of objects as JSON, one at a time."""
        opening = "["
        for row in self.objects(rows):
            yield opening + "\n" + json.dumps(row, ensure_ascii=False)
            opening = ","
        yield ("[" if opening == "[" else "\n") + "]\n"

    def with_fields(self, fields: Iterable[Field[Row]]) -> Dataset[Row]:
        """The same with more columns at its end: those that an organiser asked for."""
        return replace(self, fields=(*self.fields, *fields))

    def for_everyone(self) -> Dataset[Row]:
        """What of it may be published."""
        return replace(self, fields=tuple(field for field in self.fields if field.public))


def empty_table(
    name: str, title: Lazy | str, columns: Iterable[Column], choices: Mapping[str, Sequence[str]]
) -> bytes:
    """A workbook to be filled in and sent back: the headers of `columns` in the language spoken, and in the
    rows beneath what can be chosen (`choices`, by the key of a column).
    """
    fields: list[Field[object]] = [
        Field(column.key, column.header, lambda _row: "", choices=tuple(choices.get(column.key, ())))
        for column in columns
    ]
    return Dataset(name, title, tuple(fields)).xlsx(())
