"""Values that no list knows are matched by hand: each once, nothing written before all of them are."""

from __future__ import annotations

import pytest

from cocreation.core.database import session
from cocreation.demographics.models import AGE, CAPACITY, GENDER, AgeBracket, Demographics
from cocreation.imports.models import KeptSheet
from cocreation.imports.refusals import ValuesUnknown
from cocreation.meetings.models.meeting import Workshop
from cocreation.participants.sheet import chooser_of
from cocreation.workshops.models import LineKind, OutputLine
from tests.cast import THEN
from tests.forms import filled_in
from tests.html import numbers, parse
from tests.imports.steps import OUTPUTS, bring, go_on
from tests.meeting_day import registrations
from tests.words import says

ROWS = [
    ["Nom", "E-mail", "Sexe", "Âge", "Qualité"],
    ["Amal Mithal", "amal@example.org", "Fille", "jeune", "élu"],
    ["Sami Mathal", "sami@example.org", "H", "Jeune ", "citoyen"],
    ["Lina Mathal", "lina@example.org", "FILLE", 34, "élu"],
]


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def asked(page):
    """The values a page asks about, each with what it is said to mean."""
    data = filled_in(page, "matched")
    return dict(zip(data.getlist("value"), data.getlist("meant"), strict=True))


def choices_of(page, value):
    """What a page offers a value to mean."""
    names = filled_in(page, "matched").getlist("value")
    selects = [field for field in parse(page.text).iter("select") if field.get("name") == "meant"]
    return [option.get("value") for option in selects[names.index(value)].iter("option")]


def people():
    said = {row.registration_id: (row.gender, row.age_bracket) for row in session.query(Demographics)}
    found = [(person.name, *said.get(person.id, ()), person.capacity) for person in registrations()]
    session.remove()
    return found


def test_each_value_is_asked_about_once_and_holds_for_all_its_rows(karim):
    page = bring(karim, ROWS)
    assert page.status_code == 422
    assert says(page, ValuesUnknown)
    assert asked(page) == {"Fille": "", "jeune": "", "élu": ""}
    assert numbers(page.text, "#values label .help") == [2, 2, 2]
    said = {"Fille": "to:female", "jeune": "to:18-30"}
    still = go_on(karim, page, "import", meant=said)
    assert (still.status_code, registrations()) == (422, [])
    assert asked(still) == {"Fille": "to:female", "jeune": "to:18-30", "élu": ""}
    in_order = go_on(karim, still, "check", meant={"élu": "empty"})
    assert (in_order.status_code, registrations()) == (200, [])
    assert go_on(karim, in_order, "import").status_code == 302
    assert people() == [
        ("Amal Mithal", "female", "18-30", "not_stated"),
        ("Sami Mathal", "male", "18-30", "citizen"),
        ("Lina Mathal", "female", "30-40", "not_stated"),
    ]


def test_what_was_said_is_remembered_while_the_file_waits_and_for_the_corrected_one(karim, cast):
    go_on(karim, bring(karim, ROWS), "check", meant={"Fille": "to:female"})
    data = filled_in(karim.get("/fr/manage/meetings/OR1/participants/import"), "kept")
    data.add("act", "check")
    later = karim.post("/fr/manage/meetings/OR1/participants/import", data=data)
    session.remove()
    assert asked(later)["Fille"] == "to:female"
    corrected = bring(karim, [*ROWS, ["Aya", "aya@example.org", "fille", "", ""]])
    assert asked(corrected)["Fille"] == "to:female"
    assert go_on(karim, corrected, "forget").status_code == 200
    assert session.query(KeptSheet).count() == 0
    session.remove()
    assert asked(bring(karim, ROWS))["Fille"] == "", "what was erased is forgotten"


def test_what_was_said_of_another_file_takes_no_column_from_this_one(karim):
    go_on(karim, bring(karim, [["الاسم", "الجنس", "القامة"], ["أمل", "بنت", 170]]), "check")
    page = bring(karim, [["Nom", "Sexe"], ["Sami", "garçonnet"]])
    assert filled_in(page, "matched").getlist("read_as") == ["name", "gender"]
    assert asked(page) == {"garçonnet": ""}


def test_mistakes_of_the_same_rows_are_said_beside_them(karim):
    page = bring(karim, [ROWS[0], ["Amal", "amal", "Fille", "", ""]])
    assert asked(page) == {"Fille": ""}
    assert numbers(page.text, "#errors .help") == [2]


def test_what_is_sent_by_hand_is_no_other_choice_than_the_page_has(karim):
    page = bring(karim, ROWS)
    for meant in ("to:robot", "written", "robot"):
        assert asked(go_on(karim, page, "import", meant={"Fille": meant}))["Fille"] == ""


def test_hundreds_of_values_are_asked_about_in_portions(karim):
    rows = [["Nom", "Sexe"], *([f"Amal {letter}", letter * 3] for letter in "abcdefghijklmnopqrstuvwxyz")]
    rows += [[f"Sami {letter}", letter * 4] for letter in "abcdefghijklmnopqrstuvwxyz"]
    page = bring(karim, rows)
    assert len(asked(page)) == 40
    rest = go_on(karim, page, "check", meant=dict.fromkeys(asked(page), "empty"))
    assert list(asked(rest).values()).count("") == 12
    assert go_on(karim, rest, "check", meant=dict.fromkeys(asked(rest), "empty")).status_code == 200


@pytest.mark.parametrize("question", [AGE, GENDER, CAPACITY])
def test_what_is_chosen_is_what_is_kept(question):
    chosen = chooser_of(question, THEN.date())
    assert [chosen(str(answer)) for answer in question.answers] == list(question.answers)


def test_a_workshop_spelled_otherwise_is_one_there_is_or_a_new_one(karim, cast):
    titles = [workshop.theme["fr"] for workshop in cast.meeting.workshops]
    rows = [["Nom", "E-mail", "Atelier"], ["Amal", "a@example.org", titles[0] + " (salle B)"]]
    rows += [["Sami", "s@example.org", titles[0]], ["Lina", "l@example.org", "Un autre"]]
    page = bring(karim, rows)
    assert page.status_code == 200
    assert asked(page) == {titles[0] + " (salle B)": "written", "Un autre": "written"}
    meant = {titles[0] + " (salle B)": choices_of(page, "Un autre")[1]}
    assert go_on(karim, page, "import", meant=meant).status_code == 302
    amal, sami, lina = registrations()
    assert amal.workshop_id == sami.workshop_id != lina.workshop_id
    assert session.query(Workshop).count() == len(titles) + 1


def test_kinds_and_workshops_of_outputs_are_matched_too(karim, cast):
    title = cast.meeting.workshops[0].theme["fr"]
    rows = [["Atelier", "Type", "Texte"], [title, "Constat", "Un"], [title, "Idée", "Deux"]]
    rows += [["At. 1", "Constat", "Trois"]]
    page = bring(karim, rows, page=OUTPUTS)
    assert asked(page) == {"Constat": "", "Idée": "", "At. 1": "written"}
    assert "empty" not in choices_of(page, "Constat"), "a line has a kind"
    meant = {"Constat": "to:problem", "Idée": "to:solution", "At. 1": choices_of(page, "At. 1")[1]}
    assert go_on(karim, page, "import", at=OUTPUTS, meant=meant).status_code == 302
    lines = session.query(OutputLine).order_by(OutputLine.kind, OutputLine.number)
    assert [(line.kind, line.text, line.workshop_id) for line in lines] == [
        (LineKind.PROBLEM, "Un", cast.meeting.workshops[0].id),
        (LineKind.PROBLEM, "Trois", cast.meeting.workshops[0].id),
        (LineKind.SOLUTION, "Deux", cast.meeting.workshops[0].id),
    ]


def test_an_age_of_no_bracket_can_be_left_empty(karim):
    page = bring(karim, [["Nom", "Âge"], ["Amal", 17], ["Sami", "25-45"]])
    meant = {"17": "empty", "25-45": f"to:{AgeBracket.FROM_30}"}
    assert go_on(karim, page, "import", meant=meant).status_code == 302
    assert [person[2] for person in people()] == ["not_stated", "30-40"]
