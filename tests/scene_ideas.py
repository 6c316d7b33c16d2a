"""Ideas in several states, and meetings with an institution about them."""

from __future__ import annotations

from datetime import timedelta

from cocreation.batches.models import Batch, FateDraft
from cocreation.coordination.models import AgendaItem, CoordinationAttendance, CoordinationMeeting, Side
from cocreation.core import clock, secrets
from cocreation.core.database import Translated, session
from cocreation.ideas.models.idea import (
    Idea,
    IdeaState,
    Origin,
    Step,
    StepKind,
)
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral
from tests.cast import THEN, Cast


def a_coordination_meeting(cast: Cast, number: int, idea: Idea) -> CoordinationMeeting:
    return CoordinationMeeting(
        cycle_id=cast.cycle.id,
        institution_id=cast.ministry.id,
        number=number,
        reference=f"2026-M{number}",
        title=Translated(fr="Réunion de coordination"),
        starts_at=THEN - timedelta(days=2),
        ends_at=THEN - timedelta(days=2) + timedelta(hours=2),
        place=Translated(fr="Rabat"),
        created_at=THEN,
        agenda=[AgendaItem(idea_id=idea.id, position=1)],
        attendances=[CoordinationAttendance(side=Side.GOVERNMENT, body="Ministère", people=2, names="Farid")],
    )


def an_overruled_idea(cast: Cast) -> Idea:
    """An idea whose fate is about to be published otherwise than the ministry answered."""
    idea, tomorrow = an_idea(cast, 4, IdeaState.ANSWERED), clock.now() + timedelta(days=1)
    planned = Batch(
        cycle_id=cast.cycle.id, title=Translated(fr="Lot"), created_at=THEN, publishing_at=tomorrow
    )
    session.add_all([idea, planned])
    session.flush()
    said = {"reason": Reason.LACKS_TIME, "reason_text": Translated(fr="Plus tard")}
    of_idea = {"idea_id": idea.id, "institution_id": cast.ministry.id, **said}
    sent = {"due_on": clock.today(), "referred_by": cast.salma.id, "referred_at": THEN}
    answer = {"answer": Fate.NOT_INCLUDED, "answered_at": THEN, "answered_by": cast.farid.id}
    session.add(Referral(**of_idea, **sent, **answer))
    drafted = {"fate": Fate.DEFERRED, "why": Translated(fr="Parce que")}
    session.add(FateDraft(**of_idea, **drafted, batch_id=planned.id))
    session.flush()
    return idea


def an_idea(cast: Cast, number: int | None, state: IdeaState) -> Idea:
    return Idea(
        cycle_id=cast.cycle.id,
        number=number,
        reference=number and f"2026-{number}",
        receipt=secrets.new_receipt(),
        once=f"scene {number}",
        origin=Origin.ONLINE,
        state=state,
        language="fr",
        proposal="Publier les décisions",
        submitted_at=THEN,
        received_at=THEN if number else None,
        steps=[Step(kind=StepKind.RECEIVED, at=THEN)] if number else [],
    )
