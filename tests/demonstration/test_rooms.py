"""What the demonstration shows in the rooms beside the main road: criteria, meetings, appeals, moderation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.accounts.models import Person
from cocreation.appeals import queries as appeal_queries
from cocreation.batches.models import Batch
from cocreation.coordination.models import CoordinationMeeting, CoordinationStage, Side
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.demonstration.content import load
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.moderation.models import Hiding, Report
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import ReasonTemplate
from cocreation.study.models import Assessment, Criterion, Referral
from cocreation.study.services.criteria import share_of
from tests.cast import sign_in
from tests.demonstration.test_seed import said


@pytest.fixture
def rows(demonstration: Flask) -> Iterator[Any]:
    with demonstration.app_context():
        yield session
        session.remove()


def as_staff(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    with app.app_context(), client.session_transaction() as cookie:
        person = session.scalars(select(Person).where(Person.email == f"{name}@demo.example")).one()
        cookie["_user_id"], cookie["_fresh"] = sign_in(person), True
        session.remove()
    return client


def test_answers_of_the_running_cycle_carry_their_scores(rows: Any) -> None:
    of_cycle = select(Criterion).join(Cycle, Cycle.id == Criterion.cycle_id).where(Cycle.code == "2025")
    criteria = rows.scalars(of_cycle.order_by(Criterion.position)).all()
    assert sum(criterion.weight for criterion in criteria) == 100
    answered = (
        select(Referral)
        .join(Referral.idea)
        .join(Idea.cycle)
        .where(Cycle.code == "2025", Referral.answer.is_not(None))
        .options(selectinload(Referral.assessments).joinedload(Assessment.criterion))
    )
    told = rows.scalars(answered).all()
    assert len(told) == len(load("ideas")["answers"])
    for referral in told:
        assert {assessment.criterion_id for assessment in referral.assessments} == {
            criterion.id for criterion in criteria
        }
    shares = {referral.answer: share_of(referral.assessments) for referral in told}
    assert shares[Fate.NOT_INCLUDED] < 0.5 < shares[Fate.INCLUDED]


def test_the_secretariat_finds_the_criteria(own_demonstration: Flask) -> None:
    form = as_staff(own_demonstration, "secretariat").get("/fr/manage/dispositions/criteria/2025")
    for criterion in load("study")["criteria"]:
        assert criterion["fr"] in said(form.text)


def test_screening_has_templates_of_reasons(rows: Any) -> None:
    templates = rows.scalars(select(ReasonTemplate)).all()
    assert {template.reason for template in templates} == {Reason.NOT_PRECISE, Reason.NOT_OPENNESS}
    assert all(set(template.text) == {"ar", "fr"} for template in templates)


def test_one_meeting_was_held_and_one_is_being_prepared(rows: Any) -> None:
    loads = selectinload(CoordinationMeeting.agenda), selectinload(CoordinationMeeting.attendances)
    held, prepared = rows.scalars(
        select(CoordinationMeeting).order_by(CoordinationMeeting.starts_at).options(*loads)
    )
    assert (held.reference, held.stage(clock.now())) == ("2024-M1", CoordinationStage.PUBLISHED)
    assert all(item.decision and item.text for item in held.agenda)
    assert {attendance.side for attendance in held.attendances} == set(Side)
    assert (prepared.reference, prepared.stage(clock.now())) == ("2025-M1", CoordinationStage.PLANNED)
    assert prepared.agenda
    assert not any(item.decision for item in prepared.agenda)
    assert prepared.invited_at is None


def test_what_was_discussed_stands_in_public_with_bodies_and_not_with_names(demonstration: Flask) -> None:
    client = demonstration.test_client()
    page = said(client.get("/fr/coordination/2024-M1").text)
    told = load("coordination")["past"]
    assert told["minutes"]["fr"].strip().splitlines()[0] in page
    for item in told["agenda"]:
        assert item["fr"] in page
    for attendance in told["attendance"]:
        assert attendance["body"] in page
        assert attendance["names"] not in page
    assert client.get("/fr/coordination/2025-M1").status_code == 404


def test_two_appeals_were_answered_by_somebody_else(demonstration: Flask, rows: Any) -> None:
    appeals = rows.scalars(select(Appeal).options(joinedload(Appeal.idea))).all()
    assert {appeal.outcome for appeal in appeals} == {Hearing.UPHELD, Hearing.DISMISSED}
    for appeal in appeals:
        assert appeal.heard_by not in appeal_queries.first_deciders(appeal.idea_id)
        assert clock.day_of(appeal.filed_at) <= appeal.idea.appeal_until
        page = said(demonstration.test_client().get(f"/fr/ideas/{appeal.idea.reference}").text)
        assert appeal.text in page
        assert appeal.reason_text["fr"] in page
    fates = {appeal.outcome: appeal.idea.fate for appeal in appeals}
    assert fates == {Hearing.UPHELD: Fate.PARTLY_INCLUDED, Hearing.DISMISSED: Fate.NOT_ACCEPTED}


def test_one_report_waits_and_one_idea_is_hidden(demonstration: Flask, rows: Any) -> None:
    waiting = rows.scalars(select(Report).where(Report.decided_at.is_(None))).all()
    assert len(waiting) == 1
    hiding = rows.scalars(select(Hiding).options(joinedload(Hiding.idea))).one()
    assert hiding.can_be_contested(clock.today())
    assert hiding.idea.state is IdeaState.RECEIVED
    client = demonstration.test_client()
    page = said(client.get(f"/fr/ideas/{hiding.idea.reference}").text)
    assert hiding.idea.proposal not in page
    assert hiding.text["fr"] in page
    assert client.get(f"/fr/receipts/{hiding.idea.receipt}/contest").status_code == 200


def test_the_desks_have_something_to_decide(own_demonstration: Flask) -> None:
    with own_demonstration.app_context():
        reported = select(Idea.reference).join(Report).where(Report.decided_at.is_(None))
        reference = session.scalars(reported).one()
        batch = session.scalars(select(Batch.id).where(Batch.published_at.is_(None))).one()
        session.remove()
    desk = as_staff(own_demonstration, "secretariat").get("/fr/manage/moderation")
    assert reference in desk.text
    reader = as_staff(own_demonstration, "committee").get(f"/fr/manage/dispositions/batches/{batch}")
    assert f"/manage/dispositions/batches/{batch}/review" in reader.text
