"""A mistyped address, corrected by whoever sent the form while nobody has confirmed it."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import outbox
from cocreation.core.database import found, session
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.places.services import address_links, places, terms
from cocreation.places.services.locks import lock_registration, same_person
from cocreation.registration import refusals
from cocreation.registration.services import confirmation
from cocreation.text.spelling import fold


def correct(registration_id: int, address: str, *, now: datetime) -> Registration:
    """Write to `address` (in small letters) instead: the links that went to the other one open nothing any
    more, and a mail that has not left stays here. The page looks the same whether the new address is
    registered already or not, as it does after `register`.

    Raises NotFound, AlreadyConfirmed, LinksEnough, CalledOff, AlreadyOver.
    """
    unlocked = found(session.get(Registration, registration_id))
    meeting, registration = lock_registration(unlocked.receipt)
    check_still_ahead(meeting, now)
    if not registration.waits_for_link:
        raise refusals.AlreadyConfirmed
    if registration.email == address:
        confirmation.send_again(registration.receipt, now=now)
        return registration
    confirmation.check_links_left(registration, now)
    earlier = readdress(registration, meeting, address, now=now)
    if earlier is None:
        confirmation.ask(registration, meeting, now=now)
    else:
        confirmation.tell_known(earlier, meeting, registration, now=now)
    return registration


def readdress(
    registration: Registration, meeting: Meeting, address: str, *, now: datetime
) -> Registration | None:
    """Give a locked, unconfirmed registration another address, so that nothing that went to the old one opens
    it. Who is registered with the new one already, whom the caller tells; else the registration stands.
    """
    outbox.withdraw(registration.receipt)
    address_links.spoil(registration.id)
    registration.email = address
    words = (registration.name, registration.association, address, registration.phone)
    registration.folded = fold(" ".join(filter(None, words)))
    earlier = same_person(meeting, registration, but=registration.id)
    if earlier is None:
        _stand(registration, meeting, now)
        session.flush()
    else:
        _repeat(registration, meeting, now)
    return earlier


def _stand(registration: Registration, meeting: Meeting, now: datetime) -> None:
    """The address it stood for was somebody's; this one is nobody's yet: it has the place its page shows,
    which was held for a delegate, and for anybody else if one is still free.
    """
    if registration.state != RegistrationState.REPEATED:
        return
    shown, registration.shown_as = registration.standing, None
    if registration.entry == EntryChannel.DELEGATION:
        registration.state = shown
        return
    occupancy = places.places_of(meeting, now)
    is_open = occupancy.is_open_to(registration.claims) and not places.somebody_is_next(meeting, occupancy)
    has_place = shown == RegistrationState.OFFERED and is_open
    registration.state = RegistrationState.OFFERED if has_place else RegistrationState.WAITING
    registration.yields_at = terms.yields_at(meeting, now) if has_place else None


def _repeat(registration: Registration, meeting: Meeting, now: datetime) -> None:
    """The new address is registered already: this row stands for nothing, and its place is free."""
    if registration.state == RegistrationState.REPEATED:
        return
    registration.state, registration.shown_as = RegistrationState.REPEATED, registration.state
    session.flush()
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
