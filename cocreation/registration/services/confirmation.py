"""An address is confirmed by the link of its mail, a telephone number by a call: then a registration counts.

The receipt is shown on the page to whoever sent the form, so it confirms nothing; the link is in the mail
alone. All of it under the meeting's lock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, select

from cocreation.core import audit, secrets
from cocreation.core.chores import each_of
from cocreation.core.clock import day_of
from cocreation.core.database import found, lock, session
from cocreation.core.errors import NotFound
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import ByPhone, Meeting
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.places import emails as places_emails, refusals as places_refusals
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import LIVE, EntryChannel, Registration, RegistrationState
from cocreation.places.services import address_links, places, terms, workshop_seats
from cocreation.places.services.locks import lock_registration, same_person
from cocreation.registration import refusals

KEPT = timedelta(days=7)  # after the meeting, the receipt of somebody who was registered already opens a page
REMINDED = timedelta(hours=6)  # before the term, and never before three quarters of it are over
CLOSING = timedelta(
    days=2
)  # before registration closes, who still holds a place unconfirmed is reminded again
CHUNK = 200  # people reminded in one transaction


def ask(
    registration: Registration,
    meeting: Meeting,
    *,
    now: datetime,
    kind: MeetingMail = places_emails.TO_CONFIRM,
) -> None:
    """Send the mail whose link confirms the address of a flushed registration; it says until when the place
    is held.
    """
    until = registration.yields_at.isoformat() if registration.yields_at else None
    way = address_links.way_to_confirm(registration, now=now)
    places_emails.tell(registration, meeting, kind, now=now, at=now, until=until, **way)


def tell_known(
    earlier: Registration, meeting: Meeting, repeated: Registration, *, now: datetime, again: bool = False
) -> None:
    """Tell the address of `known` that it is registered already, once a day and as often as its receipt asks
    for it `again`, however many receipts there are; one that never confirmed is sent its link again, as it
    would be from its own. A telephone number is told nothing.
    """
    if not repeated.email or earlier.email != repeated.email:
        return
    # Counted as it is for the others, so that asking again ends after as many times; nobody is sent it.
    address_links.way_to_confirm(repeated, now=now)
    if earlier.is_confirmed or earlier.entry == EntryChannel.DELEGATION or not earlier.is_live:
        time = address_links.were_sent(repeated.id, now)[1] if again else None
        at = f"{day_of(now)}:{time}" if time else str(day_of(now))
        places_emails.tell(earlier, meeting, places_emails.ALREADY, now=now, at=at)
        return
    in_all, today = address_links.were_sent(earlier.id, now)
    if not today or (again and today < address_links.MOST_A_DAY and in_all < address_links.MOST):
        ask(earlier, meeting, now=now)


def send_again(receipt: str, *, now: datetime) -> None:
    """Send the link once more, a few times a day and in all; for a receipt that stands for nothing, what
    `tell_known` sends.

    Raises NotFound, AlreadyConfirmed, LinksEnough, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    check_still_ahead(meeting, now)
    if not registration.is_pending or not registration.email:
        raise refusals.AlreadyConfirmed
    check_links_left(registration, now)
    earlier = None
    if registration.state == RegistrationState.REPEATED:
        earlier = same_person(meeting, registration)
    if earlier is not None:
        tell_known(earlier, meeting, registration, now=now, again=True)
    elif registration.state != RegistrationState.REPEATED:
        ask(registration, meeting, now=now)


def check_links_left(registration: Registration, now: datetime) -> None:
    """A few mails a day and in all, to whatever address. Raises LinksEnough."""
    in_all, today = address_links.were_sent(registration.id, now)
    if in_all >= address_links.MOST or today >= address_links.MOST_A_DAY:
        raise refusals.LinksEnough


def confirm(token: str, *, now: datetime) -> Registration:
    """Confirm the address that `token` was sent to; once more changes nothing.

    Raises NotFound, RegistrationCancelled, CalledOff, AlreadyOver.
    """
    number = address_links.of_token(token)
    unlocked = found(session.get(Registration, number) if number else None)
    meeting, registration = lock_registration(unlocked.receipt)
    if registration.is_confirmed:
        return registration
    check_still_ahead(meeting, now)
    if registration.state == RegistrationState.CANCELLED:
        raise refusals.NoLongerRegistered
    if _was_repeated(registration):
        # Somebody else may have registered this address first, and holds the receipt: it opens nothing more.
        registration.receipt = secrets.new_receipt()
    return count(meeting, registration, Confirmation.LINK, now=now)


def _was_repeated(registration: Registration) -> bool:
    """Whether the same address was sent with another form of this meeting."""
    same = (Registration.meeting_id == registration.meeting_id, Registration.email == registration.email)
    repeated = select(exists().where(*same, Registration.state == RegistrationState.REPEATED))
    return bool(session.scalar(repeated))


def count(
    meeting: Meeting, registration: Registration, means: Confirmation, *, now: datetime, by: int | None = None
) -> Registration:
    """Let a locked registration count from now on: the place held for it is its own, or it has the next free
    one, or one that somebody unconfirmed held too long, or a turn at the end of the list. Its person is told.
    """
    occupancy = places.places_of(meeting, now)
    registration.address_confirmed_at, registration.confirmed_by = now, means
    registration.yields_at = None
    if registration.state == RegistrationState.OFFERED:
        registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, now
        registration.answer_by = None
        session.flush()
        places.note(registration, now=now, by=by)
        workshop_seats.give(meeting, [registration.id], now=now)
    elif registration.state == RegistrationState.WAITING:
        registration.queued_at = occupancy.end_of_queue(now)
        session.flush()
        asks = (
            meeting.promoting_since is None
        )  # else the worker confirms all of them, one part after the other
        places.fill(meeting, now=now, asks=asks, most=places.AT_ONCE, on_page=registration.id)
        if registration.state == RegistrationState.WAITING:
            places_emails.tell(
                registration, meeting, places_emails.WAITING, now=now, at=now, turn=occupancy.waiting + 1
            )
        return registration
    if registration.state == RegistrationState.CONFIRMED:
        places_emails.tell(registration, meeting, places_emails.CONFIRMED, now=now)
    return registration


def count_known(receipt: str, *, now: datetime) -> Registration:
    """As if the link of the mail had been opened: for replays, which read no mails. Raises NotFound."""
    meeting, registration = lock_registration(receipt)
    if registration.is_confirmed or registration.state not in LIVE:
        return registration
    return count(meeting, registration, Confirmation.LINK, now=now)


def confirm_by_call(meeting_id: int, number: int, *, by: int, now: datetime) -> Registration:
    """The organisers have called the person with this id, who comes. Raises NotFound, AlreadyConfirmed,
    NotInThatState, CalledOff, AlreadyOver.
    """
    meeting, registration = _of_meeting(meeting_id, number, now)
    if registration.is_verified:
        raise refusals.AlreadyConfirmed
    if registration.state not in LIVE:
        raise places_refusals.NotInThatState(state=registration.state.label)
    if registration.is_confirmed:
        registration.confirmed_by = Confirmation.CALL
    else:
        count(meeting, registration, Confirmation.CALL, now=now, by=by)
    audit.record("confirmed by telephone", meeting.reference, by=by, now=now)
    return registration


def undo_call(meeting_id: int, number: int, *, by: int, now: datetime) -> Registration:
    """It was somebody else who was called: the registration is unconfirmed again. A place it has is held
    until somebody who confirmed needs it; a turn is lost.

    Raises NotFound, NotCalled, CalledOff, AlreadyOver.
    """
    meeting, registration = _of_meeting(meeting_id, number, now)
    if registration.confirmed_by != Confirmation.CALL or registration.state not in LIVE:
        raise refusals.NotCalled
    registration.confirmed_by = None
    if not registration.email and meeting.by_phone == ByPhone.COUNTED:
        registration.confirmed_by = Confirmation.RULE
        return registration
    registration.address_confirmed_at = None
    if registration.state == RegistrationState.CONFIRMED:
        registration.state, registration.confirmed_at = RegistrationState.OFFERED, None
        registration.workshop_id, registration.yields_at = None, terms.yields_at(meeting, now)
        places.note(registration, now=now, by=by)
    audit.record("confirmation by telephone undone", meeting.reference, by=by, now=now)
    return registration


def remind(now: datetime) -> int:
    """Send the link once more, shortly before a place may go to somebody else and once before registration
    closes; how many mails. Commits.
    """
    before_the_term = and_(
        Registration.yields_at > now,
        Registration.yields_at <= now + REMINDED,
        Registration.reminded_at.is_(None),
    )
    before_closing = and_(
        Registration.yields_at <= now,
        Meeting.registration_closes_at > now,
        Meeting.registration_closes_at <= now + CLOSING,
        Registration.reminded_at.is_(None) | (Registration.reminded_at <= now - CLOSING),
    )
    near = (
        select(Registration.id, Registration.meeting_id)
        .join(Registration.meeting)
        .where(
            Registration.state == RegistrationState.OFFERED,
            before_the_term | before_closing,
            Registration.address_confirmed_at.is_(None),
            Registration.email.is_not(None),
        )
    )
    soon = session.execute(near.order_by(Registration.id).limit(CHUNK))
    rows = [(number, meeting_id) for number, meeting_id in soon]

    def remind_one(row: tuple[int, int]) -> int:
        number, meeting_id = row
        meeting, registration = lock(Meeting, meeting_id), lock(Registration, number)
        return _remind(registration, meeting, now)

    return each_of("place to confirm", rows, remind_one, now=now, number=lambda row: row[0])


def sweep(now: datetime) -> int:
    """Forget the rows of those who were registered already, a week after the meeting; how many. Commits.

    Not before: a receipt that opens nothing any more would say what kind it was.
    """
    over = select(Meeting.id).where(Meeting.ends_at < now - KEPT)
    old = (Registration.state == RegistrationState.REPEATED, Registration.meeting_id.in_(over))
    gone = len(session.execute(delete(Registration).where(*old).returning(Registration.id)).all())
    session.commit()
    return gone


def _remind(registration: Registration, meeting: Meeting, now: datetime) -> int:
    term = registration.yields_at
    holds = registration.state == RegistrationState.OFFERED and not registration.is_confirmed
    if not holds or term is None or meeting.is_cancelled:
        return 0
    is_last = term <= now
    if not (
        _may_remind_last(registration, now) if is_last else _may_remind(registration, meeting, term - now)
    ):
        return 0
    registration.reminded_at = now
    until = None if is_last else term.isoformat()
    way = address_links.way_to_confirm(registration, now=now)
    places_emails.tell(registration, meeting, places_emails.CONFIRM_SOON, now=now, at=now, until=until, **way)
    return 1


def _may_remind(registration: Registration, meeting: Meeting, left: timedelta) -> bool:
    """Before the term: once, when three quarters of its hours are over."""
    return registration.reminded_at is None and left <= timedelta(hours=meeting.confirm_hours) / 4


def _may_remind_last(registration: Registration, now: datetime) -> bool:
    """Before registration closes: once, and not within two days of the reminder before."""
    return registration.reminded_at is None or registration.reminded_at <= now - CLOSING


def _of_meeting(meeting_id: int, number: int, now: datetime) -> tuple[Meeting, Registration]:
    registrations = select(Registration).where(
        Registration.id == number, Registration.meeting_id == meeting_id
    )
    receipt = session.scalar(registrations.with_only_columns(Registration.receipt))
    if receipt is None:
        raise NotFound
    meeting, registration = lock_registration(receipt)
    check_still_ahead(meeting, now)
    return meeting, registration
