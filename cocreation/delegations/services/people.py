"""What an association does with those it has named: withdraw or replace one, correct an address, remind.

Known by the receipt of the delegation; a delegate by their number in its list, from 1 on, which nothing that
is done here moves. All of it under the meeting's lock. What its page shows is the same whether an address was
registered already or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cocreation.core import secrets
from cocreation.core.clock import day_of
from cocreation.core.database import found, session
from cocreation.delegations import emails, refusals
from cocreation.delegations.services.delegates import Delegate, DelegatingAssociation, participant_of
from cocreation.directory.queries import verified_name
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places import emails as places_emails
from cocreation.places.models.confirmation import AddressLink
from cocreation.places.models.registration import (
    LIVE,
    TAKEN,
    Delegation,
    EntryChannel,
    Registration,
    RegistrationState,
)
from cocreation.places.services import address_links, places, terms
from cocreation.places.services.locks import lock_registration, same_person
from cocreation.registration.refusals import AlreadyConfirmed, LinksEnough
from cocreation.registration.services import addresses
from cocreation.registration.services.confirmation import check_links_left
from cocreation.registration.services.registrations import add, give_up

REPLACED_A_DAY = 10  # a list of addresses to write to is not made of one delegation


def withdraw(receipt: str, number: int, *, now: datetime) -> Registration:
    """Take one delegate off the list: they are told, and their place goes to the next.

    Raises NotFound, NotOnTheList, CalledOff, AlreadyOver.
    """
    _, meeting, registration = _lock(receipt, number, now)
    _take_off(registration, meeting, now)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    return registration


def replace(
    receipt: str, number: int, delegate: Delegate, *, once: str, now: datetime, network: str | None = None
) -> Registration:
    """Name somebody else for the place, or the wait, of one delegate, who is told. Whoever comes instead gets
    the mail of a delegate and answers by their own link. The form sent again (`once`) changes nothing.

    Raises NotFound, NotOnTheList, NamedTwice, ReplacedEnough, CalledOff, AlreadyOver.
    """
    delegation, meeting, registration = _lock(receipt, number, now)
    sent = session.scalar(select(Registration).where(Registration.once == f"{delegation.once}-{once}"))
    if sent is not None:
        return sent
    _check_replaced(delegation, now)
    _check_alone(delegation, delegate.email, but=registration)
    has_place = registration.standing in TAKEN
    _take_off(registration, meeting, now)
    party = DelegatingAssociation(
        delegation.association, delegation.contact, delegation.email, delegation.language
    )
    details = {"entry": EntryChannel.DELEGATION, "delegation_id": delegation.id, "network": network}
    person, number_of_sending = participant_of(party, delegate), f"{delegation.once}-{once}"
    fresh = add(meeting, person, once=number_of_sending, now=now, confirmed=False, **details)
    fresh.claims = list(registration.claims)
    if has_place:
        fresh.state, fresh.yields_at = RegistrationState.OFFERED, terms.yields_at(meeting, now)
    earlier = same_person(meeting, fresh)
    if earlier is not None:
        fresh.state, fresh.shown_as = RegistrationState.REPEATED, fresh.state
    session.flush()
    places.note(fresh, now=now)
    _write_to(delegation, meeting, [fresh], [earlier] if earlier else [], now)
    return fresh


def correct(receipt: str, number: int, address: str, *, now: datetime) -> Registration:
    """Write to `address` (in small letters) instead, or to the same once more. Whoever got the mail that went
    astray cannot open the registration by it any more.

    Raises NotFound, NotOnTheList, AlreadyConfirmed, NamedTwice, LinksEnough, CalledOff, AlreadyOver.
    """
    delegation, meeting, registration = _lock(receipt, number, now)
    if not registration.is_pending:
        raise AlreadyConfirmed
    check_links_left(registration, now)
    if registration.email == address:
        _write_to(delegation, meeting, [registration], _earlier(meeting, [registration]), now)
        return registration
    _check_alone(delegation, address, but=registration)
    earlier = addresses.readdress(registration, meeting, address, now=now)
    registration.receipt = secrets.new_receipt()
    session.flush()
    _write_to(delegation, meeting, [registration], [earlier] if earlier else [], now)
    return registration


def remind(receipt: str, *, now: datetime) -> int:
    """Write once more to all who have not answered and were not written to too often; how many.

    Raises NotFound, LinksEnough where there is nobody, CalledOff, AlreadyOver.
    """
    delegation = of_receipt(receipt)
    meeting = lock_meeting(delegation.meeting_id)
    check_still_ahead(meeting, now)
    people = to_remind(people_of(delegation), now)
    if not people:
        raise LinksEnough
    _write_to(delegation, meeting, people, _earlier(meeting, people), now)
    return len(people)


def to_remind(people: Sequence[Registration], now: datetime) -> list[Registration]:
    """Those of a list whom a reminder reaches: they have not answered, and may be written to once more."""
    pending = [person for person in people if person.is_pending and person.email]
    sent = _mails_sent([person.id for person in pending])

    def has_left(moments: Sequence[datetime]) -> bool:
        today = sum(day_of(moment) == day_of(now) for moment in moments)
        return len(moments) < address_links.MOST and today < address_links.MOST_A_DAY

    return [person for person in pending if has_left(sent[person.id])]


def _mails_sent(numbers: Sequence[int]) -> defaultdict[int, list[datetime]]:
    """When the registrations with these ids were written to, in one statement."""
    moments: defaultdict[int, list[datetime]] = defaultdict(list)
    links = select(AddressLink.registration_id, AddressLink.sent_at)
    for number, sent_at in session.execute(links.where(AddressLink.registration_id.in_(numbers))):
        moments[number].append(sent_at)
    return moments


def _lock(receipt: str, number: int, now: datetime) -> tuple[Delegation, Meeting, Registration]:
    """A delegation, its meeting and one of its people, the two last locked. Raises NotFound, NotOnTheList,
    CalledOff, AlreadyOver.
    """
    delegation = of_receipt(receipt)
    people = people_of(delegation)
    meeting, registration = lock_registration(found(dict(enumerate(people, 1)).get(number)).receipt)
    check_still_ahead(meeting, now)
    if not registration.seems_live:
        raise refusals.NotOnTheList
    return delegation, meeting, registration


def of_receipt(receipt: str) -> Delegation:
    """A delegation by its receipt. Raises NotFound."""
    return found(session.scalar(select(Delegation).where(Delegation.receipt == receipt)))


def people_of(delegation: Delegation) -> Sequence[Registration]:
    """Those an association has named, in the order of its list, from number 1 on."""
    people = select(Registration).where(Registration.delegation_id == delegation.id)
    return session.scalars(people.order_by(Registration.id)).all()


def _take_off(registration: Registration, meeting: Meeting, now: datetime) -> None:
    """End a registration; whom it stood for is told by a mail."""
    give_up(registration, now=now)
    session.flush()
    if registration.state == RegistrationState.CANCELLED:
        places_emails.tell(registration, meeting, emails.WITHDRAWN, now=now)


def _check_replaced(delegation: Delegation, now: datetime) -> None:
    today = sum(
        person.registered_at > delegation.created_at and day_of(person.registered_at) == day_of(now)
        for person in people_of(delegation)
    )
    if today >= REPLACED_A_DAY:
        raise refusals.ReplacedEnough


def _check_alone(delegation: Delegation, address: str, *, but: Registration) -> None:
    """Nobody else of the list has this address. Raises NamedTwice."""
    for person in people_of(delegation):
        if person.email == address and person.seems_live and person.id != but.id:
            raise refusals.NamedTwice(other=person.name)


def _earlier(meeting: Meeting, people: Sequence[Registration]) -> Sequence[Registration]:
    """Who of `people` stands for nothing because their address is registered: those registrations."""
    addresses_repeated = [person.email for person in people if person.state == RegistrationState.REPEATED]
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    same = (Registration.meeting_id == meeting.id, live, Registration.email.in_(addresses_repeated))
    return session.scalars(select(Registration).where(*same)).all() if addresses_repeated else []


def _write_to(
    delegation: Delegation,
    meeting: Meeting,
    people: Sequence[Registration],
    earlier: Sequence[Registration],
    now: datetime,
) -> None:
    """The mail of a delegate, as when they were named; who was registered already is told so, once a day."""
    by = verified_name(delegation.association) or ""
    offered = [person for person in people if person.state == RegistrationState.OFFERED]
    waiting = [person for person in people if person.state == RegistrationState.WAITING]
    for person in people:
        address_links.count_sent(person.id, now=now)
    places_emails.tell_all(offered, meeting, places_emails.OFFERED, now=now, association=by, named=True)
    places_emails.tell_all(
        waiting, meeting, places_emails.WAITING, now=now, turn=None, association=by, named=True
    )
    for registration in earlier:
        places_emails.tell(registration, meeting, places_emails.ALREADY, now=now, at=str(day_of(now)))
