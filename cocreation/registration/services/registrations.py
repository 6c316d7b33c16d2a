"""Registering for a meeting, answering the offer of a place, and giving it up; under the meeting's lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from cocreation.core import events, secrets
from cocreation.core.contacts import phone_number
from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.models.meeting import ByPhone, Meeting, Workshop
from cocreation.meetings.services.locks import check_open, check_still_ahead, lock_meeting
from cocreation.places import emails as places_emails
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import (
    LIVE,
    EntryChannel,
    Registration,
    RegistrationState,
)
from cocreation.places.services import address_links, places, terms, workshop_seats
from cocreation.places.services.locks import lock_registration, same_person
from cocreation.places.services.places import note, turn
from cocreation.registration import refusals
from cocreation.registration.events import RegistrationCancelled
from cocreation.registration.services import answers, confirmation
from cocreation.registration.services.answers import Participant
from cocreation.text.spelling import fold


def register(
    meeting_id: int,
    participant: Participant,
    *,
    once: str,
    now: datetime,
    network: str | None = None,
    sent_before: Collection[int] = (),
) -> Registration:
    """Hold a place for `participant` until their address is confirmed by its link, or let them wait when none
    is open to them; the turn comes with confirming. Who gives a telephone number alone counts as the meeting
    says (`by_phone`). The answer, the page and the counts are the same for an address or a number that is
    registered already: the row then stands for nothing (REPEATED) and only the mail says so.

    `once` is the sending of the form (`web.forms.Form.sending`): once more, it gives the registration of the
    first time. `network` is the digest of where it came from (`core.networks`), `sent_before` the ids of what
    the same browser has just sent.
    Raises SentWithOtherAnswers, RegistrationNotOpen, RegistrationClosed, NoMeetingsNow, CalledOff,
    AlreadyOver, NoSuchWorkshop, TooManyOfOneAssociation, AddressNeeded.
    """
    meeting = lock_meeting(meeting_id)
    alike = _sent_alike(meeting, participant, once, sent_before)
    for sent in alike:
        if sent.once == once:
            return sent
    check_open(meeting, now)
    if alike:
        raise refusals.SentWithOtherAnswers
    check_workshops(meeting, participant)
    check_association(meeting, participant.association)
    by_phone = None if participant.email else _by_phone(meeting)
    occupancy = places.places_of(meeting, now)
    has_place = occupancy.is_open_to(participant.claims) and not places.somebody_is_next(meeting, occupancy)
    registration = add(meeting, participant, once=once, now=now, confirmed=False, network=network)
    if by_phone:
        registration.address_confirmed_at, registration.confirmed_by = now, by_phone
    if has_place and (by_phone or participant.email):
        state = RegistrationState.CONFIRMED if by_phone else RegistrationState.OFFERED
        registration.state, registration.confirmed_at = state, now if by_phone else None
        registration.yields_at = None if by_phone else terms.yields_at(meeting, now)
    elif by_phone:
        registration.queued_at = occupancy.end_of_queue(now)
    earlier = same_person(meeting, registration)
    if earlier is not None:
        registration.state, registration.shown_as = RegistrationState.REPEATED, registration.state
    session.flush()
    note(registration, now=now)
    if registration.standing == RegistrationState.CONFIRMED:
        workshop_seats.give(meeting, [registration.id], now=now)
    if earlier is not None:
        confirmation.tell_known(earlier, meeting, registration, now=now)
    elif registration.state != RegistrationState.CONFIRMED and registration.email:
        confirmation.ask(registration, meeting, now=now)
    return registration


def enter(
    meeting: Meeting,
    participant: Participant,
    *,
    once: str,
    now: datetime,
    by: int | None = None,
    **details: object,
) -> Registration:
    """A registration of a locked meeting by somebody of the staff, who answers for it: confirmed where a
    place is open to the person, else waiting; flushed, in its history, and its person told. `how` are
    further values of the row.

    Raises NoSuchWorkshop, TooManyOfOneAssociation, AlreadyRegistered, NumberAlreadyRegistered.
    """
    check_workshops(meeting, participant)
    check_new(meeting, participant, now)
    check_association(meeting, participant.association)
    occupancy = places.places_of(meeting, now)
    is_open = occupancy.is_open_to(participant.claims) and not places.somebody_is_next(meeting, occupancy)
    registration = add(meeting, participant, once=once, now=now, confirmed=is_open, **details)
    registration.address_confirmed_at, registration.confirmed_by = now, Confirmation.STAFF
    if not is_open:
        registration.queued_at = occupancy.end_of_queue(now)
    session.flush()
    note(registration, now=now, by=by)
    if is_open and participant.wishes and not registration.workshop_id:
        workshop_seats.give(meeting, [registration.id], now=now)
    if is_open:
        places_emails.tell(registration, meeting, places_emails.CONFIRMED, now=now)
    else:
        places_emails.tell(registration, meeting, places_emails.WAITING, now=now, turn=occupancy.waiting + 1)
    return registration


def accept(receipt: str, *, now: datetime) -> Registration:
    """Take the place that is held for `receipt`, after its term too while nobody waits for one; once more
    changes nothing. A delegate, whom only a mail told
    the receipt, confirms their address by it, and so has a turn where no place is free.

    Raises NotFound, OfferOver, ConfirmFirst, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    check_still_ahead(meeting, now)
    if registration.is_pending:
        if registration.entry != EntryChannel.DELEGATION:
            raise refusals.ConfirmFirst
        if registration.state == RegistrationState.WAITING:
            return confirmation.count(meeting, registration, Confirmation.LINK, now=now)
    is_late = registration.answer_by is not None and registration.answer_by < now
    if registration.state != RegistrationState.OFFERED or (is_late and places.count_in_line(meeting)):
        raise refusals.OfferOver
    if not registration.is_confirmed:
        return confirmation.count(meeting, registration, Confirmation.LINK, now=now)
    registration.state, registration.confirmed_at, registration.answer_by = (
        RegistrationState.CONFIRMED,
        now,
        None,
    )
    note(registration, now=now)
    session.flush()
    workshop_seats.give(meeting, [registration.id], now=now)
    places_emails.tell_all([registration], meeting, places_emails.CONFIRMED, now=now)
    return registration


def wait_again(receipt: str, *, now: datetime) -> Registration:
    """Join the waiting list once more, at its end, after an offer lapsed. Once more changes nothing.

    Raises NotFound, NothingLapsed, CalledOff, AlreadyOver, RegisteredSince.
    """
    meeting, registration = lock_registration(receipt)
    if registration.state == RegistrationState.WAITING:
        return registration
    if registration.state != RegistrationState.LAPSED:
        raise refusals.NothingLapsed
    check_still_ahead(meeting, now)
    if same_person(meeting, registration) is not None:
        raise refusals.RegisteredSince
    registration.queued_at = places.places_of(meeting, now).end_of_queue(now)
    registration.state = RegistrationState.WAITING
    if not registration.is_confirmed and registration.entry == EntryChannel.DELEGATION:
        registration.address_confirmed_at, registration.confirmed_by = now, Confirmation.LINK
    note(registration, now=now)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registration


def cancel(receipt: str, *, now: datetime) -> Registration:
    """Give up the place or the turn of `receipt`; a freed place is offered to the next, help asked for and
    not decided is no longer asked for. An address that was never confirmed is not written to for it.

    Raises NotFound, AlreadyCancelled, ComesByInvitation, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    if registration.standing == RegistrationState.CANCELLED:
        raise refusals.AlreadyCancelled
    if registration.state == RegistrationState.INVITED:
        raise refusals.ComesByInvitation
    check_still_ahead(meeting, now)
    if registration.state == RegistrationState.REPEATED:
        give_up(registration, now=now)
        return registration
    give_up(registration, now=now)
    if registration.is_confirmed:
        places_emails.tell(registration, meeting, places_emails.CANCELLED, now=now)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registration


def give_up(registration: Registration, *, now: datetime) -> None:
    """End a locked registration of a locked meeting, and help asked for with it. Nobody is told here,
    and what becomes of its place is its caller's to say.
    """
    if registration.state == RegistrationState.REPEATED:
        registration.shown_as, registration.cancelled_at = RegistrationState.CANCELLED, now
        registration.workshop_id = registration.yields_at = None
        note(registration, now=now)
        return
    registration.state, registration.cancelled_at, registration.answer_by = (
        RegistrationState.CANCELLED,
        now,
        None,
    )
    registration.workshop_id = registration.yields_at = registration.burst_id = None
    note(registration, now=now)
    events.tell(RegistrationCancelled(registration, now))


def add(
    meeting: Meeting,
    participant: Participant,
    *,
    once: str,
    now: datetime,
    confirmed: bool,
    **details: object,
) -> Registration:
    """A new registration of a locked meeting, without asking whether there is room; one that is `confirmed`
    counts as the organisers' own unless `how` says by what it does. Not flushed.
    """
    if confirmed:
        details = {"address_confirmed_at": now, "confirmed_by": Confirmation.STAFF, **details}
    registration = Registration(
        meeting_id=meeting.id,
        receipt=secrets.new_receipt(),
        once=once,
        state=RegistrationState.CONFIRMED if confirmed else RegistrationState.WAITING,
        registered_at=now,
        queued_at=now,
        confirmed_at=now if confirmed else None,
        **details,
    )
    participant.write_to(registration)
    answers.write_new(registration, participant)
    session.add(registration)
    return registration


def check_workshops(meeting: Meeting, participant: Participant) -> None:
    """Raises NoSuchWorkshop when one given or wished for is of another meeting."""
    named = {*participant.wishes, *filter(None, (participant.workshop_id,))}
    workshops = select(func.count()).where(Workshop.meeting_id == meeting.id, Workshop.id.in_(named))
    if named and session.scalar(workshops) != len(named):
        raise meetings_refusals.NoSuchWorkshop


def check_new(meeting: Meeting, participant: Participant, now: datetime) -> None:
    """For the staff, who may know it: one registration for an address and for a number; an address is sent
    its receipt again. Raises AlreadyRegistered, NumberAlreadyRegistered.
    """
    phone = phone_number(participant.phone) if participant.phone else None
    email = participant.email
    ways = [Registration.email == email] if email else []
    ways += [Registration.phone == phone] if phone else []
    if not ways:
        return
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    same = select(Registration).where(Registration.meeting_id == meeting.id, live, or_(*ways))
    for earlier in session.scalars(same.order_by(Registration.id)):
        by_address = email is not None and earlier.email == email
        refusal: Refusal = refusals.AlreadyRegistered() if by_address else refusals.NumberAlreadyRegistered()
        if by_address and earlier.is_pending and earlier.entry != EntryChannel.DELEGATION:
            if address_links.were_sent(earlier.id, now)[1] < address_links.MOST_A_DAY:
                confirmation.ask(earlier, meeting, now=now)
        elif by_address:
            places_emails.send_again(earlier, meeting, now=now, turn=turn(earlier))
        raise refusal


def _sent_alike(
    meeting: Meeting, participant: Participant, once: str, sent_before: Collection[int]
) -> Sequence[Registration]:
    """What this sending gave the first time; and what the same browser has sent for the same address or
    number. A form that Back brought, or that was opened anew, is another person's, or the same person's with
    other answers: it tells nothing of whether the address was registered, since it has been sent from here,
    whatever became of it.
    """
    phone = phone_number(participant.phone) if participant.phone else None
    same = Registration.email == participant.email if participant.email else Registration.phone == phone
    gone = (RegistrationState.CANCELLED, RegistrationState.LAPSED)
    by_this_browser = and_(
        Registration.meeting_id == meeting.id,
        same,
        Registration.state.not_in(gone),
        or_(Registration.once.startswith(once.partition("-")[0] + "-"), Registration.id.in_(sent_before)),
    )
    rows = select(Registration).where(or_(Registration.once == once, by_this_browser))
    return session.scalars(rows.order_by(Registration.id)).all()


def _by_phone(meeting: Meeting) -> Confirmation | None:
    """What somebody counts by who gives a telephone number alone, None while they are to be called.

    Raises AddressNeeded.
    """
    if meeting.by_phone == ByPhone.REFUSED:
        raise refusals.AddressNeeded
    if meeting.by_phone == ByPhone.CALLED:
        return None
    counted = select(func.count()).where(
        Registration.meeting_id == meeting.id,
        Registration.state.in_(LIVE),
        Registration.confirmed_by == Confirmation.RULE,
    )
    return Confirmation.RULE if (session.scalar(counted) or 0) < meeting.phone_places else None


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
    count = sum(fold(name or "") == wanted for name in session.scalars(named))
    most = meeting.most_per_association
    if count + people > most:
        raise refusals.TooManyOfOneAssociation(count=most, there=count, left=max(0, most - count))
