"""The steps of an import on a page: chosen, matched, checked, imported; kept meanwhile and no longer."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from cocreation.core.database import Translated, session
from cocreation.core.personal_data import Erasure, Subject
from cocreation.demographics.models import GENDER, Demographics, Gender
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.table import NO_ROWS
from cocreation.imports import services
from cocreation.imports.models import KeptSheet
from cocreation.imports.personal_data import erase_kept_sheets, find_kept_sheets
from cocreation.imports.refusals import FileNotKept
from cocreation.languages.i18n import speaking
from cocreation.participants.services.imports import SeveralOfThatName
from cocreation.places.models.answers import AnswerType, MeetingQuestion
from tests.cast import THEN
from tests.forms import csrf_token, filled_in
from tests.html import numbers, texts
from tests.imports.steps import OUTPUTS, PAGE, bring, go_on, kept
from tests.meeting_day import registrations, write
from tests.words import says

HEADERS = ["ر.ت", "Nom", "E-mail", "Pointure", "Sexe"]
ROWS = [
    [1, "Amal Mithal", "amal@example.org", "Mithal", "F"],
    [2, "Sami Mathal", "sami@example.org", "", "-"],
]


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def test_the_file_stays_chosen_until_it_is_imported(karim):
    unseen = bring(karim, [HEADERS, *ROWS], act="import")
    assert unseen.status_code == 422, "nobody has seen yet that a column is left out"
    checked = bring(karim, [HEADERS, *ROWS])
    assert checked.status_code == 200
    assert (kept(), registrations()) == (1, [])
    matched = go_on(karim, checked, "check", read_as={"Pointure": "association"})
    assert numbers(matched.text, ".notice-done p")[0] == 2
    assert go_on(karim, matched, "import", read_as={"Pointure": "association"}).status_code == 302
    assert [(person.name, person.association) for person in registrations()] == [
        ("Amal Mithal", "Mithal"),
        ("Sami Mathal", None),
    ]
    assert kept() == 0
    assert says(go_on(karim, matched, "import"), FileNotKept)


@pytest.mark.parametrize("page", [PAGE, OUTPUTS])
def test_a_list_of_nothing_but_headers_is_not_in_order(karim, page):
    refused = bring(karim, [["الاسم الكامل", "الهاتف", "المشكل", "الورشة"]], page=page, act="import")
    assert (refused.status_code, says(refused, NO_ROWS)) == (422, True)


def test_a_file_with_mistakes_stays_too_and_says_each_kind_once(karim):
    rows = [[number, "X", f"x{number}", "", "robot"] for number in range(3)]
    refused = bring(karim, [HEADERS, *ROWS, *rows])
    assert refused.status_code == 422
    assert numbers(refused.text, "#errors h3") == [3]
    assert filled_in(refused, "matched").getlist("value") == ["robot"]
    assert kept() == 1
    assert go_on(karim, refused, "import", read_as={"E-mail": ""}).status_code == 422
    one_of_two = go_on(karim, refused, "check", read_as={"E-mail": "", "Sexe": ""})
    assert one_of_two.status_code == 200
    assert registrations() == []


def test_what_waits_is_gone_on_with_or_erased_by_its_owner_alone(karim, cast):
    checked = bring(karim, [HEADERS, *ROWS])
    assert says(go_on(cast.visitor(cast.salma), checked, "check"), FileNotKept)
    shown = karim.get(PAGE.format("fr"))
    assert "list.xlsx" in shown.text
    data = filled_in(shown, "kept")
    data.add("act", "check")
    assert karim.post(PAGE.format("fr"), data=data).status_code == 200
    data.setlist("act", ["forget"])
    assert karim.post(PAGE.format("fr"), data=data).status_code == 200
    session.remove()
    assert kept() == 0


def test_what_nobody_imports_is_erased_by_its_term_and_with_a_person_who_stands_in_it(karim):
    bring(karim, [HEADERS, *ROWS])
    assert find_kept_sheets(Subject(emails=frozenset({"lina@example.org"}))) == []
    keys = find_kept_sheets(Subject(emails=frozenset({"amal@example.org"})))
    erase_kept_sheets(keys, Erasure(THEN))
    assert session.query(KeptSheet).count() == 0
    session.commit()
    bring(karim, [HEADERS, *ROWS])
    brought = session.query(KeptSheet).one().kept_at
    session.remove()
    assert services.sweep(brought + services.KEPT_FOR - timedelta(minutes=1)) == 0
    assert services.sweep(brought + services.KEPT_FOR) == 1


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_empty_table_in_each_language_is_read_as_it_is(karim, language):
    for address, columns in (
        (f"/{language}/manage/meetings/OR1/participants/empty.xlsx", 8),
        (f"/{language}/manage/workshops/OR1/empty.xlsx", 5),
    ):
        [sheet] = read(karim.get(address).data, "empty.xlsx")
        assert [len(cells) for _, cells in sheet.rows] == [columns]
    headers = read(karim.get(f"/{language}/manage/meetings/OR1/participants/empty.xlsx").data, "e.xlsx")[
        0
    ].rows[0][1]
    checked = bring(karim, [headers, ["Amal", "amal@example.org"]], language=language)
    assert checked.status_code == 200
    assert texts(checked.text, "#columns option[selected]").count("") == 0


def test_a_signature_sheet_twice_and_what_was_registered_before(karim, cast):
    write(cast, 1, name="Amal Mithal", email="amal@example.org")
    rows = [["الاسم", "الجمعية"], ["Amal Mithal", "A"], ["محمد مثال", "B"], ["محمد مثال", "C"]]
    for _time in range(2):
        assert bring(karim, rows, act="import").status_code == 302
    assert [
        (person.name, person.email, person.association, person.list_number) for person in registrations()
    ] == [
        ("Amal Mithal", "amal@example.org", "A", None),
        ("محمد مثال", None, "B", 1),
        ("محمد مثال", None, "C", 2),
    ]
    [*_others, last] = registrations()
    person = karim.get(f"/en/manage/meetings/OR1/participants/{last.id}")
    assert 2 in numbers(person.text, "dd")


def test_a_name_alone_that_two_people_bear_is_not_guessed(karim, cast):
    write(cast, 1, name="Amal Mithal", email="a@example.org")
    write(cast, 1, name="Amal Mithal", email="b@example.org")
    assert says(bring(karim, [["Nom", "Association"], ["Amal Mithal", "A"]]), SeveralOfThatName)


def test_an_equal_name_with_another_contact_is_pointed_out(karim, cast):
    write(cast, 1, name="Amal Mithal", email="other@example.org")
    checked = bring(
        karim, [["Nom", "E-mail"], ["Amal Mithal", "amal@example.org"], ["Sami", "s@example.org"]]
    )
    assert checked.status_code == 200
    assert numbers(checked.text, ".notice-waiting .help") == [2]


def test_the_questions_of_the_organisers_are_known_in_the_list_that_comes_back(karim, cast):
    label = Translated(fr="Pourquoi venez-vous ?", ar="لماذا تحضرون؟")
    asked = {"asks": AnswerType.TEXT, "label": label, "position": 1}
    session.add(MeetingQuestion(meeting_id=cast.meeting.id, **asked))
    write(cast, 1, name="Amal Mithal", email="amal@example.org")
    for language in ("ar", "fr", "en"):
        given = karim.get(f"/{language}/manage/meetings/OR1/participants.xlsx").data
        assert label["ar" if language == "ar" else "fr"] in read(given, "given.xlsx")[0].rows[0][1]
        assert bring(karim, given, act="import").status_code == 302, "nothing in it has to be asked about"
    assert bring(karim, [["Nom", "Pourquoi venez-vous ?"], ["Lina", "Oui"]], act="import").status_code == 302


def test_the_platforms_own_list_imports_again_with_what_lists_said_alone(karim, cast):
    write(cast, 1, name="By the form", email="form@example.org")
    people = [["Nom", "E-mail", "Sexe", "Âge"], ["Amal", "amal@example.org", "F", 34], ["Sami", "", "M", 62]]
    assert bring(karim, people, act="import").status_code == 302
    session.query(Demographics).first().gender = "male"  # what the form was told
    session.commit()

    def state():
        said = {row.registration_id: (row.gender, row.age_bracket) for row in session.query(Demographics)}
        found = [(p.id, p.name, p.email, p.list_number, said.get(p.id)) for p in registrations()]
        session.remove()
        return found

    before = state()
    given = karim.get("/en/manage/meetings/OR1/participants.xlsx").data
    [sheet] = read(given, "given.xlsx")
    with speaking("en"):
        place = sheet.rows[0][1].index(str(GENDER.label))
        female, male = str(Gender.FEMALE.label), str(Gender.MALE.label)
    assert [cells[place] for _, cells in sheet.rows[1:]] == ["", female, male]
    data = {"csrf_token": csrf_token(karim), "act": "import", "file": (io.BytesIO(given), "given.xlsx")}
    brought = karim.post(PAGE.format("en"), data=data, content_type="multipart/form-data")
    assert brought.status_code == 302, "nothing in it has to be asked about"
    assert state() == before
