"""The coordination meetings of both cycles: one that was held, and one that is being prepared."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cocreation.coordination import services as coordination
from cocreation.coordination.models import AgendaItem, CoordinationDecision, CoordinationMeeting, Side
from cocreation.core.database import session
from cocreation.demonstration.content import at, load, translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.ideas.models.idea import Idea

HELD = date(2024, 3, 18)
MINUTED = at(date(2024, 3, 20), 10)
MINUTES_PUBLISHED = at(date(2024, 3, 26), 12)


def hold(stage: DemonstrationStage, chosen: list[tuple[Idea, str]]) -> None:
    """The meeting of the past cycle, from its planning to its minutes."""
    said, by = load("coordination")["past"], stage.secretariat.id
    first = {key: idea for idea, key in reversed(chosen)}
    meeting = plan(stage, chosen[0][0].cycle_id, said, HELD, now=at(HELD - timedelta(days=7), 10))
    on_agenda = [first[row["idea"]] for row in said["agenda"]]
    references = [str(idea.reference) for idea in on_agenda]
    coordination.add_ideas(meeting.id, references, by=by, now=at(HELD - timedelta(days=6), 10))
    of_meeting = select(AgendaItem.idea_id, AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    items = dict(session.execute(of_meeting).all())
    for idea, row in zip(on_agenda, said["agenda"], strict=True):
        decision = CoordinationDecision(row["decision"])
        coordination.decide(meeting.id, items[idea.id], decision, translated(row), by=by, now=MINUTED)
    for row in said["attendance"]:
        side = Side(row["side"])
        attendees = side, row["body"], row["people"], row["names"]
        coordination.attend(meeting.id, *attendees, by=by, now=MINUTED)
    coordination.minute(meeting.id, translated(said["minutes"]), by=by, now=MINUTED)
    coordination.publish(meeting.id, by=by, now=MINUTES_PUBLISHED)


def prepare(stage: DemonstrationStage, cycle_id: int, today: date) -> None:
    """The meeting of today's cycle: its agenda is made, its invitations are not sent yet."""
    said, now = load("coordination")["current"], at(today - timedelta(days=1), 10)
    meeting = plan(stage, cycle_id, said, today + timedelta(days=8), now=now)
    coordination.fill_agenda(meeting.id, by=stage.secretariat.id, now=now)


def plan(
    stage: DemonstrationStage, cycle_id: int, said: dict[str, Any], day: date, *, now: datetime
) -> CoordinationMeeting:
    title, place = translated(said["title"]), translated(said["place"])
    details = coordination.CoordinationDetails(title, at(day, 10), at(day, 12, 30), place, said.get("link"))
    body = stage.institutions[said["institution"]].id
    return coordination.plan(cycle_id, body, details, by=stage.secretariat.id, now=now)
