"""The organiser's own questions, wishes and needs: asked, kept, changed, and seen by those who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.demographics.models import Demographics
from cocreation.directory.models import Domain, Province
from cocreation.files.sheets.reader import read
from cocreation.languages.i18n import speaking
from cocreation.meetings.models.meeting import QuotaKind, Workshop
from cocreation.participants.refusals import AlreadyAnswered, OptionsUneven, TooFewOptions
from cocreation.places.models.answers import (
    AccessNeed,
    AnswerType,
    Meal,
    MeetingQuestion,
    Needs,
    Reply,
    WorkshopWish,
)
from cocreation.registration.forms.answers import YES_OR_NO
from tests.cast import T
from tests.desk import work
from tests.forms import fill, press
from tests.html import texts
from tests.meeting_day import REGISTER, later, registrations
from tests.places.test_places import keep
from tests.words import errors, said, says

QUESTIONS = "/en/manage/meetings/OR1/questions"


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def ask(cast, asks: AnswerType, **values) -> int:
    """A question straight into the database; its id."""
    options = [{"fr": option, "ar": f"{option} ع"} for option in ("Eau", "Budget", "Santé")]
    defaults = {"label": T("سؤال", "Question ?"), "options": options if asks in ("one", "several") else []}
    row = MeetingQuestion(meeting_id=cast.meeting.id, position=1, asks=asks, **defaults | values)
    session.add(row)
    session.commit()
    number = row.id
    session.remove()
    return number


def replies() -> dict[int, object]:
    values = {reply.question_id: reply.value for reply in session.scalars(select(Reply))}
    session.remove()
    return values


@pytest.mark.parametrize(
    ("asks", "typed", "kept", "shown"),
    [
        (AnswerType.TEXT, "En bus", "En bus", "En bus"),
        (AnswerType.ONE, "1", [1], "Budget"),
        (AnswerType.SEVERAL, ["0", "2"], [0, 2], "Eau · Santé"),
        (AnswerType.YES_NO, "no", False, dict(YES_OR_NO)["no"]),
    ],
)
def test_what_is_asked_is_kept_and_shown(register, cast, client, karim, asks, typed, kept, shown):
    number = ask(cast, asks)
    where = register(**{f"question_{number}": typed}).location
    assert replies() == {number: kept}
    with speaking("en"):
        words = str(shown)
    assert words in texts(client.get(where).text, ".facts dd")
    page = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    assert words in texts(karim.get(page).text, ".facts dd")


@pytest.mark.parametrize("asks", list(AnswerType))
def test_one_that_must_be_answered(register, cast, asks):
    number = ask(cast, asks, is_required=True)
    answer = register(association="جمعية النور")
    assert answer.status_code == 422
    assert f'id="question_{number}-error"' in answer.text
    assert "جمعية النور" in answer.text
    assert registrations() == []


@pytest.mark.parametrize("asks", list(AnswerType))
def test_one_that_need_not_be_is_left_out(register, cast, asks):
    ask(cast, asks)
    assert register().status_code == 302
    assert replies() == {}


@pytest.mark.parametrize(
    ("asks", "typed"), [(AnswerType.ONE, "7"), (AnswerType.SEVERAL, ["0", "9"]), (AnswerType.TEXT, "a" * 501)]
)
def test_what_is_no_choice_is_refused(register, cast, asks, typed):
    number = ask(cast, asks)
    assert register(**{f"question_{number}": typed}).status_code == 422
    assert registrations() == []


def test_an_internal_question_is_the_staffs(register, cast, client, karim):
    number = ask(cast, AnswerType.TEXT, is_internal=True, label=T("داخلي", "Note interne"))
    assert "Note interne" not in client.get(REGISTER).text
    where = register().location
    page = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    answer = fill(karim, page, **{f"question_{number}": "Rappeler lundi"})
    assert answer.status_code == 302
    assert replies() == {number: "Rappeler lundi"}
    assert "Rappeler lundi" in karim.get(page).text
    assert "Rappeler lundi" not in client.get(where).text
    fill(karim, page, **{f"question_{number}": ""})
    assert replies() == {}


def test_wishes_in_their_order_each_once(register, cast):
    first, second = (str(workshop.id) for workshop in cast.meeting.workshops)
    register(workshop=second, workshop_2=first)
    register(name="B", email="b@example.org", workshop=first, workshop_2=first)
    wished = [
        (wish.rank, str(wish.workshop_id))
        for wish in session.scalars(select(WorkshopWish).order_by("registration_id", "rank"))
    ]
    assert wished == [(1, second), (2, first), (1, first)]


def test_needs_are_kept_apart_and_forgotten_a_month_after(register, cast, client, app):
    where = register(access=["wheelchair", "childcare"], meal="vegetarian", note="Un bébé").location
    register(name="B", email="b@example.org")
    [needs] = session.scalars(select(Needs)).all()
    assert (needs.access, needs.meal, needs.note) == (["wheelchair", "childcare"], Meal.VEGETARIAN, "Un bébé")
    session.remove()
    page = client.get(where)
    for need in (AccessNeed.WHEELCHAIR, AccessNeed.CHILDCARE, Meal.VEGETARIAN):
        assert says(page, need.label)
        assert not says(client.get("/en/meetings/OR1"), need.label)
    with later(days=49):
        work(app)
        assert session.query(Needs).count() == 1
    session.remove()
    with later(days=51):
        work(app)
        assert session.query(Needs).count() == 0
    assert len(registrations()) == 2


def test_province_and_field_of_work_are_for_the_statistics(register, cast, client):
    codes = select(Province.code).where(Province.region_code == "02").order_by(Province.code)
    code = session.scalars(codes).first()
    session.remove()
    register(domain="youth", province=code)
    told = session.scalars(select(Demographics)).one()
    assert (told.domain, told.province_code) == (Domain.YOUTH, code)


def test_a_kept_place_is_asked_for_only_where_some_are_kept(register, cast, client):
    assert 'name="claims"' not in client.get(REGISTER).text
    keep(cast, QuotaKind.WOMEN, 1)
    assert 'name="claims"' in client.get(REGISTER).text
    register(claims="women")
    assert registrations()[0].claims == ["women"]
    with later(days=9):  # released
        assert 'name="claims"' not in client.get(REGISTER).text


def test_a_claim_of_places_that_are_not_kept_is_refused(register, cast):
    keep(cast, QuotaKind.WOMEN, 1)
    assert register(claims="rural").status_code == 422


def test_the_form_keeps_its_statements_with_many_questions(cast, client, statements):
    ask(cast, AnswerType.TEXT)
    with statements() as few:
        client.get(REGISTER)
    for _ in range(9):
        ask(cast, AnswerType.SEVERAL)
    with statements() as many:
        client.get(REGISTER)
    assert len(few) == len(many) <= 6


def test_the_organiser_adds_changes_orders_and_removes_questions(cast, karim):
    new = f"{QUESTIONS}/new"
    lines = {"label-fr": "Sujets", "options-fr": "Eau\n\n Budget ", "options-ar": "الماء\nالميزانية"}
    assert fill(karim, new, asks="several", **lines).status_code == 302
    assert fill(karim, new, asks="yes_no", is_required="y", **{"label-fr": "Voiture ?"}).status_code == 302
    first, second = session.scalars(select(MeetingQuestion).order_by(MeetingQuestion.position)).all()
    assert first.options == [{"fr": "Eau", "ar": "الماء"}, {"fr": "Budget", "ar": "الميزانية"}]
    assert (second.is_required, second.options) == (True, [])
    session.remove()
    page = karim.get(QUESTIONS).text
    assert page.index("Sujets") < page.index("Voiture ?")
    assert press(karim, QUESTIONS, f"{second.id}/up").status_code == 302
    page = karim.get(QUESTIONS).text
    assert page.index("Voiture ?") < page.index("Sujets")
    edit = f"{QUESTIONS}/{first.id}"
    assert "Eau\nBudget" in karim.get(edit).text.replace("&#13;", "")
    assert fill(karim, edit, **{"label-fr": "Thèmes"}).status_code == 302
    assert "Thèmes" in karim.get(QUESTIONS).text
    assert press(karim, QUESTIONS, f"{first.id}/remove").status_code == 302
    assert session.query(MeetingQuestion).count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"options-fr": "Eau"}, TooFewOptions),
        ({}, TooFewOptions),
        ({"options-fr": "Eau\nBudget", "options-ar": "الماء"}, OptionsUneven),
    ],
)
def test_a_question_nobody_could_answer_is_refused(cast, karim, fields, refusal):
    answer = fill(karim, f"{QUESTIONS}/new", asks="one", **{"label-fr": "Sujet", **fields})
    assert answer.status_code == 422
    assert says(answer, refusal)
    assert session.query(MeetingQuestion).count() == 0


def test_a_question_that_asks_nothing_is_refused(cast, karim):
    choices = {"options-fr": "Eau\nBudget"}
    answer = fill(karim, f"{QUESTIONS}/new", asks="one", **{"label-fr": "", **choices})
    assert answer.status_code == 422
    assert errors(answer) == {"label"}
    assert session.query(MeetingQuestion).count() == 0


def test_an_answered_question_keeps_what_its_answers_mean(cast, karim, register):
    number = ask(cast, AnswerType.ONE)
    register(**{f"question_{number}": "2"})
    edit = f"{QUESTIONS}/{number}"
    for fields in (
        {"asks": "several"},
        {"options-fr": "Eau\nBudget", "options-ar": "الماء\nالميزانية"},
        {"is_internal": "y"},
    ):
        answer = fill(karim, edit, **fields)
        assert answer.status_code == 409
        assert says(answer, AlreadyAnswered)
    more = {"options-fr": "Eau\nBudget\nSanté\nRoutes", "options-ar": "1\n2\n3\n4"}
    assert fill(karim, edit, **more).status_code == 302


def test_a_question_of_another_meeting_is_not_there(cast, karim):
    assert karim.get(f"{QUESTIONS}/999").status_code == 404


def test_answers_and_needs_are_in_the_spreadsheet(cast, karim, register):
    number = ask(cast, AnswerType.SEVERAL)
    register(
        **{f"question_{number}": ["0", "1"], "access": ["large_print"], "meal": "diabetic", "note": "Tard"}
    )
    [sheet] = read(karim.get("/en/manage/meetings/OR1/participants.xlsx").data, "list.xlsx")
    text = str(sheet.rows)
    assert "Eau · Budget" in text
    assert "Tard" in text
    assert said(text, AccessNeed.LARGE_PRINT.label)
    assert said(text, Meal.DIABETIC.label)


def test_a_meeting_without_workshops_asks_for_none(cast, client, register):
    session.query(Workshop).delete()
    session.commit()
    session.remove()
    page = client.get(REGISTER).text
    assert 'name="workshop' not in page
    assert register().status_code == 302
