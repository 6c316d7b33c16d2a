"""Places at a meeting: who has one, who waits, who moves up. All of it under the lock of the meeting."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import secrets
from cocreation.core.contacts import phone_number
from cocreation.core.database import found, lock, session
from cocreation.core.errors import Refusal
from cocreation.core.text import fold
from cocreation.cycles.models import Cycle
from cocreation.meetings import emails, policy
from cocreation.meetings.models import (
    AgeBracket,
    Capacity,
    Demographics,
    Gender,
    Meeting,
    Registration,
    RegistrationState,
)
from cocreation.meetings.services import refusals


@dataclass(frozen=True)
class Participant:
    """Somebody who wants to come, or came. One of `email` (in small letters) and `phone` at least."""

    name: str
    email: str | None
    phone: str | None
    capacity: Capacity
    language: str
    association: str | None = None
    workshop_id: int | None = None
    age_bracket: AgeBracket = AgeBracket.NOT_STATED
    gender: Gender = Gender.NOT_STATED

    def write_to(self, registration: Registration) -> None:
        """Write it into a registration, age and gender apart."""
        values = asdict(self)
        age, gender = values.pop("age_bracket"), values.pop("gender")
        values["phone"] = phone_number(self.phone) if self.phone else None
        values["email"] = self.email or None
        words = (self.name, self.association, self.email, values["phone"])
        values["folded"] = fold(" ".join(filter(None, words)))
        for name, value in values.items():
            setattr(registration, name, value)
        if registration.demographics is None:
            registration.demographics = Demographics()
        registration.demographics.age_bracket, registration.demographics.gender = age, gender


def register(meeting_id: int, participant: Participant, *, once: str, now: datetime) -> Registration:
    """Give `participant` a place, or a turn in the waiting list when all places are taken.

    `once` is the number of the form: sent again, it gives the registration of the first time.
    Raises RegistrationNotOpen, RegistrationClosed, NoMeetingsNow, CalledOff, AlreadyOver, NoSuchWorkshop;
    AlreadyRegistered (its receipt was sent again) and NumberAlreadyRegistered. DESIGN §4.
    """
    meeting = lock_meeting(meeting_id)
    sent = session.scalar(select(Registration).where(Registration.once == once))
    if sent is not None:
        return sent
    _check_open(meeting, now)
    if participant.workshop_id and participant.workshop_id not in [each.id for each in meeting.workshops]:
        raise refusals.NoSuchWorkshop
    _check_new(meeting, participant, now)
    is_full = count_in(meeting, RegistrationState.CONFIRMED) >= meeting.places
    registration = add(meeting, participant, once=once, now=now, confirmed=not is_full)
    session.flush()
    if is_full:
        emails.tell(registration, meeting, "waiting", now=now, turn=turn(registration))
    else:
        emails.tell(registration, meeting, "confirmed", now=now)
    return registration


def cancel(receipt: str, *, now: datetime) -> Registration:
    """Give up the place or the turn of `receipt`; the next in the waiting list moves up and is told.

    Raises NotFound, AlreadyCancelled, CalledOff, AlreadyOver.
    """
    known = found(session.scalar(select(Registration).where(Registration.receipt == receipt)))
    meeting = lock_meeting(known.meeting_id)
    registration = lock(Registration, known.id)
    if registration.state == RegistrationState.CANCELLED:
        raise refusals.AlreadyCancelled
    _check_still_ahead(meeting, now)
    registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now
    emails.tell(registration, meeting, "cancelled", now=now)
    fill_places(meeting, now=now)
    return registration


def fill_places(meeting: Meeting, *, now: datetime) -> list[Registration]:
    """Confirm as many of the waiting list, first come first, as there are places; they are told.

    `meeting` must be locked. Nobody moves up into a meeting that is over or called off.
    """
    session.flush()
    left = meeting.places - count_in(meeting, RegistrationState.CONFIRMED)
    if left <= 0 or meeting.is_over(now) or meeting.is_cancelled:
        return []
    waiting = _in_state(meeting, RegistrationState.WAITING).order_by(Registration.id).limit(left)
    moved = list(session.scalars(waiting.execution_options(populate_existing=True)))
    for each in moved:
        each.state, each.confirmed_at = RegistrationState.CONFIRMED, now
        emails.tell(each, meeting, "moved_up", now=now)
    return moved


def add(
    meeting: Meeting, participant: Participant, *, once: str, now: datetime, confirmed: bool
) -> Registration:
    """A new registration of a locked meeting, without asking whether there is room. Not flushed."""
    registration = Registration(
        meeting_id=meeting.id,
        receipt=secrets.new_receipt(),
        once=once,
        state=RegistrationState.CONFIRMED if confirmed else RegistrationState.WAITING,
        registered_at=now,
        confirmed_at=now if confirmed else None,
    )
    participant.write_to(registration)
    session.add(registration)
    return registration


def lock_meeting(meeting_id: int) -> Meeting:
    """The meeting, locked, with its workshops and the calendar of its cycle. Raises NotFound."""
    calendar = joinedload(Meeting.cycle).selectinload(Cycle.phases)
    return lock(Meeting, meeting_id, calendar, selectinload(Meeting.workshops))


def count_in(meeting: Meeting, state: RegistrationState) -> int:
    """How many registrations of `meeting` are in `state`."""
    counted = _in_state(meeting, state).with_only_columns(func.count())
    return session.scalar(counted) or 0


def turn(registration: Registration) -> int:
    """Which in the waiting list it is, from 1 on."""
    same = (
        Registration.meeting_id == registration.meeting_id,
        Registration.state == RegistrationState.WAITING,
    )
    return session.scalar(select(func.count()).where(*same, Registration.id <= registration.id)) or 0


def _in_state(meeting: Meeting, state: RegistrationState) -> Select[Registration]:
    return select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == state)


def _check_open(meeting: Meeting, now: datetime) -> None:
    if not meeting.is_announced:
        raise refusals.NotAnnounced
    _check_still_ahead(meeting, now)
    if now < meeting.registration_opens_at:
        raise refusals.RegistrationNotOpen(day=meeting.registration_opens_at)
    if now >= meeting.registration_closes_at:
        raise refusals.RegistrationClosed(day=meeting.registration_closes_at)
    if not policy.can_register(meeting, now):
        raise refusals.NoMeetingsNow


def _check_still_ahead(meeting: Meeting, now: datetime) -> None:
    if meeting.is_cancelled:
        raise refusals.CalledOff
    if meeting.is_over(now):
        raise refusals.AlreadyOver


def _check_new(meeting: Meeting, participant: Participant, now: datetime) -> None:
    """One registration for an address and for a number; an address is sent its receipt again."""
    ways = []
    if participant.email:
        ways.append(Registration.email == participant.email)
    if participant.phone:
        ways.append(Registration.phone == phone_number(participant.phone))
    live = Registration.state != RegistrationState.CANCELLED
    same = select(Registration).where(Registration.meeting_id == meeting.id, live, or_(*ways))
    for known in session.scalars(same.order_by(Registration.id)):
        by_address = participant.email is not None and known.email == participant.email
        refusal: Refusal = refusals.AlreadyRegistered() if by_address else refusals.NumberAlreadyRegistered()
        if by_address:
            emails.send_again(known, meeting, now=now, turn=turn(known))
        raise refusal
