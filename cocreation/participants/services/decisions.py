"""What the organisers decide for one person, or for several at once: a place, a turn, a no with its reason.
All of it is in each person's history, and they are told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from cocreation.core import audit
from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.places import emails as places_emails, refusals as places_refusals
from cocreation.places.models.registration import LIVE, TAKEN, Registration, RegistrationState
from cocreation.places.services import places, workshop_seats
from cocreation.places.services.locks import lock_registration
from cocreation.registration.services import confirmation


class NoPlaceLeft(Refusal):
    sentence = _l("All places are taken. Add places, or wait until somebody cancels.")


class NobodyToDecide(Invalid):
    sentence = _l("Tick people for whom this can be decided: it is so already for those who were ticked.")


WAITS = (RegistrationState.WAITING, RegistrationState.LAPSED, RegistrationState.DECLINED)
# From which state somebody comes to each of the three.
TO_PLACE = (*WAITS, RegistrationState.OFFERED)
TO_DECLINE = (*TAKEN, RegistrationState.WAITING, RegistrationState.LAPSED)
TO_WAITING = (*TAKEN, RegistrationState.LAPSED, RegistrationState.DECLINED)


class Together(Named):
    """What can be decided for several people at once."""

    PLACE = "place", _l("Give a place")
    CALLED = "called", _l("Confirmed by telephone")
    WORKSHOP = "workshop", _l("Put into this workshop")
    WAIT = "wait", _l("Move to the waiting list")
    DECLINE = "decline", _l("Decline")


# In which states somebody must be; whoever is in another one is left as they are.
FROM = {
    Together.PLACE: TO_PLACE,
    Together.CALLED: LIVE,
    Together.WORKSHOP: (RegistrationState.CONFIRMED,),
    Together.WAIT: TO_WAITING,
    Together.DECLINE: TO_DECLINE,
}
EXPLAINED = (Together.WAIT, Together.DECLINE)


def _give_place(person: Registration, reason: str, _to: int | None, *, by: int, now: datetime) -> None:
    give_place(person.receipt, reason, by=by, now=now)


def _confirm(person: Registration, _reason: str, _to: int | None, *, by: int, now: datetime) -> None:
    confirmation.confirm_by_call(person.meeting_id, person.id, by=by, now=now)


def _put_into(person: Registration, reason: str, workshop_id: int | None, *, by: int, now: datetime) -> None:
    workshop_seats.put_into(person.meeting_id, person.id, workshop_id, reason, by=by, now=now)


ONE_BY_ONE = {Together.PLACE: _give_place, Together.CALLED: _confirm, Together.WORKSHOP: _put_into}


def give_place(receipt: str, reason: str, *, by: int, now: datetime) -> Registration:
    """Confirm somebody out of turn, also into a place kept for others, never above the places. The reason may
    be empty.

    Raises NotFound, NotInThatState, NoPlaceLeft, CalledOff, AlreadyOver.
    """
    meeting, registration = _locked(receipt, TO_PLACE, now)
    holds = registration.state == RegistrationState.OFFERED
    if not holds and places.count_in(meeting, *TAKEN) >= meeting.places:
        raise NoPlaceLeft
    registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, now
    _end(registration, meeting, places_emails.GIVEN_PLACE, by, now, reason.strip() or None)
    return registration


def decline(receipt: str, reason: str, *, by: int, now: datetime) -> Registration:
    """Say no, with the reason the person reads; a freed place is offered to the next.

    Raises NotFound, ReasonMissing, NotInThatState, CalledOff, AlreadyOver.
    """
    return decline_all([receipt], reason, by=by, now=now)[0]


def decline_all(receipts: Sequence[str], reason: str, *, by: int, now: datetime) -> list[Registration]:
    """The same to several people of one meeting: the places go to others than these."""
    meeting, registrations = _freed(receipts, TO_DECLINE, reason, now)
    for registration in registrations:
        _end(registration, meeting, places_emails.DECLINED, by, now, reason.strip())
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registrations


def send_to_waiting(receipt: str, reason: str, *, by: int, now: datetime) -> Registration:
    """Back to the waiting list, at its end; a freed place is offered to those before.

    Raises NotFound, ReasonMissing, NotInThatState, CalledOff, AlreadyOver.
    """
    return send_all_to_waiting([receipt], reason, by=by, now=now)[0]


def send_all_to_waiting(
    receipts: Sequence[str], reason: str, *, by: int, now: datetime
) -> list[Registration]:
    """The same with several people of one meeting, in the order in which they are named."""
    meeting, registrations = _freed(receipts, TO_WAITING, reason, now)
    # Those who waited before them come first, so the places are offered before they join the list.
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    for registration in registrations:
        registration.queued_at = places.places_of(meeting, now).end_of_queue(now)
        registration.state = RegistrationState.WAITING
        _end(registration, meeting, places_emails.SENT_TO_WAITING, by, now, reason.strip())
    return registrations


def _freed(
    receipts: Sequence[str], states: Collection[RegistrationState], reason: str, now: datetime
) -> tuple[Meeting, list[Registration]]:
    """These registrations without a place and without a turn, once a reason is given."""
    if not reason.strip():
        raise places_refusals.DecisionUnexplained
    locked = [_locked(receipt, states, now) for receipt in receipts]
    for _meeting, registration in locked:
        registration.state = RegistrationState.DECLINED
    return locked[0][0], [registration for _meeting, registration in locked]


def _locked(
    receipt: str, states: Collection[RegistrationState], now: datetime
) -> tuple[Meeting, Registration]:
    meeting, registration = lock_registration(receipt)
    check_still_ahead(meeting, now)
    if registration.state not in states:
        raise places_refusals.NotInThatState(state=registration.state.label)
    return meeting, registration


def _end(
    registration: Registration,
    meeting: Meeting,
    kind: MeetingMail,
    by: int,
    now: datetime,
    reason: str | None,
) -> None:
    registration.answer_by = registration.yields_at = None
    places.note(registration, now=now, by=by, reason=reason)
    if registration.state != RegistrationState.CONFIRMED:
        registration.workshop_id = None
    else:
        session.flush()
        workshop_seats.give(meeting, [registration.id], now=now)
    places_emails.tell_of_decision(registration, meeting, kind, now=now, reason=reason)
    audit.record(f"registration {kind.event.replace('_', ' ')}", meeting.reference, by=by, now=now)


def decide(
    people: Sequence[Registration],
    act: Together,
    reason: str,
    workshop_id: int | None,
    *,
    by: int,
    now: datetime,
) -> int:
    """Decide the same for all of these registrations of one meeting; how many.

    Raises NobodyToDecide, and what deciding it for one person raises.
    """
    if not people:
        raise NobodyToDecide
    receipts = [person.receipt for person in people]
    with session.begin_nested():  # whoever cannot be decided for leaves the others as they are, too
        if act is Together.WAIT:
            send_all_to_waiting(receipts, reason, by=by, now=now)
        elif act is Together.DECLINE:
            decline_all(receipts, reason, by=by, now=now)
        else:
            for person in people:
                ONE_BY_ONE[act](person, reason, workshop_id, by=by, now=now)
    return len(people)
