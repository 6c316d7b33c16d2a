"""Outputs from spreadsheets, on the command line and on the page."""

import io
import re

import pytest
from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.files.sheets.archive import DAMAGED, MACROS
from cocreation.files.sheets.columns import NotAChoice
from cocreation.files.sheets.inspection import TOO_MANY_ROWS
from cocreation.files.sheets.reader import UNKEPT
from cocreation.files.sheets.table import NO_HEADERS
from cocreation.imports.refusals import FileNotKept
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.imports import WorkshopIsPublic
from cocreation.workshops.models import LineKind, OutputLine
from cocreation.workshops.sheet_lines import LineNotANumber, SheetLineTooLong
from tests.files.spreadsheets import archive, row_error, xlsx, xlsx_parts
from tests.forms import filled_in, post_forms
from tests.html import numbers, texts
from tests.words import errors, said, says

EMPTY = "This file is empty."
PAGE = "/en/manage/workshops/OR1/import"
ARABIC = ("الورشة", "النوع", "المجال", "الرقم", "النص")
ROWS = [
    ("الحصول على المعلومات", "إشكالية", "القانون", "", "غياب النشر الاستباقي"),
    ("الحصول على المعلومات", "إشكالية", "القانون", "", "غياب النشر الاستباقي"),
    ("الحصول على المعلومات", "إشكالية", "التكوين", "", "قلة التكوين"),
    ("الحصول على المعلومات", "حل مقترح", "", 2, "تكوين الموظفين"),
    ("الحصول على المعلومات", "حل مقترح", "", 1, "بوابة موحدة"),
    ("الحصول على المعلومات", "نتيجة منتظرة", "", "", "معلومات في المتناول"),
    ("ورشة جديدة", "إشكالية", "", "", "سؤال آخر"),
]


@pytest.fixture
def run(app, cast, tmp_path):
    """`flask import outputs` with a file of these bytes."""

    def run(data, *options, name="outputs.xlsx", meeting="OR1"):
        file = tmp_path / name
        file.write_bytes(data)
        return app.test_cli_runner().invoke(
            args=["import", "outputs", str(file), "--meeting", meeting, *options]
        )

    return run


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def count(kind=None):
    statement = select(func.count()).select_from(OutputLine)
    found = session.scalar(statement.where(OutputLine.kind == kind) if kind else statement)
    session.remove()
    return found


def written():
    rows = session.execute(
        select(Workshop.number, OutputLine.kind, OutputLine.number, OutputLine.heading, OutputLine.text)
        .join(OutputLine.workshop)
        .order_by(Workshop.number, OutputLine.kind, OutputLine.number)
    ).all()
    session.remove()
    return [tuple(row) for row in rows]


def sheet(rows=ROWS, headers=ARABIC):
    return xlsx([headers, *rows])


def test_a_file_says_what_was_understood_then_is_written(run):
    dry = run(sheet(), "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "3 problems under 2 headings, 2 solutions, 1 results" in dry.output
    assert "said 2 times, all kept: غياب النشر الاستباقي" in dry.output
    assert "ورشة جديدة (new workshop)" in dry.output
    assert "7 new lines would be written." in dry.output
    assert count() == 0
    assert "7 new lines written." in run(sheet()).output
    assert written() == [
        (1, LineKind.PROBLEM, 1, "القانون", "غياب النشر الاستباقي"),
        (1, LineKind.PROBLEM, 2, "القانون", "غياب النشر الاستباقي"),
        (1, LineKind.PROBLEM, 3, "التكوين", "قلة التكوين"),
        (1, LineKind.RESULT, 1, None, "معلومات في المتناول"),
        (1, LineKind.SOLUTION, 1, None, "بوابة موحدة"),
        (1, LineKind.SOLUTION, 2, None, "تكوين الموظفين"),
        (3, LineKind.PROBLEM, 1, None, "سؤال آخر"),
    ]


def test_the_second_run_says_nothing_new(run):
    run(sheet())
    before = written()
    assert run(sheet()).output.endswith("Nothing new.\n")
    assert written() == before
    # One more time the same sentence is one more line, not all of them again.
    assert "1 new lines written." in run(sheet([*ROWS, ROWS[0]])).output
    assert count() == 8


def test_workshops_are_known_by_theme_number_or_reference(run):
    rows = [(name, "problem", "", "", f"From {name}") for name in ("L'accès a l'INFORMATION", "2", "or1-w2")]
    assert run(sheet(rows)).exit_code == 0
    assert [(row[0], row[4]) for row in written()] == [
        (1, "From L'accès a l'INFORMATION"),
        (2, "From 2"),
        (2, "From or1-w2"),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        ("Texte", "Atelier", "Type", "Numéro"),
        ("text", "workshop", "kind", "number"),
        ("النص", "الورشة", "النوع", "الرقم"),
    ],
)
def test_columns_stand_in_any_order_and_language(run, headers):
    kind = {"Type": "solution proposée", "kind": "solution", "النوع": "حل مقترح"}[headers[2]]
    assert run(sheet([("Un portail", "Le numérique", kind, 1)], headers)).exit_code == 0
    assert written() == [(2, LineKind.SOLUTION, 1, None, "Un portail")]


def test_a_csv_will_do(run):
    data = b"workshop;kind;text\n1;problem;Line\n"
    assert run(data, name="outputs.csv").exit_code == 0
    assert count() == 1


def test_every_bad_row_is_named_and_nothing_is_written(run):
    bad = [
        *ROWS,
        ("w", "wish", "", "", "x"),
        ("w", "problem", "", "two", "y"),
        ("w", "problem", "", "", "z" * 1001),
    ]
    answer = run(sheet(bad))
    assert answer.exit_code == 1
    for row, refusal, values in (
        (9, NotAChoice, {"value": "wish"}),
        (10, LineNotANumber, {"value": "two"}),
        (11, SheetLineTooLong, {"limit": 1000}),
    ):
        assert said(answer.output, row_error(row))
        assert said(answer.output, refusal, **values)
    assert "Nothing was written." in answer.output
    assert count() == 0


def formula():
    cells = "".join(
        f'<c t="inlineStr"><is><t>{header}</t></is></c>' for header in ("workshop", "kind", "text")
    )
    row = '<c><v>1</v></c><c t="inlineStr"><is><t>problem</t></is></c><c><f>HYPERLINK("http://x")</f></c>'
    return archive(xlsx_parts(f"<row>{cells}</row><row>{row}</row>"))


BAD = {
    "nothing": (lambda: b"", EMPTY),
    "no rows": (lambda: xlsx([]), EMPTY),
    "a picture": (lambda: b"\x89PNG....", DAMAGED),
    "unknown headers": (lambda: xlsx([("Nom", "Prénom"), ("x", "y")]), NO_HEADERS),
    "50,000 rows": (
        lambda: xlsx([("workshop", "kind", "text"), *([(1, 1, 1)] * 50_000)]),
        TOO_MANY_ROWS.filled(limit=20_000),
    ),
    "macros": (
        lambda: archive({**xlsx_parts("<row><c><v>1</v></c></row>"), "xl/vbaProject.bin": "x"}),
        MACROS,
    ),
    "a formula": (formula, UNKEPT),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_plain_sentence_on_the_page(karim, name):
    make, sentence = BAD[name]
    answer = send(karim, make())
    assert answer.status_code == 422
    assert says(answer, sentence)
    assert count() == 0


def send(visitor, data, name="outputs.xlsx"):
    """Choose a file on the page and look at it."""
    hidden = fields(visitor)
    return visitor.post(PAGE, data=hidden | {"file": (io.BytesIO(data), name)})


def fields(visitor):
    form = post_forms(visitor, PAGE)[-1]
    return {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }


def confirmation(page):
    """What the page that shows what was understood sends on."""
    data = filled_in(page, "matched")
    data.setlist("act", ["import"])
    return data


def test_the_page_shows_what_was_understood_and_writes_on_a_second_word(karim):
    shown = send(karim, sheet())
    assert shown.status_code == 200
    of_first, of_second = texts(shown.text, ".panel ul")
    assert re.findall(r"\d+", of_first) == ["3", "2", "2", "1"], "problems under headings, solutions, results"
    assert re.findall(r"\d+", of_second) == ["1", "0", "0"]
    assert numbers(shown.text, ".panel .soft") == [2], "said twice, kept twice"
    assert count() == 0
    assert karim.post(PAGE, data=confirmation(shown)).status_code == 302
    assert count() == 7
    again = send(karim, sheet())
    assert texts(again.text, ".notice-done")
    assert 'value="import"' not in again.text
    # The same page sent twice adds nothing either: the file is gone once it is written.
    assert says(karim.post(PAGE, data=confirmation(shown)), FileNotKept)
    assert count() == 7


def test_a_confirmation_that_was_tampered_with_finds_no_file(karim):
    shown = send(karim, sheet())
    for kept in ("%%%", "AAAA"):
        data = confirmation(shown)
        data.setlist("kept", [kept])
        assert says(karim.post(PAGE, data=data), FileNotKept)
    assert count() == 0


def test_no_file_chosen(karim):
    answer = karim.post(PAGE, data=fields(karim))
    assert answer.status_code == 422
    assert errors(answer) == {"file"}


def test_markup_in_a_file_is_only_text(karim):
    row = ("<script>w</script>", "problem", "<b>h</b>", "", "<script>alert(1)</script>\u202e")
    shown = send(karim, sheet([row, row]))
    assert shown.status_code == 200
    assert "<script>w" not in shown.text
    assert "<script>alert" not in shown.text
    assert "\u202e" not in shown.text


def test_only_those_of_the_meeting_import(cast):
    assert cast.visitor(cast.fatima).get(PAGE).status_code == 403
    assert cast.visitor(cast.karim).get(PAGE.replace("OR1", "XX9")).status_code == 404
    session.get(type(cast.karim), cast.karim.id)
    session.remove()
    assert cast.visitor(cast.salma).get(PAGE).status_code == 200


def test_a_published_workshop_takes_no_new_line_but_knows_its_own(run, cast):
    run(sheet())
    workshop = session.scalars(select(Workshop).where(Workshop.number == 1)).one()
    workshop.published_at = cast.meeting.starts_at
    session.commit()
    session.remove()
    assert run(sheet()).output.endswith("Nothing new.\n")
    answer = run(sheet([*ROWS, ("1", "حل مقترح", "", 3, "متأخر")]))
    assert answer.exit_code == 1
    assert said(answer.output, row_error(9))
    assert said(answer.output, WorkshopIsPublic)
    assert count() == 7


def test_an_unknown_meeting(run):
    answer = run(sheet(), meeting="XX9")
    assert answer.exit_code == 1
    assert "XX9" in answer.output
