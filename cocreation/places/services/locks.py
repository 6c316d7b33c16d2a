"""A meeting and its registrations under their locks, and what is asked of them before anything is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import found, lock, session
from cocreation.cycles.models import Cycle
from cocreation.meetings import policy, refusals
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import LIVE, Registration, RegistrationState


def lock_meeting(meeting_id: int, *options: Any) -> Meeting:
    """The meeting, locked, with the calendar of its cycle and what `options` load. Raises NotFound.

    What the lock guards is asked after it: rows joined to a locked one may be those of before.
    """
    return lock(Meeting, meeting_id, joinedload(Meeting.cycle).joinedload(Cycle.phases), *options)


def lock_registration(receipt: str) -> tuple[Meeting, Registration]:
    """The registration of this receipt and its meeting, both locked. Raises NotFound."""
    known = found(session.scalar(select(Registration).where(Registration.receipt == receipt)))
    meeting = lock_meeting(known.meeting_id)
    return meeting, lock(Registration, known.id)


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


def same_person(meeting: Meeting, registration: Registration) -> Registration | None:
    """Who is registered at a locked meeting with this address already; by a number only where there is no
    address, so that a number somebody types beside their own tells nothing of whose it is.
    """
    if registration.email:
        way = Registration.email == registration.email
    else:
        way = Registration.phone == registration.phone
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    with session.no_autoflush:
        known: Registration | None = session.scalar(
            select(Registration)
            .where(Registration.meeting_id == meeting.id, live, way)
            .order_by(Registration.id)
            .limit(1)
        )
    return known
