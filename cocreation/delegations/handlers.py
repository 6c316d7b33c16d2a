"""What this room does when the organisers decide on help that it asked for: the association is told, too."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.events import Handler
from cocreation.delegations import emails
from cocreation.places.models.registration import Delegation
from cocreation.travel_support.events import TravelSupportDecided
from cocreation.travel_support.models import TravelSupportState


def tell_of_decisions(fact: TravelSupportDecided) -> None:
    """One mail to each association, however many of its people were decided on at once."""
    states: defaultdict[int, list[TravelSupportState]] = defaultdict(list)
    for request in fact.requests:
        if request.delegation_id:
            states[request.delegation_id].append(request.state)
    for delegation in session.scalars(select(Delegation).where(Delegation.id.in_(states))):
        granted = states[delegation.id].count(TravelSupportState.GRANTED)
        many = {"granted": granted, "refused": len(states[delegation.id]) - granted}
        emails.tell_of_decision(delegation, fact.meeting, **many, now=fact.now)


HANDLERS: tuple[Handler, ...] = ((TravelSupportDecided, tell_of_decisions),)
