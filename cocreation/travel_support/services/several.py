"""Help asked for several people at once by whoever registered them; a request of each exists then.

It is decided like any other, once its person has answered: until then nobody knows whether they come. All of
it under the lock of the meeting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.places import emails
from cocreation.places.models.registration import Delegation, Registration
from cocreation.travel_support import refusals
from cocreation.travel_support.emails import TRAVEL_SUPPORT_TAKEN_BACK
from cocreation.travel_support.models import TravelSupportOffer, TravelSupportRequest, TravelSupportState
from cocreation.travel_support.services.history import take_back
from cocreation.travel_support.services.requests import Wanted, acknowledge, begin, check_wanted


def ask_for(
    delegation: Delegation, meeting: Meeting, people: Sequence[Registration], wanted: Wanted, *, now: datetime
) -> TravelSupportOffer:
    """Ask for all of `people`, or for none; who has confirmed is told by mail, the others find it on their
    page. What the meeting offers.

    Raises CalledOff, AlreadyOver, NoTravelSupport, NobodyChosen, NotForThem, TravelSupportClosed,
    NoTravelSupportAsked, MoreThanThereIs.
    """
    check_still_ahead(meeting, now)
    offered = session.get(TravelSupportOffer, meeting.id)
    if offered is None:
        raise refusals.NoTravelSupport
    if not people:
        raise refusals.NobodyChosen
    earlier = _requests_of(people)
    others = [person for person in people if not can_be_asked_for(person, earlier.get(person.id))]
    if others:
        raise refusals.NotForThem(names=", ".join(person.name for person in others))
    if not offered.is_open(day_of(now)):
        raise refusals.TravelSupportClosed(day=offered.closes_on)
    check_wanted(wanted, offered)
    for person in people:
        request = begin(person, earlier.get(person.id), wanted, now=now, delegation_id=delegation.id)
        if person.is_verified:
            acknowledge(person, request, offered, now)
    return offered


def can_be_asked_for(person: Registration, request: TravelSupportRequest | None) -> bool:
    """Whether somebody is on the list and has no request that stands."""
    return person.seems_live and (request is None or request.state == TravelSupportState.WITHDRAWN)


def take_back_from(
    delegation: Delegation, meeting: Meeting, people: Sequence[Registration], *, now: datetime
) -> int:
    """Take back what the delegation has asked for `people` and is not decided; how many. Who has confirmed is
    told.

    Raises CalledOff, AlreadyOver, NoRequestToTakeBack.
    """
    check_still_ahead(meeting, now)
    requests = _requests_of(people)
    gone = [
        (person, requests[person.id])
        for person in people
        if person.id in requests and can_be_taken_back(requests[person.id], delegation)
    ]
    if not gone:
        raise refusals.NoRequestToTakeBack
    for person, request in gone:
        take_back(request, now=now)
        if person.is_verified:
            emails.tell(person, meeting, TRAVEL_SUPPORT_TAKEN_BACK, now=now, at=now)
    return len(gone)


def can_be_taken_back(request: TravelSupportRequest, delegation: Delegation) -> bool:
    """Whether the delegation asked for it, and nobody has decided."""
    return request.delegation_id == delegation.id and request.state == TravelSupportState.REQUESTED


def _requests_of(people: Sequence[Registration]) -> Mapping[int, TravelSupportRequest]:
    those = select(TravelSupportRequest).where(
        TravelSupportRequest.registration_id.in_([person.id for person in people])
    )
    rows = session.scalars(those.execution_options(populate_existing=True))
    return {request.registration_id: request for request in rows}
