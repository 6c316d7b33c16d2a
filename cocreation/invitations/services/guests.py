"""Who accepted an invitation is known at the door, on the sheet and by a badge, without taking a place.

The row at the door is made from the invitation and follows it; the address stays with the invitation.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from cocreation.core import secrets
from cocreation.core.database import Translated, lock, session
from cocreation.core.personal_data import NOBODY
from cocreation.demographics.models import Capacity
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.languages import i18n
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.text.spelling import fold

COMES = (InvitationState.ACCEPTED, InvitationState.DELEGATED)


def follow(row: MeetingInvitation, meeting: Meeting, *, now: datetime) -> None:
    """Let the door know who comes by an invitation of a locked meeting, or that nobody does."""
    once = f"invitation {row.id}"
    if row.state not in COMES:
        session.execute(delete(Registration).where(Registration.once == once))
        return
    registration = session.scalar(select(Registration).where(Registration.once == once))
    if registration is None:
        registration = Registration(
            meeting_id=meeting.id,
            receipt=secrets.new_receipt(),
            once=once,
            state=RegistrationState.INVITED,
            entry=EntryChannel.INVITATION,
            language=row.language,
            registered_at=now,
            queued_at=now,
            address_confirmed_at=now,
            confirmed_by=Confirmation.STAFF,
        )
        session.add(registration)
    registration.name, registration.association = _who(row)
    registration.capacity = Capacity.EXPERT if row.kind.is_proposed else Capacity.PUBLIC_SECTOR
    registration.folded = fold(f"{registration.name} {registration.association}")


def forget_invited(invitation_id: int) -> str:
    """Forget the address of somebody invited and what they wrote, their name where it is a person’s; the
    receipt by which they answered. A body stays invited, and who comes instead still comes.
    """
    row = lock(MeetingInvitation, invitation_id)
    answered, is_person = row.receipt, row.kind.is_proposed
    row.email = row.note = row.role = None
    row.receipt = secrets.new_receipt()
    if is_person:
        row.name = Translated(dict.fromkeys(row.name, NOBODY))
        if row.refusal is not None:
            row.refusal = NOBODY
        if not row.delegate:
            _forget_at_the_door(row.id)
    return answered


def forget_delegate(invitation_id: int) -> None:
    """Forget who was to come instead of somebody invited; that somebody comes is still known."""
    row = lock(MeetingInvitation, invitation_id)
    row.delegate, row.delegate_email, row.note = NOBODY, None, None
    _forget_at_the_door(row.id)


def _forget_at_the_door(invitation_id: int) -> None:
    door = Registration.once == f"invitation {invitation_id}"
    nobody = {"name": NOBODY, "association": None, "folded": "", "receipt": secrets.new_receipt()}
    session.execute(update(Registration).where(door).values(nobody))


def _who(row: MeetingInvitation) -> tuple[str, str]:
    """The name at the door and what stands beside it, in the language of the invitation: the part the person
    has, or whom they stand for.
    """
    with i18n.speaking(row.language):
        language = i18n.current()
        invited = row.name.best(language.code, language.falls_back)[0]
        if row.kind.is_council:
            invited = f"{row.kind.label} – {invited}"
        label = RegistrationState.INVITED.label if row.kind.is_council else row.kind.label
        part = row.role or str(label)
    if row.delegate:
        return row.delegate, " · ".join(filter(None, (invited, row.role)))
    return invited, part
