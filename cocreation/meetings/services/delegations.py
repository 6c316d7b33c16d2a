"""An association registers several people in one form: all of them or nobody.

A place is held for each until they answer by their own link, as for somebody of the waiting list; when there
is none they wait, in the order of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings import emails
from cocreation.meetings.models import (
    LIVE,
    Capacity,
    Delegation,
    Entry,
    Meeting,
    Registration,
    RegistrationState,
)
from cocreation.meetings.services import allocating, places, refusals
from cocreation.meetings.services.registering import (
    Participant,
    add,
    check_association,
    check_open,
    lock_meeting,
)

MOST = 50  # delegates in one form


@dataclass(frozen=True)
class Party:
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


class RowsRefused(Invalid):
    """What is wrong with which delegates, by their place in the list."""

    sentence = _l("Nobody was registered: look at the delegates marked below.")

    def __init__(self, rows: dict[int, Refusal]) -> None:
        super().__init__()
        self.rows = rows


def register_delegation(
    meeting_id: int, party: Party, delegates: Sequence[Delegate], *, once: str, now: datetime
) -> Delegation:
    """Register all of `delegates`, each with a place held for them or a turn in the waiting list.

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
    _check_rows(meeting, delegates)
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
    people = [_participant(party, each) for each in delegates]
    _register_all(meeting, delegation, people, now)
    emails.tell_association(delegation, meeting, len(people))
    return delegation


def _register_all(
    meeting: Meeting, delegation: Delegation, people: Sequence[Participant], now: datetime
) -> None:
    there, until = places.places_of(meeting, now), places.answer_until(meeting, now)
    somebody_waits = places.somebody_is_next(meeting, there)
    queued_at, before = there.end_of_queue(now), there.waiting
    given: list[Registration] = []
    waiting: list[Registration] = []
    for number, each in enumerate(people):
        once, how = f"{delegation.once}-{number}", {"entry": Entry.DELEGATION, "delegation_id": delegation.id}
        has_place = not somebody_waits and there.is_open_to(each.claims)
        registration = add(meeting, each, once=once, now=now, confirmed=has_place and not until, **how)
        if has_place:
            there.take(each.claims)
            given.append(registration)
        else:
            registration.queued_at = queued_at
            waiting.append(registration)
        if has_place and until:
            registration.state, registration.answer_by = RegistrationState.OFFERED, until
    session.flush()
    for registration in (*given, *waiting):
        places.note(registration, now=now)
    if not until:
        allocating.give(meeting, [each.id for each in given], now=now)
    by = {"association": delegation.association}
    emails.tell_all(given, meeting, "offered" if until else "confirmed", now=now, **by)
    for turn, registration in enumerate(waiting, before + 1):
        emails.tell(registration, meeting, "waiting", now=now, turn=turn, **by)


def _participant(party: Party, delegate: Delegate) -> Participant:
    return Participant(
        name=delegate.name,
        email=delegate.email,
        phone=None,
        capacity=Capacity.ASSOCIATION,
        language=party.language,
        association=party.association,
    )


def _check_rows(meeting: Meeting, delegates: Sequence[Delegate]) -> None:
    """Nobody twice in the list, nobody who is registered already. Raises RowsRefused."""
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    same = Registration.email.in_([each.email for each in delegates])
    here = select(Registration.email).where(Registration.meeting_id == meeting.id, live, same)
    known = set(session.scalars(here))
    rows: dict[int, Refusal] = {}
    seen: dict[str, int] = {}
    for row, each in enumerate(delegates):
        if each.email in seen:
            rows[row] = refusals.NamedTwice(other=delegates[seen[each.email]].name)
        elif each.email in known:
            rows[row] = refusals.RegisteredBefore()
        seen.setdefault(each.email, row)
    if rows:
        raise RowsRefused(rows)
