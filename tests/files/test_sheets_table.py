"""Headers in any order and language, and every mistake named by its row."""

import io

import pytest
import xlsxwriter

from cocreation.accounts.models import Role
from cocreation.core.errors import Invalid
from cocreation.files.sheets.columns import Column, NotAChoice, match_choice
from cocreation.files.sheets.headings import NAMELESS
from cocreation.files.sheets.layout import HEADER_ROWS, Guidance
from cocreation.files.sheets.positions import Range
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.refusals import Problems, RowError, SheetRefused
from cocreation.files.sheets.table import (
    EMPTY,
    MERGED,
    MISSING,
    NO_HEADERS,
    NO_ROWS,
    TWICE,
    UNFIT,
    UNKNOWN,
    match_all,
)
from cocreation.languages.i18n import LANGUAGES, lazy_gettext, speaking
from tests.files.spreadsheets import ods, ods_cell, ods_row, xlsx
from tests.words import said

COLUMNS = (
    Column("text", None, required=True, aliases=("النص", "Texte", "Text")),
    Column("kind", None, required=True, aliases=("النوع", "Type", "Kind")),
    Column("number", None, aliases=("الرقم", "Numéro", "Number")),
)
TEXT, KIND, NUMBER = "النص / Texte / Text", "النوع / Type / Kind", "الرقم / Numéro / Number"
EXPECTED = f"{TEXT} · {KIND} · {NUMBER}"
KINDS = {"problem": ("إشكالية", "problème"), "solution": ("حل", "solution")}


@pytest.fixture(autouse=True)
def _english():
    with speaking("en"):
        yield


def sheet_of(*rows):
    (sheet,) = read(xlsx(rows, "Atelier"), "f.xlsx")
    return sheet


def errors_of(sheet):
    """What is wrong with a sheet, each error with the number of its row."""
    with pytest.raises(SheetRefused) as refused:
        match_all([sheet], COLUMNS)
    assert {error.sheet for error in refused.value.errors} == {sheet.name}
    return [(error.row, error.sentence) for error in refused.value.errors]


@pytest.mark.parametrize(
    "header",
    [
        ["النوع", "النص"],
        ["Texte *", "TYPE"],
        ["text", "kind"],
        ["النّـــص", "Kind :"],
        ["Number", "Type", "Texte"],
    ],
)
def test_headers_in_any_order_language_and_spelling(header):
    rows = match_all([sheet_of(header, [f"under {name}" for name in header])], COLUMNS)
    assert [(row.sheet, row.number) for row in rows] == [("Atelier", 2)]
    assert {rows[0]["text"], rows[0]["kind"]} <= {f"under {name}" for name in header}
    assert rows[0]["number"] in ("", "under Number")


def test_headers_may_stand_below_a_title():
    sheet = sheet_of(["Atelier de Figuig"], [], ["Texte", "Type"], ["a", "b"], [], ["c", "d"])
    assert [(row.number, row["text"]) for row in match_all([sheet], COLUMNS)] == [(4, "a"), (6, "c")]


def test_headers_alone_are_no_list():
    with pytest.raises(SheetRefused) as refused:
        match_all([sheet_of(["Texte", "Type"])], COLUMNS)
    assert [error.sentence for error in refused.value.errors] == [NO_ROWS]


def test_a_column_nobody_declared_is_a_mistake_of_ours():
    (row,) = match_all([sheet_of(["Texte", "Type"], ["a", "b"])], COLUMNS)
    with pytest.raises(KeyError):
        row["region"]


def test_unknown_missing_and_repeated_headers_are_told_together():
    assert errors_of(sheet_of(["Texte", "النص", "Pointure", "Couleur"], ["a", "b", "c", "d"])) == [
        (1, UNKNOWN.filled(names="Pointure · Couleur", expected=EXPECTED)),
        (1, TWICE.filled(names="النص")),
        (1, MISSING.filled(names=KIND)),
    ]


def test_no_headers_at_all():
    assert errors_of(sheet_of(["un"], ["deux"])) == [(None, NO_HEADERS.filled(expected=EXPECTED))]


def test_headers_far_below_are_not_looked_for():
    late = sheet_of(*[["titre"]] * HEADER_ROWS, ["Texte", "Type"])
    assert errors_of(late) == [(None, NO_HEADERS.filled(expected=EXPECTED))]


def test_required_cells_left_empty():
    assert errors_of(sheet_of(["Texte", "Type"], ["a", "b"], ["", "b"], ["c", " "])) == [
        (3, EMPTY.filled(name=TEXT)),
        (4, EMPTY.filled(name=KIND)),
    ]


def test_something_written_under_no_header_is_a_column_to_decide_on():
    sheet = sheet_of(["Texte", "", "Type"], ["a", "", "b"], ["a", "x", "b", "y"])
    b, d = str(NAMELESS.filled(column="B")), str(NAMELESS.filled(column="D"))
    assert errors_of(sheet) == [(1, UNKNOWN.filled(names=f"{b} · {d}", expected=EXPECTED))]
    told = Guidance(columns={b: "number", d: ""})
    assert [row["number"] for row in match_all([sheet], COLUMNS, told)] == ["", "x"]


def merged(title, data):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet("Atelier")
        sheet.merge_range(title, "Titre")
        sheet.write_row("A2", ["Texte", "Type"])
        sheet.write_row("A3", ["a", "b"])
        sheet.merge_range(data, "c")
        sheet.write("B4", "d")
    return read(packed.getvalue(), "f.xlsx")[0]


def test_merged_cells_among_the_rows():
    assert errors_of(merged("A1:B1", "A4:A5")) == [(4, MERGED.filled(cells=Range.named("A4:A5")))]


def test_merged_cells_above_the_headers_or_below_the_rows_do_no_harm():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:B1", "Titre")
        sheet.write_row("A2", ["Texte", "Type"])
        sheet.write_row("A3", ["a", "b"])
        sheet.merge_range("A20:B20", "")
    (sheet,) = read(packed.getvalue(), "f.xlsx")
    assert len(match_all([sheet], COLUMNS)) == 1


def test_merged_cells_of_ods():
    header = ods_row(ods_cell("Texte"), ods_cell("Type"))
    tall = ods_row(ods_cell("a", 'table:number-rows-spanned="2"'), ods_cell("b"))
    (sheet,) = read(ods(header, tall, ods_row("<table:covered-table-cell/>", ods_cell("c"))), "f.ods")
    assert (2, MERGED.filled(cells=Range.named("A2:A3"))) in errors_of(sheet)


def test_all_sheets_are_told_together():
    good, bad = sheet_of(["Texte", "Type"], ["a", "b"]), sheet_of(["Texte"], ["a"])
    assert len(match_all([good, good], COLUMNS)) == 2
    with pytest.raises(SheetRefused) as refused:
        match_all([bad, good], COLUMNS)
    assert [error.sentence for error in refused.value.errors] == [UNFIT]


@pytest.mark.parametrize("value", ["إشكالية", "اشكاليه", "PROBLEME", " problème. ", "problem"])
def test_a_choice_by_any_of_its_names(value):
    assert match_choice(value, KINDS) == "problem"


@pytest.mark.parametrize("value", ["", "autre", "problèmes divers"])
def test_no_choice(value):
    with pytest.raises(NotAChoice) as refused:
        match_choice(value, KINDS)
    assert refused.value.sentence.values == {
        "value": value,
        "expected": "إشكالية / problème · حل / solution",
    }


def test_problems_are_gathered_row_by_row():
    rows = match_all([sheet_of(["Texte", "Type"], ["a", "حل"], ["b", "x"], ["c", "y"])], COLUMNS)
    problems, kinds = Problems(), []
    for row in rows:
        with problems.at(row):
            kinds.append(match_choice(row["kind"], KINDS))
    assert kinds == ["solution"]
    with pytest.raises(SheetRefused) as refused:
        problems.refuse()
    assert [(error.sheet, error.row) for error in refused.value.errors] == [("Atelier", 3), ("Atelier", 4)]
    assert said(str(refused.value), SheetRefused, count=2)
    assert isinstance(refused.value, Invalid)


def test_nothing_wrong_is_no_refusal():
    Problems().refuse()


def test_a_row_says_what_is_wrong_with_it():
    (row,) = match_all([sheet_of(["Texte", "Type"], ["a", "b"])], COLUMNS)
    missing = lazy_gettext("The workshop “%(title)s” does not exist.")
    error = row.error(missing, title="X")
    assert error == RowError("Atelier", 2, missing.filled(title="X"))
    for words in ("Atelier", "2", str(error.sentence)):
        assert words in str(error)
    assert str(SheetRefused([error])) == str(error)


def test_a_column_and_a_choice_are_known_by_their_sentence_in_every_language():
    columns = (Column("workshop", lazy_gettext("Workshop"), aliases=("Salle",)),)
    for code in LANGUAGES:
        with speaking(code):
            header = str(columns[0].header)
        (row,) = match_all([sheet_of([header], ["1"])], columns)
        assert row["workshop"] == "1"
        with speaking(code):
            label = str(Role.SECRETARIAT.label)
        assert match_choice(label, dict.fromkeys(Role, ())) is Role.SECRETARIAT
