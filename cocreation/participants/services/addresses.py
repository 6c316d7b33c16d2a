"""An address that somebody told the organisers later: their receipt is sent to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit, outbox, secrets
from cocreation.core.database import session
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.participants import refusals
from cocreation.places import emails as places_emails
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import LIVE, Registration, RegistrationState
from cocreation.places.services.locks import lock_registration
from cocreation.places.services.places import turn
from cocreation.registration.services import confirmation
from cocreation.text.spelling import fold


def can_be_given(registration: Registration) -> bool:
    """Whether somebody can be reached by telephone, and their address was never confirmed by its link."""
    by_link = registration.confirmed_by == Confirmation.LINK
    return registration.is_live and bool(registration.phone) and not by_link


def give_address(receipt: str, address: str, *, by: int, now: datetime) -> Registration:
    """Write the receipt to `address` (in small letters), which the person told on the telephone: they then
    count as called. A receipt that went to another address opens nothing any more.

    Raises NotFound, AddressConfirmed, AddressTaken, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    check_still_ahead(meeting, now)
    if not can_be_given(registration):
        raise refusals.AddressConfirmed
    if _is_taken(registration, address):
        raise refusals.AddressTaken
    before, registration.email = registration.email, address
    if before and before != address:
        outbox.withdraw(registration.receipt)
        registration.receipt = secrets.new_receipt()
    words = (registration.name, registration.association, address, registration.phone)
    registration.folded = fold(" ".join(filter(None, words)))
    session.flush()
    audit.record("address given by telephone", meeting.reference, by=by, now=now)
    if not registration.is_confirmed:
        return confirmation.confirm_by_call(meeting.id, registration.id, by=by, now=now)
    if not registration.is_verified:
        registration.confirmed_by = Confirmation.CALL
    places_emails.send_again(registration, meeting, now=now, at=now, turn=turn(registration))
    return registration


def _is_taken(registration: Registration, address: str) -> bool:
    """Whether somebody else is registered at the meeting with this address."""
    same = select(Registration.id).where(
        Registration.meeting_id == registration.meeting_id,
        Registration.email == address,
        Registration.id != registration.id,
        Registration.state.in_((*LIVE, RegistrationState.DECLINED)),
    )
    return session.scalar(same.limit(1)) is not None
