"""What this room does when something happens to a meeting."""

from __future__ import annotations

from cocreation.core.clock import day_of
from cocreation.core.events import Handler
from cocreation.meetings.events import DatesProposed, MeetingAnnounced, MeetingChanged, MeetingDrafted
from cocreation.preparation import services
from cocreation.preparation.models import TaskKind


def hold_to_rules(fact: DatesProposed) -> None:
    """Raises RuleBroken where the dates do not keep a rule of the cycle."""
    services.check_dates(fact.dates, cycle_id=fact.cycle_id, announced_at=fact.announced_at, now=fact.now)


def draft_checklist(fact: MeetingDrafted) -> None:
    """Write down what has to be done; nothing for a meeting that is recorded afterwards."""
    if not fact.meeting.is_over(fact.now):
        services.draft_checklist(fact.meeting)


def follow_dates(fact: MeetingChanged) -> None:
    """The checklist moves with the meeting."""
    if fact.has_new_dates:
        services.follow_dates(fact.meeting, was_on=day_of(fact.before.starts_at))


def tick_announcement(fact: MeetingAnnounced) -> None:
    """What is done on the platform ticks itself: an announced meeting opens and closes registration alone."""
    for kind in (TaskKind.ANNOUNCE, TaskKind.OPEN, TaskKind.CLOSE):
        services.tick_kind(fact.meeting, kind, by=fact.by, now=fact.now)


HANDLERS: tuple[Handler, ...] = (
    (DatesProposed, hold_to_rules),
    (MeetingDrafted, draft_checklist),
    (MeetingChanged, follow_dates),
    (MeetingAnnounced, tick_announcement),
)
