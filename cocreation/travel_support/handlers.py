"""What becomes of help asked for when a registration is cancelled or erased."""

from __future__ import annotations

from sqlalchemy import delete, update

from cocreation.core.database import session
from cocreation.core.events import Handler
from cocreation.registration.events import RegistrationCancelled, RegistrationErased
from cocreation.travel_support.models import TravelSupportEvent, TravelSupportProof, TravelSupportRequest
from cocreation.travel_support.services.history import take_back


def withdraw(fact: RegistrationCancelled) -> None:
    """Help that is not decided is no longer asked for."""
    request = session.get(TravelSupportRequest, fact.registration.id, populate_existing=True)
    if request is not None:
        take_back(request, now=fact.now)


def erase(fact: RegistrationErased) -> None:
    """What was said for it goes; that it was asked for and granted still counts."""
    number = fact.registration.id
    session.execute(delete(TravelSupportProof).where(TravelSupportProof.registration_id == number))
    session.execute(
        update(TravelSupportEvent).where(TravelSupportEvent.registration_id == number).values(reason=None)
    )
    asked = update(TravelSupportRequest).where(TravelSupportRequest.registration_id == number)
    session.execute(asked.values(sentence="", facts={}, reason=None))


HANDLERS: tuple[Handler, ...] = (
    (RegistrationCancelled, withdraw),
    (RegistrationErased, erase),
)
