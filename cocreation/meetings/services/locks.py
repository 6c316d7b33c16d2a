"""A meeting under its lock, and what is asked of it before anything is written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core.database import lock
from cocreation.cycles.models import Cycle
from cocreation.meetings import policy, refusals
from cocreation.meetings.models.meeting import Meeting


def lock_meeting(meeting_id: int, *options: ORMOption) -> Meeting:
    """The meeting, locked, with the calendar of its cycle and what `options` load. Raises NotFound.

    What the lock guards is asked after it: rows joined to a locked one may be those of before.
    """
    return lock(Meeting, meeting_id, joinedload(Meeting.cycle).joinedload(Cycle.phases), *options)


def check_open(meeting: Meeting, now: datetime) -> None:
    """Raises NotAnnounced, CalledOff, AlreadyOver, RegistrationNotOpen, RegistrationClosed, NoMeetingsNow."""
    if not meeting.is_announced:
        raise refusals.NotAnnounced
    check_still_ahead(meeting, now)
    if now < meeting.registration_opens_at:
        raise refusals.RegistrationNotOpen(day=meeting.registration_opens_at)
    if now >= meeting.registration_closes_at:
        raise refusals.RegistrationClosed(day=meeting.registration_closes_at)
    if not policy.can_register(meeting, now):
        raise refusals.NoMeetingsNow


def check_still_ahead(meeting: Meeting, now: datetime) -> None:
    """Raises CalledOff, AlreadyOver."""
    if meeting.is_cancelled:
        raise refusals.CalledOff
    if meeting.is_over(now):
        raise refusals.AlreadyOver
