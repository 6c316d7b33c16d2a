"""Registering for a meeting, answering the offer of a place, and giving it up; under the meeting's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from cocreation.core import secrets
from cocreation.core.contacts import phone_number
from cocreation.core.database import found, lock, session
from cocreation.core.errors import Refusal
from cocreation.core.text import fold
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Domain
from cocreation.meetings import emails, policy
from cocreation.meetings.models import (
    LIVE,
    AgeBracket,
    Capacity,
    Demographics,
    Gender,
    Meal,
    Meeting,
    Registration,
    RegistrationState,
    SupportRequest,
    Workshop,
)
from cocreation.meetings.services import allocating, places, refusals, replying
from cocreation.meetings.services.places import note, turn
from cocreation.meetings.services.withdrawing import take_back

APART = ("age_bracket", "gender", "province_code", "domain")
ANSWERS = ("wishes", "access", "meal", "note", "replies")


@dataclass(frozen=True)
class Participant:
    """Somebody who wants to come, or came. One of `email` (in small letters) and `phone` at least.

    `claims` are the values of the quotas whose places they ask for; `wishes` the ids of workshops, the one
    liked most first; `access`, `meal` and `note` what they need; `replies` answer the organiser's questions,
    by the id of the question.
    """

    name: str
    email: str | None
    phone: str | None
    capacity: Capacity
    language: str
    association: str | None = None
    workshop_id: int | None = None
    age_bracket: AgeBracket = AgeBracket.NOT_STATED
    gender: Gender = Gender.NOT_STATED
    province_code: str | None = None
    domain: Domain | None = None
    claims: Sequence[str] = ()
    wishes: Sequence[int] = ()
    access: Sequence[str] = ()
    meal: Meal | None = None
    note: str | None = None
    replies: Mapping[int, Any] = field(default_factory=dict)

    def write_to(self, registration: Registration) -> None:
        """Write it into a registration, what only statistics need apart; not its answers (`replying`)."""
        values = {name: value for name, value in asdict(self).items() if name not in ANSWERS}
        apart = {name: values.pop(name) for name in APART}
        values["phone"] = phone_number(self.phone) if self.phone else None
        values["email"] = self.email or None
        words = (self.name, self.association, self.email, values["phone"])
        values["claims"] = sorted(self.claims)
        values["folded"] = fold(" ".join(filter(None, words)))
        for name, value in values.items():
            setattr(registration, name, value)
        if registration.demographics is None:
            registration.demographics = Demographics()
        for name, value in apart.items():
            setattr(registration.demographics, name, value)


def register(meeting_id: int, participant: Participant, *, once: str, now: datetime) -> Registration:
    """Give `participant` a place, or a turn in the waiting list when none is open to them.

    `once` is the number of the form: sent again, it gives the registration of the first time.
    Raises RegistrationNotOpen, RegistrationClosed, NoMeetingsNow, CalledOff, AlreadyOver, NoSuchWorkshop,
    TooManyOfOneAssociation; AlreadyRegistered (its receipt was sent again) and NumberAlreadyRegistered.
    DESIGN §4.
    """
    meeting = lock_meeting(meeting_id)
    sent = session.scalar(select(Registration).where(Registration.once == once))
    if sent is not None:
        return sent
    check_open(meeting, now)
    return enter(meeting, participant, once=once, now=now)


def enter(
    meeting: Meeting,
    participant: Participant,
    *,
    once: str,
    now: datetime,
    by: int | None = None,
    **how: object,
) -> Registration:
    """A registration of a locked meeting, confirmed where a place is open to the person, else waiting;
    flushed, in its history, and its person told. `how` are further values of the row.

    Raises NoSuchWorkshop, TooManyOfOneAssociation, AlreadyRegistered, NumberAlreadyRegistered.
    """
    check_workshops(meeting, participant)
    check_new(meeting, participant, now)
    check_association(meeting, participant.association)
    there = places.places_of(meeting, now)
    is_open = there.is_open_to(participant.claims) and not places.somebody_is_next(meeting, there)
    registration = add(meeting, participant, once=once, now=now, confirmed=is_open, **how)
    if not is_open:
        registration.queued_at = there.end_of_queue(now)
    session.flush()
    note(registration, now=now, by=by)
    if is_open and participant.wishes and not registration.workshop_id:
        allocating.give(meeting, [registration.id], now=now)
    if is_open:
        emails.tell(registration, meeting, "confirmed", now=now)
    else:
        emails.tell(registration, meeting, "waiting", now=now, turn=there.waiting + 1)
    return registration


def accept(receipt: str, *, now: datetime) -> Registration:
    """Take the place that is held for `receipt`; once more changes nothing.

    Raises NotFound, OfferOver, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    check_still_ahead(meeting, now)
    if registration.state != RegistrationState.OFFERED or (
        registration.answer_by and registration.answer_by < now
    ):
        raise refusals.OfferOver
    registration.state, registration.confirmed_at, registration.answer_by = (
        RegistrationState.CONFIRMED,
        now,
        None,
    )
    note(registration, now=now)
    session.flush()
    allocating.give(meeting, [registration.id], now=now)
    emails.tell_all([registration], meeting, "confirmed", now=now)
    return registration


def wait_again(receipt: str, *, now: datetime) -> Registration:
    """Join the waiting list once more, at its end, after an offer lapsed. Once more changes nothing.

    Raises NotFound, NothingLapsed, CalledOff, AlreadyOver, AlreadyRegistered, NumberAlreadyRegistered.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.WAITING:
        return registration
    if registration.state != RegistrationState.LAPSED:
        raise refusals.NothingLapsed
    check_still_ahead(meeting, now)
    _check_same(meeting, registration.email, registration.phone, now)
    registration.queued_at = places.places_of(meeting, now).end_of_queue(now)
    registration.state = RegistrationState.WAITING
    note(registration, now=now)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registration


def cancel(receipt: str, *, now: datetime) -> Registration:
    """Give up the place or the turn of `receipt`; a freed place is offered to the next, help asked for and
    not decided is no longer asked for.

    Raises NotFound, AlreadyCancelled, ComesByInvitation, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.CANCELLED:
        raise refusals.AlreadyCancelled
    if registration.state == RegistrationState.INVITED:
        raise refusals.ComesByInvitation
    check_still_ahead(meeting, now)
    registration.state, registration.cancelled_at, registration.answer_by = (
        RegistrationState.CANCELLED,
        now,
        None,
    )
    registration.workshop_id = None
    note(registration, now=now)
    request = session.get(SupportRequest, registration.id, populate_existing=True)
    if request is not None:
        take_back(request, now=now)
    emails.tell(registration, meeting, "cancelled", now=now)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registration


def add(
    meeting: Meeting,
    participant: Participant,
    *,
    once: str,
    now: datetime,
    confirmed: bool,
    **how: object,
) -> Registration:
    """A new registration of a locked meeting, without asking whether there is room. Not flushed."""
    registration = Registration(
        meeting_id=meeting.id,
        receipt=secrets.new_receipt(),
        once=once,
        state=RegistrationState.CONFIRMED if confirmed else RegistrationState.WAITING,
        registered_at=now,
        queued_at=now,
        confirmed_at=now if confirmed else None,
        **how,
    )
    participant.write_to(registration)
    replying.write_new(registration, participant)
    session.add(registration)
    return registration


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


def check_workshops(meeting: Meeting, participant: Participant) -> None:
    """Raises NoSuchWorkshop when one given or wished for is of another meeting."""
    named = {*participant.wishes, *filter(None, (participant.workshop_id,))}
    there = select(func.count()).where(Workshop.meeting_id == meeting.id, Workshop.id.in_(named))
    if named and session.scalar(there) != len(named):
        raise refusals.NoSuchWorkshop


def check_new(meeting: Meeting, participant: Participant, now: datetime) -> None:
    """One registration for an address and for a number; an address is sent its receipt again.

    Raises AlreadyRegistered, NumberAlreadyRegistered.
    """
    phone = phone_number(participant.phone) if participant.phone else None
    _check_same(meeting, participant.email, phone, now)


def _check_same(meeting: Meeting, email: str | None, phone: str | None, now: datetime) -> None:
    ways = []
    if email:
        ways.append(Registration.email == email)
    if phone:
        ways.append(Registration.phone == phone)
    if not ways:
        return
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    same = select(Registration).where(Registration.meeting_id == meeting.id, live, or_(*ways))
    for known in session.scalars(same.order_by(Registration.id)):
        by_address = email is not None and known.email == email
        refusal: Refusal = refusals.AlreadyRegistered() if by_address else refusals.NumberAlreadyRegistered()
        if by_address:
            emails.send_again(known, meeting, now=now, turn=turn(known))
        raise refusal


def check_association(meeting: Meeting, association: str | None, people: int = 1) -> None:
    """No association brings more people than the meeting's page says. Raises TooManyOfOneAssociation."""
    if meeting.most_per_association is None or not association:
        return
    named = select(Registration.association).where(
        Registration.meeting_id == meeting.id,
        Registration.state.in_(LIVE),
        Registration.association.is_not(None),
    )
    wanted = fold(association)
    there = sum(fold(each or "") == wanted for each in session.scalars(named))
    most = meeting.most_per_association
    if there + people > most:
        raise refusals.TooManyOfOneAssociation(count=most, there=there, left=max(0, most - there))
