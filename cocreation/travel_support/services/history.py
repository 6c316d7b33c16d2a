"""A request for help that is taken back, by itself or with the registration; and the history of a request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from cocreation.core.database import session
from cocreation.travel_support.models import (
    TravelSupportEvent,
    TravelSupportProof,
    TravelSupportRequest,
    TravelSupportState,
)


def take_back(request: TravelSupportRequest, *, now: datetime) -> None:
    """Withdraw a request that is not decided, its meeting locked: what was said for it, and its proofs, are
    erased. One withdrawn before stays as it is.
    """
    if request.state != TravelSupportState.REQUESTED:
        return
    request.state, request.sentence, request.facts = TravelSupportState.WITHDRAWN, "", {}
    of_request = TravelSupportProof.registration_id == request.registration_id
    session.execute(delete(TravelSupportProof).where(of_request))
    note(request, now=now)


def note(request: TravelSupportRequest, *, now: datetime, by: int | None = None) -> None:
    """Write where a request stands now into its history."""
    granted = request.state == TravelSupportState.GRANTED
    session.add(
        TravelSupportEvent(
            registration_id=request.registration_id,
            at=now,
            state=request.state,
            nights=(request.granted_nights or 0) if granted else request.nights,
            tickets=(request.granted_tickets or 0) if granted else request.tickets,
            by=by,
            reason=request.reason,
        )
    )
