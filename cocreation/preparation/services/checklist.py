"""Planning a meeting: who organises it, in which rooms, and what has to be done by when."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid, NotFound
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings import refusals
from cocreation.meetings.models.meeting import CommitteeMember, Meeting, Organiser, OrganiserKind, Room
from cocreation.preparation.models import Task, TaskKind

# A list of a meeting, by the word it has in addresses and in the journal.
PARTS: dict[str, type[Organiser] | type[CommitteeMember] | type[Room]] = {
    "organisers": Organiser,
    "committee": CommitteeMember,
    "rooms": Room,
}
Part = Organiser | CommitteeMember | Room
ANNOUNCE_BEFORE = 14  # days


@dataclass(frozen=True)
class OrganiserSaid:
    """One of those who organise the meeting: an association of the directory, or a name."""

    kind: OrganiserKind
    name: Translated | None = None
    association_id: int | None = None

    def check(self) -> None:
        if not self.name and not self.association_id:
            raise refusals.NobodyNamed


@dataclass(frozen=True)
class MemberSaid:
    """Somebody of the organising committee."""

    name: str
    task: str | None = None
    contact: str | None = None

    def check(self) -> None:
        """The form has."""


@dataclass(frozen=True)
class RoomSaid:
    """A room of the venue."""

    name: Translated
    seats: int | None = None
    equipment: str | None = None

    def check(self) -> None:
        if self.seats is not None and self.seats < 1:
            raise Invalid(_l("A room has one seat at least."))


Said = OrganiserSaid | MemberSaid | RoomSaid


def add_part(meeting_id: int, kind: str, said: Said, *, by: int | None, now: datetime) -> Part:
    """A further organiser, member of the committee or room. Raises NotFound, NobodyNamed, Invalid."""
    meeting = lock(Meeting, meeting_id)
    part = PARTS[kind](meeting_id=meeting.id)
    if isinstance(part, Organiser):
        last = select(func.max(Organiser.position)).where(Organiser.meeting_id == meeting.id)
        part.position = (session.scalar(last) or 0) + 1
    _write(said, part)
    session.add(part)
    session.flush()
    audit.record(f"{kind}: added", meeting.reference, by=by, now=now, id=part.id)
    return part


def change_part(
    meeting_id: int, kind: str, part_id: int, said: Said, *, by: int | None, now: datetime
) -> Part:
    """Say something else of one of them. Raises NotFound, NobodyNamed, Invalid."""
    meeting = lock(Meeting, meeting_id)
    part = get_part(meeting_id, kind, part_id)
    _write(said, part)
    audit.record(f"{kind}: changed", meeting.reference, by=by, now=now, id=part_id)
    return part


def remove_part(meeting_id: int, kind: str, part_id: int, *, by: int | None, now: datetime) -> None:
    """Take one of them out; what was to be in a removed room has none. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    session.delete(get_part(meeting_id, kind, part_id))
    audit.record(f"{kind}: removed", meeting.reference, by=by, now=now, id=part_id)


def get_part(meeting_id: int, kind: str, part_id: int) -> Part:
    """One of a list of this meeting. Raises NotFound."""
    model: Any = PARTS[kind]
    here = select(model).where(model.meeting_id == meeting_id, model.id == part_id)
    part: Part | None = session.scalar(here)
    if part is None:
        raise NotFound
    return part


def due_dates(meeting: Meeting) -> dict[TaskKind, date]:
    """When each task is due, from the meeting's date and its window: announced two weeks before, or when
    registration opens if that is earlier.
    """
    starts, ends = day_of(meeting.starts_at), day_of(meeting.ends_at)
    opens, closes = day_of(meeting.registration_opens_at), day_of(meeting.registration_closes_at)
    announce = min(starts - timedelta(days=ANNOUNCE_BEFORE), opens)

    def before(days: int) -> date:
        return starts - timedelta(days=days)

    return {
        TaskKind.ANNOUNCE: announce,
        TaskKind.INVITE: announce,
        TaskKind.OPEN: opens,
        TaskKind.SEATS: max(opens, closes - timedelta(days=3)),
        TaskKind.CLOSE: closes,
        TaskKind.CONFIRM: min(closes + timedelta(days=1), before(1)),
        TaskKind.REMIND_WEEK: before(7),
        TaskKind.PRINT: before(2),
        TaskKind.REMIND_DAY: before(1),
        TaskKind.THANK: ends + timedelta(days=3),
    }


def draft_checklist(meeting: Meeting) -> None:
    """What has to be done for a new, flushed draft."""
    session.add_all(
        Task(meeting_id=meeting.id, kind=kind, due_on=due) for kind, due in due_dates(meeting).items()
    )


def follow(meeting: Meeting, *, was_on: date) -> None:
    """Bring what is still to be done of a locked meeting to its new dates; tasks of its own move as many
    days as the meeting did, which `was_on` that day.
    """
    due, moved = due_dates(meeting), day_of(meeting.starts_at) - was_on
    for task in session.scalars(_open_tasks(meeting.id)):
        task.due_on = task.due_on + moved if task.kind is TaskKind.OWN else due[task.kind]


def add_task(meeting_id: int, title: str, due_on: date, *, by: int | None, now: datetime) -> Task:
    """A task of the meeting's own. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    task = Task(meeting_id=meeting.id, kind=TaskKind.OWN, title=title, due_on=due_on)
    session.add(task)
    audit.record("task added", meeting.reference, by=by, now=now)
    return task


def tick(meeting_id: int, task_id: int, *, done: bool, by: int | None, now: datetime) -> Task:
    """Say that a task is done, or that it is not after all; what was ticked stays as it first was.

    Raises NotFound.
    """
    meeting = lock(Meeting, meeting_id)
    task = get_task(meeting_id, task_id)
    if done != task.is_done:
        task.done_at, task.done_by = (now, by) if done else (None, None)
        act = "task done" if done else "task open again"
        audit.record(act, meeting.reference, by=by, now=now, task=task.kind.value)
    return task


def tick_kind(meeting: Meeting, kind: TaskKind, *, by: int | None, now: datetime) -> None:
    """The same for what has just been done on the platform itself, for a locked meeting."""
    for task in session.scalars(_open_tasks(meeting.id).where(Task.kind == kind)):
        task.done_at, task.done_by = now, by


def remove_task(meeting_id: int, task_id: int, *, by: int | None, now: datetime) -> None:
    """Take a task of the meeting's own out of the list. Raises NotFound, Invalid."""
    meeting = lock(Meeting, meeting_id)
    task = get_task(meeting_id, task_id)
    if task.kind is not TaskKind.OWN:
        raise Invalid(_l("This belongs to every meeting: tick it when it is done or is not needed."))
    session.delete(task)
    audit.record("task removed", meeting.reference, by=by, now=now)


def get_task(meeting_id: int, task_id: int) -> Task:
    """A task of this meeting. Raises NotFound."""
    return found(session.scalar(select(Task).where(Task.meeting_id == meeting_id, Task.id == task_id)))


def _open_tasks(meeting_id: int) -> Select[Task]:
    return select(Task).where(Task.meeting_id == meeting_id, Task.done_at.is_(None))


def _write(said: Said, part: Part) -> None:
    said.check()
    for each in fields(said):
        setattr(part, each.name, getattr(said, each.name) or None)
