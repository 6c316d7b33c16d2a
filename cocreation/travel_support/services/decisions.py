"""What the organisers decide on requests for help: granted within the budget, refused with a reason.

Under the lock of the meeting, so that no more is granted than there is. Each person is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core import audit, events
from cocreation.core.database import lock, session
from cocreation.core.errors import AlreadyDone, NotFound
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.places import emails, refusals as places_refusals
from cocreation.places.models.registration import TAKEN
from cocreation.travel_support import refusals
from cocreation.travel_support.emails import TRAVEL_SUPPORT_GRANTED, TRAVEL_SUPPORT_REFUSED
from cocreation.travel_support.events import TravelSupportDecided
from cocreation.travel_support.models import DECIDED, Amount, TravelSupportRequest, TravelSupportState
from cocreation.travel_support.queries import left_of
from cocreation.travel_support.services.history import note


def grant(
    meeting_id: int, number: int, nights: int, tickets: int, *, seen: str, by: int, now: datetime
) -> TravelSupportRequest:
    """Grant one request so many nights and tickets, also one decided otherwise before; `seen` is what
    `mark` said of it when its page was opened. The person is told.

    Raises NotFound, CalledOff, AlreadyOver, DecidedMeanwhile, HasNoPlace, NothingGranted, BudgetUsedUp;
    AlreadyDone when that is the answer already.
    """
    meeting, (request,) = _locked(meeting_id, [number], now)
    _check_seen(request, seen)
    if nights + tickets < 1:
        raise refusals.NothingGranted
    before = Amount(request.granted_nights or 0, request.granted_tickets or 0)
    if before == Amount(nights, tickets):
        raise AlreadyDone
    left = left_of(meeting_id)
    if request.registration.state in TAKEN:
        left = Amount(left.nights + before.nights, left.tickets + before.tickets)
    _grant(meeting, {request: Amount(nights, tickets)}, left, by, now)
    return request


def refuse(
    meeting_id: int, number: int, reason: str, *, seen: str, by: int, now: datetime
) -> TravelSupportRequest:
    """Refuse one request, also one granted before, with the reason its person reads.

    Raises NotFound, CalledOff, AlreadyOver, DecidedMeanwhile, ReasonMissing; AlreadyDone when that is the
    answer already.
    """
    meeting, (request,) = _locked(meeting_id, [number], now)
    _check_seen(request, seen)
    if request.state == TravelSupportState.REFUSED and request.reason == reason.strip():
        raise AlreadyDone
    _refuse(meeting, [request], reason, by, now)
    return request


def grant_all(
    meeting_id: int, seen: Mapping[int, str], *, by: int, now: datetime
) -> list[TravelSupportRequest]:
    """Grant to all of `seen` what they ask for, or to none; what was granted. `seen` is, by the number of a
    request, what `mark` said of it when the page was opened.

    Raises NobodyTicked, NotFound, CalledOff, AlreadyOver, DecidedMeanwhile, HasNoPlace, BudgetUsedUp.
    """
    meeting, requests = _locked(meeting_id, seen, now)
    _check_undecided(requests, seen)
    given = {request: Amount(request.nights, request.tickets) for request in requests}
    _grant(meeting, given, left_of(meeting_id), by, now)
    return requests


def refuse_all(
    meeting_id: int, seen: Mapping[int, str], reason: str, *, by: int, now: datetime
) -> list[TravelSupportRequest]:
    """Refuse all of `seen` (as in `grant_all`), or none, with the reason they read; what was refused.

    Raises NobodyTicked, NotFound, CalledOff, AlreadyOver, DecidedMeanwhile, ReasonMissing.
    """
    meeting, requests = _locked(meeting_id, seen, now)
    _check_undecided(requests, seen)
    _refuse(meeting, requests, reason, by, now)
    return requests


def mark(request: TravelSupportRequest) -> str:
    """What tells whether a request was decided, changed or withdrawn since somebody looked at it."""
    asked = (request.province_code, request.nights, request.tickets, request.sentence, sorted(request.facts))
    return hashlib.sha256(repr((request.state.value, request.decided_at, asked)).encode()).hexdigest()[:16]


def _locked(
    meeting_id: int, numbers: Collection[int], now: datetime
) -> tuple[Meeting, list[TravelSupportRequest]]:
    """The meeting, locked, and these requests of it with their registrations. Raises NobodyTicked,
    NotFound.
    """
    meeting = lock(Meeting, meeting_id)
    check_still_ahead(meeting, now)
    if not numbers:
        raise refusals.NobodyTicked
    chosen = select(TravelSupportRequest).where(
        TravelSupportRequest.meeting_id == meeting_id, TravelSupportRequest.registration_id.in_(numbers)
    )
    with_people = chosen.options(joinedload(TravelSupportRequest.registration)).order_by(
        TravelSupportRequest.registration_id
    )
    requests = list(session.scalars(with_people.execution_options(populate_existing=True)))
    if len(requests) != len(set(numbers)):
        raise NotFound
    return meeting, requests


def _check_seen(request: TravelSupportRequest, seen: str) -> None:
    if seen != mark(request) or request.state == TravelSupportState.WITHDRAWN:
        raise refusals.DecidedMeanwhile(names=request.registration.name)


def _check_undecided(requests: Sequence[TravelSupportRequest], seen: Mapping[int, str]) -> None:
    asked = TravelSupportState.REQUESTED
    others = [
        request
        for request in requests
        if request.state != asked or seen[request.registration_id] != mark(request)
    ]
    if others:
        raise refusals.DecidedMeanwhile(names=_names(others))


def _grant(
    meeting: Meeting, given: Mapping[TravelSupportRequest, Amount], left: Amount, by: int, now: datetime
) -> None:
    nowhere = [request for request in given if request.registration.state not in TAKEN]
    if nowhere:
        raise refusals.HasNoPlace(names=_names(nowhere))
    nights, tickets = (
        sum(amount.nights for amount in given.values()),
        sum(t.tickets for t in given.values()),
    )
    if nights > left.nights or tickets > left.tickets:
        raise refusals.BudgetUsedUp(nights=left.nights, tickets=left.tickets)
    for request, amount in given.items():
        context = {"nights": amount.nights, "tickets": amount.tickets, "again": request.state in DECIDED}
        request.state, request.reason = TravelSupportState.GRANTED, None
        request.granted_nights, request.granted_tickets = amount.nights, amount.tickets
        _tell(meeting, request, by, now, **context)
    events.tell(TravelSupportDecided(meeting, list(given), now))
    audit.record("support granted", meeting.reference, by=by, now=now, requests=len(given))


def _refuse(
    meeting: Meeting, requests: Sequence[TravelSupportRequest], reason: str, by: int, now: datetime
) -> None:
    if not reason.strip():
        raise places_refusals.DecisionUnexplained
    for request in requests:
        again = request.state in DECIDED
        request.state, request.reason = TravelSupportState.REFUSED, reason.strip()
        request.granted_nights = request.granted_tickets = None
        _tell(meeting, request, by, now, reason=request.reason, again=again)
    events.tell(TravelSupportDecided(meeting, requests, now))
    audit.record("support refused", meeting.reference, by=by, now=now, requests=len(requests))


def _tell(meeting: Meeting, request: TravelSupportRequest, by: int, now: datetime, **context: Any) -> None:
    request.decided_at, request.decided_by = now, by
    note(request, now=now, by=by)
    kind = TRAVEL_SUPPORT_GRANTED if request.state == TravelSupportState.GRANTED else TRAVEL_SUPPORT_REFUSED
    emails.tell_all([request.registration], meeting, kind, now=now, **context)


def _names(requests: Sequence[TravelSupportRequest]) -> str:
    return ", ".join(request.registration.name for request in requests)
