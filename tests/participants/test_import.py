"""The list of those who came, from a spreadsheet: by the command and by the page."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from cocreation.core.database import session
from cocreation.demographics.models import Capacity, Demographics
from cocreation.directory.models import Domain
from cocreation.files.sheets.archive import DAMAGED
from cocreation.files.sheets.columns import NotAChoice
from cocreation.files.sheets.inspection import TOO_MANY_ROWS
from cocreation.files.sheets.reader import BROKEN_FORMULA, TEXT_DOCUMENT
from cocreation.files.sheets.table import EMPTY, MERGED, MISSING, UNKNOWN
from cocreation.meetings.models.meeting import Workshop
from cocreation.participants.services.imports import TwoPeople
from cocreation.participants.sheet import ListedTwice, NotAName, TooLong
from cocreation.participants.sheet_contacts import NotAnAddress
from tests.cast import THEN
from tests.html import numbers
from tests.meeting_day import change, later, registrations, sheet, write
from tests.portal.test_meeting import figures
from tests.words import errors, said, says

AT_ROW = "Sheet “%(sheet)s”, row %(row)s: %(sentence)s"
ARABIC = ["الورشة", "الاسم الكامل", "الجنس", "الفئة العمرية", "الصفة", "البريد الإلكتروني"]
ROWS = [
    ["الرقمنة", "مشاركة أولى", "أنثى", "ما بين 18 سنة و 30 سنة", "فاعل (ة) / جمعي (ة)", "one@example.org"],
    ["ورشة جديدة", "مشارك ثان", "ذكر", "أزيد من 60 سنة", "قطاع عام", "two@example.org"],
    ["ورشة جديدة", "مشارك ثالث", "ذكر", "غير متوفر", "غير متوفر", "three@example.org"],
]


@pytest.fixture
def run(app, cast):
    def command(path: Path, *options: str, meeting: str = "OR1"):
        arguments = ["import", "participants", str(path), "--meeting", meeting, *options]
        result = app.test_cli_runner().invoke(args=arguments)
        session.remove()
        return result

    return command


def test_arabic_headers_in_any_order(run, tmp_path, client, mails, cast):
    change(cast, places=1)
    result = run(sheet(tmp_path, ARABIC, *ROWS))
    assert result.exit_code == 0, result.output
    assert "3 people, 3 new, 0 already there" in result.output
    assert "will be made: ورشة جديدة" in result.output
    assert "every figure" in result.output
    assert [
        (registration.name, registration.state.value, registration.capacity.value)
        for registration in registrations()
    ] == [
        ("مشاركة أولى", "confirmed", "association"),
        ("مشارك ثان", "confirmed", "public_sector"),
        ("مشارك ثالث", "confirmed", "not_stated"),
    ]
    told = [
        (d.age_bracket.value, d.gender.value) for d in session.query(Demographics).order_by("registration_id")
    ]
    assert told == [("18-30", "female"), ("60+", "male"), ("not_stated", "male")]
    workshops = session.query(Workshop).order_by(Workshop.number).all()
    assert [workshop.number for workshop in workshops] == [1, 2, 3]
    assert [registration.workshop_id for registration in registrations()] == [
        workshops[1].id,
        workshops[2].id,
        workshops[2].id,
    ]
    assert figures(client.get("/en/meetings/OR1").text)[:8] == ["1", "0", "0", "0", "1", "1", "1", "2"]
    assert mails() == []


def test_twice_changes_nothing_and_a_corrected_row_is_brought_up_to_date(run, tmp_path, cast):
    run(sheet(tmp_path, ARABIC, *ROWS))
    before = [(registration.id, registration.receipt) for registration in registrations()]
    corrected = [*ROWS[0][:1], "مشاركة أولى مصححة", "ذكر", *ROWS[0][3:]]
    result = run(sheet(tmp_path, ARABIC, corrected, *ROWS[1:]))
    assert "0 new, 3 already there" in result.output
    assert [(registration.id, registration.receipt) for registration in registrations()] == before
    assert registrations()[0].name == "مشاركة أولى مصححة"
    genders = [
        demographics.gender.value for demographics in session.query(Demographics).order_by("registration_id")
    ]
    assert genders == ["male", "male", "male"]


def test_one_who_had_registered_is_recognised_by_address_or_number(run, tmp_path, register):
    register(email="one@example.org")
    register(name="Autre", email="", phone="0612345678")
    rows = [["One", "ONE@example.org", ""], ["Other", "other@example.org", "+212 612 34 56 78"]]
    result = run(sheet(tmp_path, ["Nom complet", "E-mail", "Téléphone"], *rows))
    assert "0 new, 2 already there" in result.output
    assert [(registration.email, registration.phone) for registration in registrations()] == [
        ("one@example.org", None),
        ("other@example.org", "+212612345678"),
    ]


def test_a_list_made_afterwards_is_of_those_who_came(run, tmp_path):
    path = sheet(tmp_path, ARABIC, *ROWS)
    run(path)
    # The meeting is still to come.
    assert [registration.present_at for registration in registrations()] == [None] * 3
    with later(days=21):
        assert "0 new, 3 already there" in run(path).output
    assert [registration.present_at for registration in registrations()] == [THEN + timedelta(days=20)] * 3


def test_what_a_list_does_not_say_stays_as_it_was_said(run, tmp_path, cast):
    as_said = {"association": "جمعية", "capacity": Capacity.EXPERT, "phone": "+212612345678"}
    write(cast, 1, province_code="02.411", domain=Domain.WOMEN, claims=("women",), **as_said)
    run(sheet(tmp_path, ["Nom complet", "E-mail"], ["P zéro", "p0@example.org"]))
    [person] = registrations()
    assert (person.name, person.claims) == ("P zéro", ["women"])
    assert {name: getattr(person, name) for name in as_said} == as_said
    [apart] = session.query(Demographics)
    assert (apart.province_code, apart.domain) == ("02.411", Domain.WOMEN)


@pytest.mark.parametrize("options", [[], ["--keep-small-cells-hidden"]])
def test_small_counts_hidden_when_asked(run, tmp_path, client, cast, options):
    write(cast, 6)
    result = run(sheet(tmp_path, ARABIC, *ROWS), *options)
    shown = figures(client.get("/en/meetings/OR1").text)
    assert bool(options) != bool(shown)  # unpublished figures also wait until the meeting is over
    assert ("stay hidden" in result.output) == bool(options)


def test_a_dry_run_writes_nothing(run, tmp_path):
    result = run(sheet(tmp_path, ARABIC, *ROWS), "--dry-run")
    assert "3 new" in result.output
    assert "Nothing was written" in result.output
    assert registrations() == []
    assert session.query(Workshop).count() == 2


def test_a_meeting_that_is_not_there(run, tmp_path):
    result = run(sheet(tmp_path, ARABIC, *ROWS), meeting="NO9")
    assert result.exit_code == 1
    assert "There is no meeting NO9" in result.output


@pytest.mark.parametrize(
    ("row", "why", "values"),
    [
        (["", "17", "أنثى", "", "", "x@example.org"], NotAName, {"value": "17"}),
        (["", "", "أنثى", "", "", "x@example.org"], EMPTY, {}),
        (["", "X", "robot", "", "", "x@example.org"], NotAChoice, {"value": "robot"}),
        (["", "X", "", "17", "", "x@example.org"], NotAChoice, {"value": "17"}),
        (["", "X", "", "", "king", "x@example.org"], NotAChoice, {"value": "king"}),
        (["", "X", "", "", "", "nowhere"], NotAnAddress, {"value": "nowhere"}),
        (["", "X", "", "", "", "(1)two@example.org"], NotAnAddress, {"value": "(1)two@example.org"}),
        (["", "X", "", "", "", "TWO@example.org"], ListedTwice, {"value": "two@example.org", "row": 3}),
        (["", "X" * 300, "", "", "", "x@example.org"], TooLong, {"limit": 200}),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(run, tmp_path, row, why, values):
    result = run(sheet(tmp_path, ARABIC, *ROWS, row))
    assert result.exit_code == 1
    assert said(result.output, AT_ROW, row=5)
    assert said(result.output, why, **values)
    assert registrations() == []
    assert session.query(Workshop).count() == 2


def test_every_bad_row_is_named_at_once(run, tmp_path):
    result = run(
        sheet(
            tmp_path,
            ARABIC,
            ["", "X", "robot", "", "", "x@example.org"],
            ["", "Y", "", "", "king", "y@example.org"],
        )
    )
    assert said(result.output, AT_ROW, row=2)
    assert said(result.output, AT_ROW, row=3)


def test_two_registrations_cannot_become_one(run, tmp_path, cast):
    write(cast, 1, email="a@example.org")
    write(cast, 1, email="b@example.org", phone="0612345678")
    result = run(
        sheet(tmp_path, ["Name", "E-mail", "Phone"], ["X", "a@example.org", "0612345678"]),
    )
    assert result.exit_code == 1
    assert said(result.output, TwoPeople)


def workbook(write_cells) -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        write_cells(book.add_worksheet("S"))
    return data.getvalue()


def formula(page):
    page.write_row(0, 0, ["Name", "E-mail"])
    page.write_row(1, 0, ["X", "x@example.org"])
    page.write_formula(1, 0, '=HYPERLINK("http://x")', None, "#NAME?")


def merged(page):
    page.write_row(0, 0, ["Name", "E-mail"])
    page.merge_range(1, 0, 2, 0, "X")
    page.write(1, 1, "x@example.org")
    page.write(2, 1, "y@example.org")


def unknown(page):
    page.write_row(0, 0, ["Name", "E-mail", "Shoe size"])
    page.write_row(1, 0, ["X", "x@example.org", "43"])


def endless(page):
    page.write_row(0, 0, ["Name", "E-mail"])
    for number in range(1, 50_001):
        page.write_row(number, 0, ["X", f"x{number}@example.org"])


BAD = {
    "formula.xlsx": (workbook(formula), BROKEN_FORMULA),
    "merged.xlsx": (workbook(merged), MERGED),
    "unknown.xlsx": (workbook(unknown), UNKNOWN.filled(names="Shoe size")),
    "blank.xlsx": (workbook(lambda page: None), "This file is empty."),
    "nothing.xlsx": (b"", "This file is empty."),
    "text.xlsx": (b"not a workbook", DAMAGED),
    "list.pdf": (b"%PDF", TEXT_DOCUMENT),
    "outputs.csv": ("الورشة,النص\nأ,ب\n".encode(), MISSING),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_plain_words_by_the_page(cast, name):
    content, why = BAD[name]
    visitor = cast.visitor(cast.karim)
    answer = send(visitor, content, name, "import")
    assert answer.status_code == 422
    assert says(answer, why)
    assert registrations() == []


def test_fifty_thousand_rows_are_refused(run, tmp_path):
    path = tmp_path / "endless.xlsx"
    path.write_bytes(workbook(endless))
    result = run(path)
    assert result.exit_code == 1
    assert said(result.output, TOO_MANY_ROWS)


def send(visitor, content: bytes, name: str, act: str, **fields):
    where = "/en/manage/meetings/OR1/participants/import"
    token = visitor.get(where).text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "act": act, "file": (BytesIO(content), name), **fields}
    return visitor.post(where, data=data, content_type="multipart/form-data")


def test_the_page_checks_first_then_imports(cast, tmp_path):
    visitor, content = cast.visitor(cast.karim), sheet(tmp_path, ARABIC, *ROWS).read_bytes()
    checked = send(visitor, content, "list.xlsx", "check")
    assert checked.status_code == 200
    assert numbers(checked.text, ".notice-done p")[0] == 3
    assert registrations() == []
    imported = send(visitor, content, "list.xlsx", "import", figures_published="y")
    assert imported.status_code == 302
    assert numbers(visitor.get(imported.location).text, ".flash") == [3]
    assert len(registrations()) == 3


@pytest.mark.parametrize("instead", [{}, {"file": "list.xlsx"}])
def test_no_file_at_all(cast, instead):
    visitor = cast.visitor(cast.karim)
    where = "/en/manage/meetings/OR1/participants/import"
    token = visitor.get(where).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = visitor.post(where, data={"csrf_token": token, "act": "import", **instead})
    assert answer.status_code == 422
    assert errors(answer) == {"file"}
