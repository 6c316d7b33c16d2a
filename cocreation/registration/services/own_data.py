"""My data: everything that is kept of a participant, to take along or to have forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, events, outbox, personal_data, secrets
from cocreation.core.database import Base, found, session
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.answers import MeetingQuestion, Needs, Reply, WorkshopWish
from cocreation.places.models.registration import LIVE, Registration, RegistrationEvent, RegistrationState
from cocreation.places.services import address_links, places
from cocreation.places.services.locks import lock_registration
from cocreation.registration.events import RegistrationCancelled, RegistrationErased

# What links rows together, and who of the staff acted.
NOT_THEIRS = {"id", "registration_id", "meeting_id", "delegation_id", "once", "folded", "by", "entered_by"}
NOT_THEIRS |= {"decided_by", "workshop_id", "device", "content", "association_id", "burst_id"}
# Whether an address was registered already is told to that address alone: here they look alike.
NOT_TOLD = {"state", "shown_as", "network", "reminded_at"}


def with_data(receipt: str) -> Registration:
    """The registration of this receipt, with what `export` says of it. Raises NotFound."""
    data = (
        joinedload(Registration.meeting),
        joinedload(Registration.workshop),
        joinedload(Registration.delegation),
        joinedload(Registration.demographics),
        joinedload(Registration.needs),
        selectinload(Registration.moves),
    )
    registrations = select(Registration).where(Registration.receipt == receipt)
    return found(session.scalar(registrations.options(*data)))


def export(registration: Registration) -> dict[str, object]:
    """All that this room keeps of the holder of a receipt, as JSON can carry it. Needs `with_data`."""
    return {
        "registration": {
            **row_of(registration),
            "state": registration.standing.value,
            "meeting": registration.meeting.reference,
            "workshop": registration.workshop and registration.workshop.theme,
            "registered_by": registration.delegation and registration.delegation.association,
        },
        "for_the_statistics": registration.demographics and row_of(registration.demographics),
        "needs": registration.needs and row_of(registration.needs),
        "wishes": _wishes(registration.id),
        "replies": _replies(registration.id),
        "history": [row_of(move) for move in registration.moves],
    }


def erase(receipt: str, *, now: datetime, by: int | None = None) -> None:
    """Forget the holder of this receipt, and note that it was done. Raises NotFound."""
    meeting = forget(receipt, now=now)
    audit.record("registration erased", meeting.reference, by=by, now=now)


def forget(receipt: str, *, now: datetime) -> Meeting:
    """Forget the holder of this receipt, which opens nothing any more. Their place is freed and offered to
    the next. What only counts stays: what they said for the statistics, their state, when they came.

    Raises NotFound.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.REPEATED:
        outbox.withdraw(receipt)
        session.delete(registration)
        return meeting
    frees = registration.state in LIVE and not meeting.is_over(now)
    address_links.forget(registration.id)
    registration.network = registration.yields_at = None
    if frees:
        registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now
        registration.answer_by = registration.workshop_id = None
        places.note(registration, now=now)
        events.tell(RegistrationCancelled(registration, now))
    outbox.withdraw(receipt)
    registration.name, registration.folded, registration.claims = "", "", []
    registration.email = registration.phone = registration.association = registration.association_id = None
    registration.list_number = None
    registration.delegation_id, registration.erased_at = None, now
    # Nobody holds the new ones: what was printed or sent again finds nothing.
    registration.receipt, registration.once = secrets.new_receipt(), secrets.new_token()
    session.flush()
    for kind in (Needs, WorkshopWish, Reply):
        session.execute(delete(kind).where(kind.registration_id == registration.id))
    history = update(RegistrationEvent).where(RegistrationEvent.registration_id == registration.id)
    session.execute(history.values(reason=None))
    events.tell(RegistrationErased(registration))
    if frees:
        places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return meeting


def _wishes(registration_id: int) -> list[object]:
    titles = select(Workshop.theme).join(WorkshopWish, WorkshopWish.workshop_id == Workshop.id)
    return list(
        session.scalars(
            titles.where(WorkshopWish.registration_id == registration_id).order_by(WorkshopWish.rank)
        )
    )


def _replies(registration_id: int) -> list[dict[str, object]]:
    """What was asked and answered, also by the staff about them."""
    rows = select(MeetingQuestion, Reply.value).join(Reply, Reply.question_id == MeetingQuestion.id)
    rows = rows.where(Reply.registration_id == registration_id).order_by(MeetingQuestion.position)
    return [
        {"question": question.label, "reply": question.said(value)}
        for question, value in session.execute(rows)
    ]


def row_of(row: Base) -> dict[str, object]:
    """What is told to somebody of a row that is about them."""
    hidden = NOT_THEIRS | (NOT_TOLD if isinstance(row, Registration) else set())
    return personal_data.row_of(row, but=hidden)
