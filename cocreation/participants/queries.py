"""What the organisers' pages about those who come show: the list, one person, workshops."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from cocreation.core.database import found, session
from cocreation.core.enums import Named
from cocreation.core.paging import Page, page
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import (
    LIVE,
    Registration,
    RegistrationEvent,
    RegistrationState,
)
from cocreation.places.queries import counts, left
from cocreation.registration.queries import SAID, STANDS
from cocreation.text.spelling import fold

# Whom nobody has reached yet: by no link, no call.
UNCONFIRMED = Registration.state.in_(LIVE) & (
    Registration.address_confirmed_at.is_(None) | (Registration.confirmed_by == Confirmation.RULE)
)


class ListOrder(Named):
    """In which order the list of participants stands."""

    CAME = "came", _l("As they came")
    NAME = "name", _l("By name")
    ASSOCIATION = "association", _l("By association")


KEYS = {
    ListOrder.CAME: (Registration.id,),
    ListOrder.NAME: (Registration.name, Registration.id),
    ListOrder.ASSOCIATION: (Registration.association_or_none, Registration.id),
}


@dataclass(frozen=True)
class ListFilter:
    """What narrows the list of participants: words of a name, address or association, a state, a workshop,
    those nobody has confirmed; and its order.
    """

    typed: str = ""
    state: RegistrationState | None = None
    workshop: int | None = None
    is_unconfirmed: bool = False
    order: ListOrder = ListOrder.CAME


def list_participants(
    meeting: Meeting, narrowed: ListFilter, cursor: str | None = None
) -> Page[Registration]:
    """The registrations of a meeting. Where nobody is left behind `cursor`, from the beginning."""
    registrations = _narrow(meeting, narrowed)
    if narrowed.state is not None:
        registrations = registrations.where(Registration.state == narrowed.state)
    keys = KEYS[narrowed.order]
    registrations = registrations.options(
        joinedload(Registration.workshop), *(undefer(key) for key in keys[:-1])
    )
    people = page(registrations, *keys, cursor=cursor, size=50, descending=False)
    return page(registrations, *keys, size=50, descending=False) if cursor and not people.items else people


def state_counts(meeting: Meeting, narrowed: ListFilter) -> tuple[list[tuple[RegistrationState, int]], int]:
    """How many are in each state, of those that are left by what else narrows the list; and how many of all
    these nobody has confirmed.
    """
    pending = func.count(case((UNCONFIRMED, 1)))
    counted = _narrow(meeting, narrowed).with_only_columns(Registration.state, func.count(), pending)
    rows = {state: rest for state, *rest in session.execute(counted.group_by(Registration.state))}
    counts = [(state, rows[state][0]) for state in RegistrationState if state in rows]
    return counts, sum(unconfirmed for _count, unconfirmed in rows.values())


def decidable(
    meeting: Meeting, numbers: Collection[int], states: Collection[RegistrationState]
) -> list[Registration]:
    """Who of these is in one of the states, in the order in which they came; and not confirmed yet, where any
    state that is live will do.
    """
    people = select(Registration).where(Registration.meeting_id == meeting.id, Registration.id.in_(numbers))
    if states is LIVE:
        people = people.where(UNCONFIRMED)
    return list(session.scalars(people.where(Registration.state.in_(states)).order_by(Registration.id)))


def _narrow(meeting: Meeting, narrowed: ListFilter) -> Select[Registration]:
    registrations = select(Registration).where(Registration.meeting_id == meeting.id, STANDS)
    if narrowed.is_unconfirmed:
        registrations = registrations.where(UNCONFIRMED)
    if narrowed.workshop:
        registrations = registrations.where(Registration.workshop_id == narrowed.workshop)
    for word in fold(narrowed.typed).split():
        registrations = registrations.where(Registration.folded.contains(word, autoescape=True))
    return registrations


def get_participant(meeting: Meeting, number: int) -> Registration:
    """One registration of a meeting by its id, with its history and who wrote it in. Raises NotFound."""
    registrations = select(Registration).where(
        Registration.meeting_id == meeting.id, Registration.id == number, STANDS
    )
    options = (
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        joinedload(Registration.delegation),
        *SAID,
    )
    return found(session.scalars(registrations.options(*options)).unique().one_or_none())


def all_participants(meeting: Meeting) -> Iterator[Registration]:
    """Every registration of a meeting as they came, for its export."""
    registrations = select(Registration).where(Registration.meeting_id == meeting.id, STANDS)
    registrations = registrations.order_by(Registration.id)
    replies = selectinload(Registration.replies)
    yield from session.scalars(
        registrations.options(
            joinedload(Registration.workshop),
            joinedload(Registration.needs),
            joinedload(Registration.demographics),
            replies,
        ).execution_options(yield_per=500)
    )


def without_workshop(meeting: Meeting, cursor: str | None = None) -> Page[Registration]:
    """Confirmed people who are in no workshop, in the order they came, with their wishes."""
    registrations = select(Registration).where(
        Registration.meeting_id == meeting.id,
        Registration.state == RegistrationState.CONFIRMED,
        Registration.workshop_id.is_(None),
    )
    registrations = registrations.options(selectinload(Registration.wishes))
    return page(registrations, Registration.id, cursor=cursor, size=50, descending=False)


def wishes_of(meeting: Meeting) -> dict[tuple[int, int], int]:
    """How many confirmed people wish for a workshop, by its id and the rank of the wish."""
    counted = (
        select(WorkshopWish.workshop_id, WorkshopWish.rank, func.count())
        .join(Registration, Registration.id == WorkshopWish.registration_id)
        .where(Registration.meeting_id == meeting.id)
        .where(Registration.state == RegistrationState.CONFIRMED)
        .group_by(WorkshopWish.workshop_id, WorkshopWish.rank)
    )
    return {(workshop, rank): count for workshop, rank, count in session.execute(counted)}


def promotion(meeting: Meeting) -> tuple[int, int]:
    """Of those who move up since there are many more places: how many have, and how many will in all."""
    moved = select(func.count(RegistrationEvent.id)).join(
        Registration, Registration.id == RegistrationEvent.registration_id
    )
    moved = moved.where(
        Registration.meeting_id == meeting.id,
        RegistrationEvent.state == RegistrationState.CONFIRMED,
        RegistrationEvent.workshop_id.is_(None),
        RegistrationEvent.at >= meeting.promoting_since,
    )
    counted, done = counts(meeting), session.scalar(moved) or 0
    return done, done + min(left(meeting, counted), counted[RegistrationState.WAITING])
