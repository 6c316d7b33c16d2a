"""Whoever saves a text after its consultation is led to saying why, place by place, and can correct it."""

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.comment_answers.models import AnswerChange
from cocreation.core.database import session
from cocreation.documents.models import CauseKind, Change
from tests.forms import fill
from tests.html import hrefs, parse, texts
from tests.scene_consulted import answer, comment, consulted, sitting
from tests.words import errors

SHEET, CAUSES = "/en/manage/plan/2026-C01", "/en/manage/adoption/2026-C01/causes"
OF_VERSION = "/en/manage/adoption/2026-C01/versions/2/causes"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def consultation(cast):
    return consulted(cast)


@pytest.fixture
def changed(salma, consultation):
    """Two places of a text and its title changed in one save; the ids of the changes, the title first."""
    words = {"solution-fr": "Deux portails unique et mobile", "title-fr": "Publier toutes les données"}
    led = fill(salma, SHEET, **words)
    assert led.headers["Location"] == OF_VERSION
    return session.scalars(select(Change.id).order_by(Change.section_id, Change.place)).all()


def causes():
    session.expire_all()
    return {c.id: c.cause for c in session.scalars(select(Change))}


def test_before_a_consultation_a_save_leads_back_to_the_sheet(cast, salma):
    assert fill(salma, SHEET, **{"solution-fr": "Deux portails"}).headers["Location"] == SHEET


def test_every_page_of_the_sheet_leads_to_the_causes_and_only_when_something_changed(salma, consultation):
    assert fill(salma, SHEET, number="1").headers["Location"] == SHEET
    further = fill(salma, f"{SHEET}/further", **{"budget-fr": "Deux millions"})
    assert further.headers["Location"] == OF_VERSION
    added = fill(salma, f"{SHEET}/activities/new", **{"title-fr": "Ouvrir", "weight": "100"})
    assert added.headers["Location"] == OF_VERSION.replace("/2/", "/3/")
    again = fill(salma, f"{SHEET}/activities/activity-1", **{"title-fr": "Ouvrir", "weight": "50"})
    assert again.headers["Location"] == OF_VERSION.replace("/2/", "/4/")
    page = salma.get(OF_VERSION.replace("/2/", "/4/")).text
    assert texts(page, ".causes del") == ["removed: 100"], "a weight as the sheet says it"
    assert texts(page, ".causes ins") == ["added: 50"]


def test_each_change_stands_between_its_words_and_is_ticked_until_it_has_a_cause(salma, changed):
    page = salma.get(OF_VERSION).text
    assert len(texts(page, ".causes [data-change]")) == 3
    assert len([box for box in boxes(page) if box.get("checked") is not None]) == 3
    said = texts(page, ".causes .said")
    assert said[1] == "removed: Un portail added: Deux portails unique"
    assert said[2] == "Un portail unique added: et mobile"
    fill(salma, OF_VERSION, changes=str(changed[0]), cause="note", **{"reason-fr": "Coquille"})
    ticked = [box.get("value") for box in boxes(salma.get(OF_VERSION).text) if box.get("checked") is not None]
    assert ticked == [str(key) for key in changed[1:]]


def boxes(page):
    return [box for box in parse(page).iter("input") if box.get("name") == "changes"]


def test_answers_are_the_cause_of_many_changes_and_those_of_the_section_stand_first(
    cast, salma, consultation, changed
):
    far = answer(cast, consultation, comment(consultation, "problem"))
    near = answer(cast, consultation, comment(consultation, "solution"))
    page = salma.get(OF_VERSION).text
    offered = [box.get("value") for box in parse(page).iter("input") if box.get("name") == "answers"]
    assert offered == [str(near), str(far)]
    fill(salma, OF_VERSION, changes=[str(c) for c in changed], cause="answer", answers=[str(near), str(far)])
    assert set(causes().values()) == {CauseKind.ANSWER}
    assert len(session.scalars(select(AnswerChange)).all()) == 6


def test_a_cause_is_corrected_and_the_answers_it_had_fall_away(cast, salma, consultation, changed):
    first = answer(cast, consultation, comment(consultation))
    fill(salma, OF_VERSION, changes=[str(c) for c in changed], cause="answer", answers=[str(first)])
    meeting = sitting(cast)
    fill(
        salma,
        CAUSES,
        changes=str(changed[0]),
        cause="decision",
        sitting=meeting,
        **{"reason-fr": "Le comité préfère ce titre"},
    )
    decided = session.get_one(Change, changed[0])
    assert (decided.cause, decided.source) == (CauseKind.DECISION, meeting)
    assert decided.reason == {"fr": "Le comité préfère ce titre"}
    assert decided.named_by == cast.salma.id
    left = session.scalars(select(AnswerChange.change_id)).all()
    assert sorted(left) == sorted(changed[1:])
    assert f"/en/coordination/{meeting}" in hrefs(salma.get(CAUSES).text)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"changes": None, "reason-fr": "x"}, {"changes"}),
        ({"cause": None}, {"cause"}),
        ({"cause": "answer"}, {"answers"}),
        ({"cause": "decision", "reason-fr": "x"}, {"sitting"}),
        ({"cause": "decision"}, {"sitting", "reason"}),
        ({"cause": "note"}, {"reason"}),
        ({"cause": "note", "reason-fr": "x" * 1001}, {"reason"}),
        ({"cause": "decision", "sitting": "2026-M9", "reason-fr": "x"}, {"sitting"}),
        ({"cause": "answer", "answers": "999"}, {"answers"}),
        ({"cause": "note", "reason-fr": "x", "changes": "999"}, {"changes"}),
    ],
)
def test_what_says_too_little_changes_nothing(cast, salma, consultation, changed, given, wrong):
    answer(cast, consultation, comment(consultation))
    sitting(cast)
    answered = fill(salma, OF_VERSION, **{"cause": "note", **given})
    assert answered.status_code == 422
    assert errors(answered) == wrong
    assert set(causes().values()) == {None}


def test_a_meeting_to_come_decided_nothing(cast, salma, changed):
    from datetime import timedelta

    from tests.cast import THEN

    sitting(cast, starts_at=THEN + timedelta(days=1), ends_at=THEN + timedelta(days=2))
    assert "2026-M1" not in salma.get(OF_VERSION).text


def test_only_texts_that_were_consulted_have_causes_and_only_the_secretariat_names_them(cast, salma):
    assert salma.get(CAUSES).status_code == 404
    consulted(cast)
    for role, person in cast.staff.items():
        expected = 200 if role in (Role.ADMINISTRATOR, Role.SECRETARIAT) else 403
        assert cast.visitor(person).get(CAUSES).status_code == expected


def test_the_page_costs_the_same_however_many_changes(salma, changed, statements):
    counts = []
    for words in ("Trois portails uniques, mobiles et ouverts", "Un seul"):
        with statements() as asked:
            assert salma.get(CAUSES).status_code == 200
        counts.append(len(asked))
        fill(salma, SHEET, **{"solution-fr": words})
    assert counts[0] == counts[1]
    assert counts[0] <= 10
