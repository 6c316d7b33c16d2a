"""Headers in any order and language, and every mistake named by its row."""

import io

import pytest
import xlsxwriter

from cocreation.accounts.models import Role
from cocreation.core.errors import Invalid
from cocreation.core.i18n import LANGUAGES, lazy_gettext, speaking
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.refusals import Problems, SheetRefused
from cocreation.files.sheets.table import Column, NotAChoice, choose, match, match_all
from tests.files.spreadsheets import ods, ods_cell, ods_row, xlsx

COLUMNS = (
    Column("text", required=True, aliases=("النص", "Texte", "Text")),
    Column("kind", required=True, aliases=("النوع", "Type", "Kind")),
    Column("number", aliases=("الرقم", "Numéro", "Number")),
)
KINDS = {"problem": ("إشكالية", "problème"), "solution": ("حل", "solution")}


@pytest.fixture(autouse=True)
def _english():
    with speaking("en"):
        yield


def sheet_of(*rows):
    (sheet,) = read(xlsx(rows, "Atelier"), "f.xlsx")
    return sheet


def errors_of(sheet):
    with pytest.raises(SheetRefused) as refused:
        match(sheet, COLUMNS)
    return [str(error) for error in refused.value.errors]


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
    rows = match(sheet_of(header, [f"under {name}" for name in header]), COLUMNS)
    assert [(row.sheet, row.number) for row in rows] == [("Atelier", 2)]
    assert {rows[0]["text"], rows[0]["kind"]} <= {f"under {name}" for name in header}
    assert rows[0]["number"] in ("", "under Number")


def test_headers_may_stand_below_a_title():
    sheet = sheet_of(["Atelier de Figuig"], [], ["Texte", "Type"], ["a", "b"], [], ["c", "d"])
    assert [(row.number, row["text"]) for row in match(sheet, COLUMNS)] == [(4, "a"), (6, "c")]


def test_headers_alone_are_no_rows():
    assert match(sheet_of(["Texte", "Type"]), COLUMNS) == []


def test_a_column_nobody_declared_is_a_mistake_of_ours():
    (row,) = match(sheet_of(["Texte", "Type"], ["a", "b"]), COLUMNS)
    with pytest.raises(KeyError):
        row["region"]


def test_unknown_missing_and_repeated_headers_are_told_together():
    unknown, missing, twice = errors_of(
        sheet_of(["Texte", "النص", "Région", "Couleur"], ["a", "b", "c", "d"])
    )
    assert unknown.startswith("Sheet “Atelier”, row 1: These columns are not known: Région · Couleur. ")
    assert "النص / Texte / Text · النوع" in unknown
    assert missing.endswith("These columns are missing: النوع / Type / Kind.")
    assert twice.endswith("These columns appear more than once: النص / Texte / Text.")


def test_no_headers_at_all():
    (error,) = errors_of(sheet_of(["un"], ["deux"]))
    assert error.startswith("Sheet “Atelier”: No row with the names of the columns was found. Expected: ")


def test_headers_below_the_tenth_row_are_not_looked_for():
    assert "No row" in errors_of(sheet_of(*[["titre"]] * 10, ["Texte", "Type"]))[0]


def test_required_cells_left_empty():
    assert errors_of(sheet_of(["Texte", "Type"], ["a", "b"], ["", "b"], ["c", " "])) == [
        "Sheet “Atelier”, row 3: The column “النص / Texte / Text” is empty.",
        "Sheet “Atelier”, row 4: The column “النوع / Type / Kind” is empty.",
    ]


def test_something_written_under_no_header():
    assert errors_of(sheet_of(["Texte", "", "Type"], ["a", "", "b"], ["a", "x", "b", "y"])) == [
        "Sheet “Atelier”, row 3: Something is written in column B, which has no name.",
        "Sheet “Atelier”, row 3: Something is written in column D, which has no name.",
    ]


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
    assert errors_of(merged("A1:B1", "A4:A5")) == [
        "Sheet “Atelier”, row 4: The cells A4:A5 are merged. Separate them and fill each one."
    ]


def test_merged_cells_above_the_headers_or_below_the_rows_do_no_harm():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:B1", "Titre")
        sheet.write_row("A2", ["Texte", "Type"])
        sheet.write_row("A3", ["a", "b"])
        sheet.merge_range("A20:B20", "")
    (sheet,) = read(packed.getvalue(), "f.xlsx")
    assert len(match(sheet, COLUMNS)) == 1


def test_merged_cells_of_ods():
    header = ods_row(ods_cell("Texte"), ods_cell("Type"))
    wide = ods_row(ods_cell("a", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
    (sheet,) = read(ods(header, wide), "f.ods")
    assert any("The cells A2:B2 are merged" in error for error in errors_of(sheet))


def test_all_sheets_are_told_together():
    good, bad = sheet_of(["Texte", "Type"], ["a", "b"]), sheet_of(["Texte"], ["a"])
    assert len(match_all([good, good], COLUMNS)) == 2
    with pytest.raises(SheetRefused) as refused:
        match_all([bad, good, bad], COLUMNS)
    assert len(refused.value.errors) == 2


@pytest.mark.parametrize("value", ["إشكالية", "اشكاليه", "PROBLEME", " problème. ", "problem"])
def test_a_choice_by_any_of_its_names(value):
    assert choose(value, KINDS) == "problem"


@pytest.mark.parametrize("value", ["", "autre", "problèmes divers"])
def test_no_choice(value):
    with pytest.raises(NotAChoice, match="is not one of") as refused:
        choose(value, KINDS)
    assert "إشكالية / problème · حل / solution" in str(refused.value)


def test_problems_are_gathered_row_by_row():
    rows = match(sheet_of(["Texte", "Type"], ["a", "حل"], ["b", "x"], ["c", "y"]), COLUMNS)
    problems, kinds = Problems(), []
    for row in rows:
        with problems.at(row):
            kinds.append(choose(row["kind"], KINDS))
    assert kinds == ["solution"]
    with pytest.raises(SheetRefused) as refused:
        problems.refuse()
    assert [(error.sheet, error.row) for error in refused.value.errors] == [("Atelier", 3), ("Atelier", 4)]
    assert str(refused.value).startswith("2 things must be corrected")
    assert isinstance(refused.value, Invalid)


def test_nothing_wrong_is_no_refusal():
    Problems().refuse()


def test_a_row_says_what_is_wrong_with_it():
    (row,) = match(sheet_of(["Texte", "Type"], ["a", "b"]), COLUMNS)
    error = row.error(lazy_gettext("The workshop “%(title)s” does not exist."), title="X")
    assert str(error) == "Sheet “Atelier”, row 2: The workshop “X” does not exist."
    assert str(SheetRefused([error])) == str(error)


def test_a_column_and_a_choice_are_known_by_their_sentence_in_every_language():
    columns = (Column("workshop", aliases=("Salle",), sentence=lazy_gettext("Workshop")),)
    for code in LANGUAGES:
        with speaking(code):
            header = str(columns[0].sentence)
        (row,) = match(sheet_of([header], ["1"]), columns)
        assert row["workshop"] == "1"
        with speaking(code):
            label = str(Role.SECRETARIAT.label)
        assert choose(label, dict.fromkeys(Role, ())) is Role.SECRETARIAT
