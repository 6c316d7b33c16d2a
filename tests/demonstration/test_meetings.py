"""What the demonstration shows of the meetings: each state of everything, and days that were lived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cocreation.attendance.models import Arrival, ArrivalMethod
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.demographics.suppression import FEW, HIDDEN
from cocreation.files import content
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.meetings.models.meeting import Meeting, Quota, QuotaKind
from cocreation.outreach.models import Channel, Notice, Outreach
from cocreation.places.models.answers import (
    AccessNeed,
    AnswerType,
    Meal,
    MeetingQuestion,
    Needs,
    Reply,
    WorkshopWish,
)
from cocreation.places.models.registration import (
    LIVE,
    Delegation,
    EntryChannel,
    Registration,
    RegistrationEvent,
    RegistrationState,
)
from cocreation.statistics.queries.figures import figures
from cocreation.travel_support.models import TravelSupportProof, TravelSupportRequest, TravelSupportState
from tests.demonstration.test_rooms import as_staff
from tests.demonstration.test_seed import said
from tests.html import numbers, texts
from tests.words import says

HELD = ("OR1", "FM1")


@pytest.fixture
def rows(demonstration: Flask) -> Iterator[Any]:
    with demonstration.app_context():
        yield session
        session.remove()


def of(reference: str) -> Any:
    return select(Meeting.id).where(Meeting.reference == reference).scalar_subquery()


def test_registrations_are_in_every_state_and_came_in_every_way(rows: Any) -> None:
    assert set(rows.scalars(select(Registration.state))) == set(RegistrationState)
    assert set(rows.scalars(select(Registration.entry))) == set(EntryChannel) - {EntryChannel.IMPORT}
    assert rows.scalar(select(func.count()).where(Registration.erased_at.is_not(None))) == 1
    pending = rows.scalars(select(Registration).where(Registration.state == RegistrationState.OFFERED)).all()
    assert {registration.entry for registration in pending} == {EntryChannel.WEB, EntryChannel.DELEGATION}
    assert all(registration.answer_by or registration.yields_at for registration in pending)


def test_nobody_has_a_place_beyond_those_there_are_but_who_walked_in(rows: Any) -> None:
    taken = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
    invited = select(func.count()).where(
        Registration.meeting_id == Meeting.id,
        Registration.state.in_(taken),
        Registration.entry != EntryChannel.WALK_IN,
    )
    for reference, places, count in rows.execute(
        select(Meeting.reference, Meeting.places, invited.scalar_subquery())
    ):
        assert 0 < count <= places, reference


@pytest.mark.parametrize("reference", HELD)
def test_most_came_to_a_meeting_that_is_over_and_some_did_not(rows: Any, reference: str) -> None:
    [counted] = figures([rows.scalar(select(of(reference)))]).values()
    registered, confirmed, present = counted.totals
    assert 0.8 * confirmed < present < confirmed <= registered
    female = counted.by["gender"]["female"]
    assert 0 < female[2] < female[1]


def test_some_have_arrived_today(rows: Any) -> None:
    [counted] = figures([rows.scalar(select(of("RS1")))]).values()
    assert 0 < counted.totals[2] < counted.totals[1] / 2
    arrivals = rows.scalars(select(Arrival)).all()
    assert {arrival.method for arrival in arrivals} == set(ArrivalMethod)
    assert all(arrival.at <= arrival.received_at <= clock.now() for arrival in arrivals)
    assert [arrival for arrival in arrivals if arrival.undone_at]


def test_the_public_statistics_hide_what_is_small(demonstration: Flask) -> None:
    client = demonstration.test_client()
    page = client.get("/fr/meetings/FM1/statistics")
    assert says(page, FEW)
    assert says(page, HIDDEN)
    registered, confirmed, present = numbers(page.text, ".figures dd")
    assert registered >= confirmed >= present > 0
    compared = said(client.get("/fr/meetings/compare?by=gender&who=present").text)
    assert "Fès" in compared


def test_places_are_kept_and_questions_answered(rows: Any) -> None:
    assert {quota.kind for quota in rows.scalars(select(Quota))} == set(QuotaKind)
    questions = rows.scalars(select(MeetingQuestion)).all()
    assert {question.asks for question in questions} == set(AnswerType)
    assert (
        {question.is_internal for question in questions}
        == {question.is_required for question in questions}
        == {True, False}
    )
    answered = dict(iter(rows.execute(select(Reply.question_id, func.count()).group_by(Reply.question_id))))
    assert {question.id for question in questions} <= set(answered)
    required = {question.id for question in questions if question.is_required}
    web = select(func.count()).where(
        Registration.meeting_id == MeetingQuestion.meeting_id,
        Registration.entry == EntryChannel.WEB,
        Registration.erased_at.is_(None),
    )
    for question_id, count in rows.execute(select(MeetingQuestion.id, web.scalar_subquery())):
        assert question_id not in required or answered[question_id] >= count


def test_needs_and_wishes_are_said_and_workshops_given_within_their_seats(rows: Any) -> None:
    needs = rows.scalars(select(Needs)).all()
    assert {access for need in needs for access in need.access} == {need.value for need in AccessNeed}
    assert {need.meal for need in needs} >= {Meal.VEGETARIAN, Meal.DIABETIC, Meal.GLUTEN_FREE}
    meeting = select(Meeting).where(Meeting.reference == "SM1").options(selectinload(Meeting.workshops))
    first = rows.scalars(meeting).one().workshops[0]
    asked = (
        select(func.count())
        .select_from(WorkshopWish)
        .join(Registration, Registration.id == WorkshopWish.registration_id)
    )
    asked = asked.where(
        WorkshopWish.workshop_id == first.id,
        WorkshopWish.rank == 1,
        Registration.state == RegistrationState.CONFIRMED,
    )
    given = rows.scalar(select(func.count()).where(Registration.workshop_id == first.id))
    assert given <= first.seats < rows.scalar(asked)
    by_hand = select(RegistrationEvent).where(
        RegistrationEvent.by.is_not(None), RegistrationEvent.workshop_id.is_not(None)
    )
    assert {event.reason is not None for event in rows.scalars(by_hand)} == {True}


def test_delegates_answered_or_did_not(rows: Any) -> None:
    states = select(Registration.state).where(Registration.delegation_id.is_not(None))
    assert set(rows.scalars(states)) == {
        RegistrationState.CONFIRMED,
        RegistrationState.OFFERED,
        RegistrationState.WAITING,
        RegistrationState.CANCELLED,
    }
    assert {delegation.language for delegation in rows.scalars(select(Delegation))} == {"ar", "fr"}


def test_invitations_stand_in_every_state(rows: Any) -> None:
    invited = rows.scalars(select(MeetingInvitation).where(MeetingInvitation.meeting_id == of("SM1"))).all()
    assert {invitation.state for invitation in invited} == set(InvitationState)
    ready = [invitation for invitation in invited if invitation.state is InvitationState.READY]
    assert {invitation.email is None for invitation in ready} == {True, False}  # one to print, one to send


def test_help_is_asked_for_from_several_provinces_and_decided(demonstration: Flask, rows: Any) -> None:
    for reference, states in {
        "SM1": {TravelSupportState.REQUESTED, TravelSupportState.GRANTED, TravelSupportState.REFUSED},
        "FM1": {TravelSupportState.GRANTED, TravelSupportState.REFUSED},
    }.items():
        requests = rows.scalars(
            select(TravelSupportRequest).where(TravelSupportRequest.meeting_id == of(reference))
        ).all()
        assert {request.state for request in requests} == states
        assert len({request.province_code for request in requests}) > 2
    proofs = rows.scalars(select(TravelSupportProof.kind)).all()
    assert set(proofs) == {content.PDF, "image/png"}
    page = demonstration.test_client().get("/fr/meetings/FM1/support")
    figures = "[aria-labelledby=figures]"
    assert re.findall(r"\d+", texts(page.text, f"{figures} > p")[0]) == ["28", "18"], "requests, grants"
    assert says(page, FEW)
    provinces, cells = texts(page.text, f"{figures} tbody th"), iter(texts(page.text, f"{figures} tbody td"))
    assert dict(zip(provinces, zip(cells, cells, strict=True), strict=True))["Meknès"] == ("10", "0")


def test_everybody_was_told_and_thanked(rows: Any) -> None:
    channels = Counter(rows.scalars(select(Outreach.channel)))
    assert set(channels) == set(Channel)
    assert rows.scalar(select(func.count()).where(Outreach.proof.is_not(None))) > 1
    notices = rows.scalars(select(Notice)).all()
    assert all(notice.ended_at and notice.told == notice.total > 0 for notice in notices)
    told = {(notice.meeting_id, notice.event.split(" ")[0]) for notice in notices}
    for reference in HELD:
        meeting = rows.scalar(select(of(reference)))
        assert {(meeting, event) for event in ("reminder_week", "reminder_day", "thanks")} <= told


def test_the_door_of_today_finds_people(own_demonstration: Flask) -> None:
    with own_demonstration.app_context():
        expected = select(Registration).where(
            Registration.meeting_id == of("RS1"),
            Registration.state.in_(LIVE),
            Registration.present_at.is_(None),
        )
        person = session.scalars(expected.order_by(Registration.id)).first()
        session.remove()
    page = as_staff(own_demonstration, "secretariat").get(
        "/fr/manage/meetings/RS1/door", query_string={"q": person.name}
    )
    assert person.name in said(page.text)
    assert "14 / 48" in said(page.text)
