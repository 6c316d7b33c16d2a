"""An association registers several people in one form: all of them or nobody.

A place is held for each until they answer by their own link, and goes to somebody who confirmed and waits
for one when they take longer than others are given to confirm; when there is none they have a turn once they
say that they wish to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreation.core import secrets
from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.delegations import emails, refusals
from cocreation.delegations.refusals import RowsRefused
from cocreation.demographics.models import Capacity
from cocreation.directory.queries import verified_name
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_open, lock_meeting
from cocreation.places import emails as places_emails
from cocreation.places.models.registration import (
    LIVE,
    Delegation,
    EntryChannel,
    Registration,
    RegistrationState,
)
from cocreation.places.services import address_links, places, terms
from cocreation.registration.services.answers import Participant
from cocreation.registration.services.registrations import add, check_association

MOST = 50  # delegates in one form


@dataclass(frozen=True)
class DelegatingAssociation:
    """The association and who answers for it."""

    association: str
    contact: str
    email: str
    language: str


@dataclass(frozen=True)
class Delegate:
    """One of those it names; `email` in small letters."""

    name: str
    email: str


def register_delegation(
    meeting_id: int,
    party: DelegatingAssociation,
    delegates: Sequence[Delegate],
    *,
    once: str,
    now: datetime,
    network: str | None = None,
) -> Delegation:
    """Register all of `delegates`, each with a place held for them or a turn in the waiting list. Whose
    address is registered already is told so by mail and by nothing else: the list looks the same.

    Sent again, the form (`once`) gives the delegation of the first time. Raises what `check_open` does,
    NoDelegateNamed, TooManyOfOneAssociation and RowsRefused.
    """
    meeting = lock_meeting(meeting_id)
    sent = session.scalar(select(Delegation).where(Delegation.once == once))
    if sent is not None:
        return sent
    check_open(meeting, now)
    if not delegates:
        raise refusals.NoDelegateNamed
    _check_rows(delegates)
    check_association(meeting, party.association, len(delegates))
    delegation = Delegation(
        meeting_id=meeting.id,
        association=party.association,
        contact=party.contact,
        email=party.email,
        language=party.language,
        receipt=secrets.new_receipt(),
        once=once,
        created_at=now,
    )
    session.add(delegation)
    session.flush()
    people = [participant_of(party, delegate) for delegate in delegates]
    _register_all(meeting, delegation, people, network, now)
    emails.tell_association(delegation, meeting, len(people))
    return delegation


def _register_all(
    meeting: Meeting,
    delegation: Delegation,
    people: Sequence[Participant],
    network: str | None,
    now: datetime,
) -> None:
    occupancy = places.places_of(meeting, now)
    somebody_waits = places.somebody_is_next(meeting, occupancy)
    earlier = _known(meeting, people)
    held: list[Registration] = []
    waiting: list[Registration] = []
    named: list[Registration] = []
    for number, person in enumerate(people):
        details = {"entry": EntryChannel.DELEGATION, "delegation_id": delegation.id, "network": network}
        registration = add(
            meeting, person, once=f"{delegation.once}-{number}", now=now, confirmed=False, **details
        )
        named.append(registration)
        if has_place := not somebody_waits and occupancy.is_open_to(person.claims):
            registration.state, registration.yields_at = (
                RegistrationState.OFFERED,
                terms.yields_at(meeting, now),
            )
        if has_place:
            occupancy.take(person.claims)
        if person.email in earlier:
            registration.state, registration.shown_as = RegistrationState.REPEATED, registration.state
            continue
        (held if has_place else waiting).append(registration)
    session.flush()
    for registration in (*held, *waiting):
        places.note(registration, now=now)
    for registration in named:
        address_links.count_sent(registration.id, now=now)
    by = verified_name(delegation.association) or ""
    places_emails.tell_all(held, meeting, places_emails.OFFERED, now=now, association=by, named=True)
    places_emails.tell_all(
        waiting, meeting, places_emails.WAITING, now=now, turn=None, association=by, named=True
    )
    for registration in earlier.values():
        places_emails.tell(registration, meeting, places_emails.ALREADY, now=now, at=str(day_of(now)))


def _known(meeting: Meeting, people: Sequence[Participant]) -> dict[str | None, Registration]:
    """Who of `people` is registered already, by their address."""
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    same = Registration.email.in_([participant.email for participant in people])
    registrations = select(Registration).where(Registration.meeting_id == meeting.id, live, same)
    return {registration.email: registration for registration in session.scalars(registrations)}


def participant_of(party: DelegatingAssociation, delegate: Delegate) -> Participant:
    """A delegate as somebody who registers, in the language of whoever named them."""
    return Participant(
        name=delegate.name,
        email=delegate.email,
        phone=None,
        capacity=Capacity.ASSOCIATION,
        language=party.language,
        association=party.association,
    )


def _check_rows(delegates: Sequence[Delegate]) -> None:
    """Nobody twice in the list. Raises RowsRefused."""
    rows: dict[int, Refusal] = {}
    seen: dict[str, int] = {}
    for row, delegate in enumerate(delegates):
        if delegate.email in seen:
            rows[row] = refusals.NamedTwice(other=delegates[seen[delegate.email]].name)
        seen.setdefault(delegate.email, row)
    if rows:
        raise RowsRefused(rows)
