"""The checklist of a meeting; the rules of a cycle: figures with a source, that an announcement must keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import AlreadyDone, Invalid
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.calendar import translate
from cocreation.meetings.events import Dated
from cocreation.meetings.models.meeting import Meeting
from cocreation.preparation import refusals
from cocreation.preparation.models import Rule, RuleKind, Task, TaskKind

ANNOUNCE_BEFORE = 14  # days


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


def follow_dates(meeting: Meeting, *, was_on: date) -> None:
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


# Offered to a cycle that has none. Fifteen days of registration are those of the meetings of 2023.
USUAL = {
    RuleKind.ANNOUNCE_BEFORE: (
        14,
        Translated(
            ar="قاعدة مقترحة في المنصة: أسبوعان ليتمكن الناس من ترتيب حضورهم",
            fr="Règle proposée par la plateforme : deux semaines pour s’organiser",
            en="Proposed by the platform: two weeks, so that people can arrange to come",
        ),
    ),
    RuleKind.WINDOW: (
        15,
        Translated(
            ar="15 يوماً من التسجيل، كما جرى به العمل سنة 2023",
            fr="15 jours d’inscription, comme pratiqué en 2023",
            en="15 days of registration, as practised in 2023",
        ),
    ),
    RuleKind.CLOSE_BEFORE: (
        5,
        Translated(
            ar="قاعدة مقترحة في المنصة: الوقت اللازم لتأكيد المشاركة وتهييء القاعات",
            fr="Règle proposée par la plateforme : le temps de confirmer et de préparer les salles",
            en="Proposed by the platform: time to confirm the participants and prepare the rooms",
        ),
    ),
}


def rules_of(cycle_id: int) -> list[Rule]:
    """The rules of a cycle, in the order of their kinds."""
    rules = {rule.kind: rule for rule in session.scalars(select(Rule).where(Rule.cycle_id == cycle_id))}
    return [rules[kind] for kind in RuleKind if kind in rules]


def broken(
    meeting: Dated, *, cycle_id: int, announced_at: datetime | None, now: datetime
) -> refusals.RuleBroken | None:
    """The first rule of the cycle that the dates of `meeting` do not keep, as the refusal that says so.

    A draft is measured as if it were announced now. One recorded afterwards is exempt: nobody can announce
    what is over, and it is written down as it was.
    """
    if meeting.ends_at <= now:
        return None
    for rule in rules_of(cycle_id):
        given = _measure(rule.kind, meeting, announced_at or now)
        if given < rule.days:
            return refusals.RuleBroken(
                rule=rule.kind.label, days=rule.days, given=given, source=translate(rule.source)
            )
    return None


def check_dates(dates: Dated, *, cycle_id: int, announced_at: datetime | None, now: datetime) -> None:
    """Raises RuleBroken for what `broken` finds."""
    if refusal := broken(dates, cycle_id=cycle_id, announced_at=announced_at, now=now):
        raise refusal


def set_rules(
    cycle_id: int, rules: Mapping[RuleKind, tuple[int, Translated]], *, by: int, now: datetime
) -> list[Rule]:
    """Exactly these rules for a cycle, each a number of days and its source. What is announced stays.

    Raises NotFound, SourceMissing.
    """
    if not all(source for _, source in rules.values()):
        raise refusals.SourceMissing
    cycle = lock(Cycle, cycle_id)
    saved = {rule.kind: rule for rule in rules_of(cycle_id)}
    for kind, rule in saved.items():
        if kind not in rules:
            session.delete(rule)
    for kind, (days, source) in rules.items():
        rule = saved.get(kind) or Rule(cycle_id=cycle_id, kind=kind)
        rule.days, rule.source = days, source
        session.add(rule)
    session.flush()
    figures = {kind.value: days for kind, (days, _) in rules.items()}
    audit.record("rules of the meetings set", cycle.code, by=by, now=now, **figures)
    return rules_of(cycle_id)


def set_usual_rules(cycle_id: int, *, by: int, now: datetime) -> list[Rule]:
    """The usual rules, for a cycle that has none. Raises NotFound, AlreadyDone."""
    lock(Cycle, cycle_id)
    if rules_of(cycle_id):
        raise AlreadyDone
    return set_rules(cycle_id, USUAL, by=by, now=now)


def _measure(kind: RuleKind, dates: Dated, announced_at: datetime) -> int:
    """How many days `dates` leave for what `kind` asks, in days of Morocco; the first and the last day of
    registration both count, and nobody can register before the announcement.
    """
    if kind is RuleKind.ANNOUNCE_BEFORE:
        return (day_of(dates.starts_at) - day_of(announced_at)).days
    last = day_of(dates.registration_closes_at - timedelta(microseconds=1))
    if kind is RuleKind.CLOSE_BEFORE:
        return (day_of(dates.starts_at) - last).days
    return max(0, (last - day_of(max(dates.registration_opens_at, announced_at))).days + 1)
