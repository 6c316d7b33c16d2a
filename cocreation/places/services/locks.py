"""A meeting and its registrations under their locks, and what is asked of them before anything is written."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import found, lock, session
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting
from cocreation.places.models.registration import LIVE, Registration, RegistrationState


def lock_registration(receipt: str) -> tuple[Meeting, Registration]:
    """The registration of this receipt and its meeting, both locked. Raises NotFound."""
    unlocked = found(session.scalar(select(Registration).where(Registration.receipt == receipt)))
    meeting = lock_meeting(unlocked.meeting_id)
    return meeting, lock(Registration, unlocked.id)


def same_person(meeting: Meeting, registration: Registration, *, but: int = 0) -> Registration | None:
    """Who is registered at a locked meeting with this address already; by a number only where there is no
    address, so that a number somebody types beside their own tells nothing of whose it is. The row with
    the id `but` is left out.
    """
    if registration.email:
        way = Registration.email == registration.email
    else:
        way = Registration.phone == registration.phone
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    with session.no_autoflush:
        earlier: Registration | None = session.scalar(
            select(Registration)
            .where(Registration.meeting_id == meeting.id, live, way, Registration.id != but)
            .order_by(Registration.id)
            .limit(1)
        )
    return earlier
