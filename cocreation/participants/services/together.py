"""What the organisers decide for several people at once: for each as if alone, for all or for none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.participants import refusals
from cocreation.participants.services import decisions
from cocreation.places.models.registration import LIVE, Registration, RegistrationState
from cocreation.places.services import workshop_seats
from cocreation.registration.services import confirmation


class Together(Named):
    """What can be decided for several people at once."""

    PLACE = "place", _l("Give a place")
    CALLED = "called", _l("Confirmed by telephone")
    WORKSHOP = "workshop", _l("Put into this workshop")
    WAIT = "wait", _l("Move to the waiting list")
    DECLINE = "decline", _l("Decline")


# In which states somebody must be; whoever is in another one is left as they are.
FROM = {
    Together.PLACE: decisions.TO_PLACE,
    Together.CALLED: LIVE,
    Together.WORKSHOP: (RegistrationState.CONFIRMED,),
    Together.WAIT: decisions.TO_WAITING,
    Together.DECLINE: decisions.TO_DECLINE,
}
EXPLAINED = (Together.WAIT, Together.DECLINE)


def _give_place(person: Registration, reason: str, _to: int | None, *, by: int, now: datetime) -> None:
    decisions.give_place(person.receipt, reason, by=by, now=now)


def _confirm(person: Registration, _reason: str, _to: int | None, *, by: int, now: datetime) -> None:
    confirmation.confirm_by_call(person.meeting_id, person.id, by=by, now=now)


def _put_into(person: Registration, reason: str, workshop_id: int | None, *, by: int, now: datetime) -> None:
    workshop_seats.put_into(person.meeting_id, person.id, workshop_id, reason, by=by, now=now)


ONE_BY_ONE = {Together.PLACE: _give_place, Together.CALLED: _confirm, Together.WORKSHOP: _put_into}


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
        raise refusals.NobodyToDecide
    receipts = [person.receipt for person in people]
    with session.begin_nested():  # whoever cannot be decided for leaves the others as they are, too
        if act is Together.WAIT:
            decisions.send_all_to_waiting(receipts, reason, by=by, now=now)
        elif act is Together.DECLINE:
            decisions.decline_all(receipts, reason, by=by, now=now)
        else:
            for person in people:
                ONE_BY_ONE[act](person, reason, workshop_id, by=by, now=now)
    return len(people)
