"""Registering somebody else: by the organisers, from a telephone call or a slip of paper, and on the day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import session
from cocreation.meetings import refusals
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places.models.registration import EntryChannel, Registration
from cocreation.registration.services.answers import Participant
from cocreation.registration.services.registrations import enter


def enter_for(
    meeting_id: int, participant: Participant, entry: EntryChannel, *, once: str, by: int, now: datetime
) -> Registration:
    """Register somebody who called or sent a slip: a place or a turn as if they had come themselves now, also
    outside the window, which the organisers answer for. Who entered it is shown to the person.

    Raises NotFound, NotAnnounced, CalledOff, AlreadyOver and what `enter` does.
    """
    meeting = lock_meeting(meeting_id)
    sent = session.scalar(select(Registration).where(Registration.once == once))
    if sent is not None:
        return sent
    if not meeting.is_announced:
        raise refusals.NotAnnounced
    check_still_ahead(meeting, now)
    registration = enter(meeting, participant, once=once, now=now, by=by, entry=entry, entered_by=by)
    audit.record("registration entered", meeting.reference, by=by, now=now, entry=entry.value)
    return registration
