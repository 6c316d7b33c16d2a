"""Files as people have them: each kind, and what is read of it or said against it."""

from __future__ import annotations

from datetime import date

import pytest

from cocreation.demographics.models import AGE, CAPACITY, GENDER
from cocreation.files.sheets.layout import (
    NUMBERS_ALONE,
    REPEATED_HEADERS,
    TITLES,
    TOTALS,
)
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.refusals import SheetRefused
from cocreation.files.sheets.table import TWICE, UNFIT, UNKNOWN, FileTable
from cocreation.languages.i18n import speaking
from cocreation.participants.sheet import read_participants
from cocreation.participants.sheet_columns import COLUMNS as PEOPLE
from cocreation.workshops.sheet_columns import COLUMNS as OUTPUT_COLUMNS
from cocreation.workshops.sheet_lines import lines_of as lines_of_row
from tests.imports.kinds import Kind, person
from tests.imports.kinds_of_odd_lists import ODD_LISTS
from tests.imports.kinds_of_outputs import OUTPUTS
from tests.imports.kinds_of_participants import LISTS

MEETING_DAY = date(2026, 6, 15)


def people_of(kind: Kind, table: FileTable, *, is_shown: bool) -> list[tuple[object, ...]]:
    return [
        person(
            listed.name,
            listed.email,
            listed.phone,
            listed.association,
            listed.said[GENDER],
            listed.said[AGE],
            listed.said[CAPACITY],
            listed.workshop,
        )
        for listed in read_participants(table.rows(is_shown=is_shown), MEETING_DAY)
    ]


def lines_of(kind: Kind, table: FileTable, *, is_shown: bool) -> list[tuple[object, ...]]:
    return [
        (line.workshop, line.kind, line.heading, line.text)
        for row in table.rows(is_shown=is_shown)
        for line in lines_of_row(row)
    ]


KINDS = [(kind, PEOPLE, people_of) for kind in (*LISTS.values(), *ODD_LISTS.values())] + [
    (kind, OUTPUT_COLUMNS, lines_of) for kind in OUTPUTS.values()
]


@pytest.mark.parametrize(("kind", "columns", "read_as"), KINDS, ids=[*LISTS, *ODD_LISTS, *OUTPUTS])
def test_a_kind_of_file(kind, columns, read_as):
    with speaking("en"):
        if kind.errors:
            with pytest.raises(SheetRefused) as refused:
                read_as(kind, FileTable(read(kind.content(), kind.name), columns), is_shown=True)
            assert found_in(refused.value) == {
                (sentence.message, row) for sentence, rows in kind.errors for row in rows
            }
            return
        table = FileTable(read(kind.content(), kind.name), columns, kind.guidance)
        assert read_as(kind, table, is_shown=True) == kind.expected
        said = {}
        for remark in table.remarks:
            said.setdefault(remark.sentence, []).append(remark.row)
        assert {sentence: rows for sentence, rows in said.items() if sentence in kind.remarks} == kind.remarks
        assert kind.remarks or not set(said) & {TITLES, TOTALS, NUMBERS_ALONE, REPEATED_HEADERS}
        if kind.left_out is not None:
            assert [str(heading.name) for heading in table.left_out] == kind.left_out
        if kind.asks:
            with pytest.raises(SheetRefused) as refused:
                table.rows(is_shown=False)
            assert {error.sentence.message for error in refused.value.errors} <= {
                sentence.message for sentence in (UNKNOWN, TWICE, UNFIT)
            }
        else:
            assert table.undecided == []


def found_in(refused: SheetRefused) -> set[tuple[str, int | None]]:
    return {(error.sentence.message, error.row) for error in refused.errors}
