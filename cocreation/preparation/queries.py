"""Reads of what has to be done before the meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person, Role
from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting
from cocreation.preparation.models import Task

SOON, MOST = timedelta(days=7), 5


@dataclass(frozen=True)
class Due:
    """The first tasks that are due within a week or overdue, and how many there are in all."""

    tasks: Sequence[Task]
    count: int


def checklist(meeting: Meeting) -> list[Task]:
    """What has to be done, as it falls due."""
    tasks = select(Task).where(Task.meeting_id == meeting.id)
    return list(session.scalars(tasks.order_by(Task.due_on, Task.id)))


def due(person: Person, today: date) -> Due:
    """What is due at the meetings that a member of the staff runs; those called off ask for nothing more.

    One statement.
    """
    waits = (
        select(Task, func.count().over())
        .join(Task.meeting)
        .where(Task.done_at.is_(None), Task.due_on <= today + SOON, Meeting.cancelled_at.is_(None))
        .options(joinedload(Task.meeting))
        .order_by(Task.due_on, Task.id)
        .limit(MOST)
    )
    if not person.runs_everything:
        waits = waits.where(Task.meeting_id.in_(person.scopes(Role.COORDINATOR)))
    rows = session.execute(waits).all()
    return Due([task for task, _ in rows], rows[0][1] if rows else 0)
