"""Reads of the planning: who organises a meeting, its committee and rooms, what has to be done for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.core.database import Translated, session
from cocreation.meetings.models.meeting import CommitteeMember, Meeting, OrganiserKind
from cocreation.preparation.models import Task

SOON, MOST = timedelta(days=7), 5


@dataclass(frozen=True)
class Due:
    """The first tasks that are due within a week or overdue, and how many there are in all."""

    tasks: Sequence[Task]
    count: int


def named(meeting: Meeting) -> dict[str, list[Translated | str]]:
    """The names of those who organise it, by their kind: those added, the association that coordinates it
    first, the partners written in one line last. Needs all of them loaded.
    """
    names: dict[str, list[Translated | str]] = {kind.value: [] for kind in OrganiserKind}
    first = meeting.coordinating_association
    if first:
        names[OrganiserKind.ASSOCIATION].append(first.name)
    for each in meeting.organisers:
        if each.association is None or each.association is not first:
            names[each.kind].append(each.association.name if each.association else each.name or "")
    if meeting.partners:
        names[OrganiserKind.PARTNER].append(meeting.partners)
    return names


def committee(meeting: Meeting) -> list[CommitteeMember]:
    """The organising committee, for those who run it."""
    here = select(CommitteeMember).where(CommitteeMember.meeting_id == meeting.id)
    return list(session.scalars(here.order_by(CommitteeMember.id)))


def checklist(meeting: Meeting) -> list[Task]:
    """What has to be done, as it falls due."""
    here = select(Task).where(Task.meeting_id == meeting.id)
    return list(session.scalars(here.order_by(Task.due_on, Task.id)))


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
    if not runs_everything(person):
        waits = waits.where(Task.meeting_id.in_(person.scopes(Role.COORDINATOR)))
    rows = session.execute(waits).all()
    return Due([task for task, _ in rows], rows[0][1] if rows else 0)
