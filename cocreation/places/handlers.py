"""What this room does when something happens to a meeting: those registered are told, places are given."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.events import Handler
from cocreation.meetings.events import (
    MeetingCalledOff,
    MeetingChanged,
    PlacesProposed,
    WorkshopToBeRemoved,
)
from cocreation.meetings.refusals import WorkshopInUse
from cocreation.places import emails, refusals
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.registration import TAKEN, Registration, RegistrationState
from cocreation.places.services import offers, places


def keep_places_taken(fact: PlacesProposed) -> None:
    """Raises PlacesTaken where fewer places than are taken would be left."""
    taken = places.count_in(fact.meeting, *TAKEN)
    if fact.places < min(taken, fact.meeting.places):
        raise refusals.PlacesTaken(count=taken)


def keep_workshops_chosen(fact: WorkshopToBeRemoved) -> None:
    """Raises WorkshopInUse where somebody is in it or wishes it."""
    given = select(Registration.id).where(Registration.workshop_id == fact.workshop.id)
    wished = select(WorkshopWish.rank).where(WorkshopWish.workshop_id == fact.workshop.id)
    if session.scalar(given.limit(1)) or session.scalar(wished.limit(1)):
        raise WorkshopInUse


def tell_of_change(fact: MeetingChanged) -> None:
    """Of another time or place everyone is told; of another link those who have a place: it is for them."""
    if not fact.is_public or not (fact.has_moved or fact.has_new_link):
        return
    for registration in places.live(fact.meeting):
        if fact.has_moved or registration.state == RegistrationState.CONFIRMED:
            emails.tell_of_change(registration, fact.meeting, now=fact.now)
            fact.unreached += not registration.email


def promote(fact: MeetingChanged) -> None:
    """More places are given at once, many of them by the worker."""
    offers.promote(fact.meeting, now=fact.now)


def tell_of_end(fact: MeetingCalledOff) -> None:
    """Everyone is told, and counted: who has no address is to be called."""
    for registration in places.live(fact.meeting):
        emails.tell(registration, fact.meeting, emails.CALLED_OFF, now=fact.now)
        if registration.email:
            fact.told += 1
        else:
            fact.unreached += 1


TELLING: tuple[Handler, ...] = (
    (PlacesProposed, keep_places_taken),
    (WorkshopToBeRemoved, keep_workshops_chosen),
    (MeetingChanged, tell_of_change),
    (MeetingCalledOff, tell_of_end),
)
# Heard last: who moves up is told of a place at the meeting as it is now.
GIVING: tuple[Handler, ...] = ((MeetingChanged, promote),)
