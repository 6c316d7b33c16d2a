"""What waits on the checklists, and who acts next at each stage of a meeting."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.core.clock import day_of
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS, at_own
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.policy import MeetingStage
from cocreation.places.emails import CALLED_OFF
from cocreation.preparation.models import Task
from cocreation.preparation.queries import SOON


def _due(person: Person, now: datetime) -> WaitingRows:
    """What `queries.due` shows the first of."""
    rows = waits(None, due=Task.due_on, about=Meeting.reference).join(Task.meeting)
    return at_own(person, rows).where(Task.done_at.is_(None), Task.due_on <= day_of(now) + SOON)


DUE = WaitingKind(
    "preparation.due",
    RUNNERS,
    _l("Tasks of your meetings that are due"),
    "manage_preparation.checklist",
    _due,
    "reference",
)

WAITING = (DUE,)
# What is to be done at each stage stands on the checklist of the meeting, with its day.
STATES = (
    NextActor(MeetingStage.DRAFT, waits=(DUE,)),
    NextActor(MeetingStage.AHEAD, waits=(DUE,)),
    NextActor(MeetingStage.OPEN, waits=(DUE,)),
    NextActor(MeetingStage.CLOSED, waits=(DUE,)),
    NextActor(MeetingStage.CALLED_OFF, told=(CALLED_OFF,)),
    NextActor(MeetingStage.OVER, waits=(DUE,)),
)
