"""Those who come: one registration, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.core.secrets import digest, read_receipt
from cocreation.core.text.spelling import fold
from cocreation.cycles.models import Cycle
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.queries.public import counts, left
from cocreation.places.models.answers import Wish
from cocreation.places.models.confirmation import AddressLink, Confirmation
from cocreation.places.models.registration import LIVE, Delegation, Move, Registration, RegistrationState

# Who is registered in truth, not only on the page of a receipt.
STANDS = Registration.state != RegistrationState.REPEATED
# Whom nobody has reached yet: by no link, no call.
UNCONFIRMED = Registration.state.in_(LIVE) & (
    Registration.address_confirmed_at.is_(None) | (Registration.confirmed_by == Confirmation.RULE)
)
# What somebody said and what happened to them.
SAID = (
    joinedload(Registration.needs),
    joinedload(Registration.wishes),
    selectinload(Registration.replies),
    selectinload(Registration.moves),
)


def get_registration(receipt: str) -> Registration:
    """A registration by its receipt as somebody typed it, with all its page shows. Raises NotFound."""
    known = select(Registration).where(Registration.receipt == read_receipt(receipt))
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    options = (
        meeting,
        joinedload(Registration.meeting).selectinload(Meeting.workshops),
        joinedload(Registration.meeting).joinedload(Meeting.support),
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        joinedload(Registration.delegation),
        *SAID,
    )
    return found(session.scalars(known.options(*options)).unique().one_or_none())


def to_confirm(token: str) -> Registration:
    """The registration whose address the link of a mail confirms, with its meeting. Raises NotFound."""
    link = select(AddressLink.registration_id).where(AddressLink.digest == digest(token))
    known = select(Registration).where(Registration.id.in_(link), STANDS)
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    return found(session.scalar(known.options(meeting)))


def participants(
    meeting: Meeting,
    typed: str = "",
    state: RegistrationState | None = None,
    cursor: str | None = None,
    *,
    unconfirmed: bool = False,
) -> Page[Registration]:
    """The registrations of a meeting as they came, narrowed by words of a name, address or association, by
    their state, to those nobody has confirmed.
    """
    theirs = select(Registration).where(Registration.meeting_id == meeting.id, STANDS)
    if unconfirmed:
        theirs = theirs.where(UNCONFIRMED)
    for word in fold(typed).split():
        theirs = theirs.where(Registration.folded.contains(word, autoescape=True))
    if state is not None:
        theirs = theirs.where(Registration.state == state)
    theirs = theirs.options(joinedload(Registration.workshop))
    return page(theirs, Registration.id, cursor=cursor, size=50, descending=False)


def count_unconfirmed(meeting: Meeting) -> int:
    """How many registrations of a meeting nobody has confirmed yet."""
    pending = select(func.count()).where(Registration.meeting_id == meeting.id, UNCONFIRMED)
    return session.scalar(pending) or 0


def get_participant(meeting: Meeting, number: int) -> Registration:
    """One registration of a meeting by its id, with its history and who wrote it in. Raises NotFound."""
    theirs = select(Registration).where(
        Registration.meeting_id == meeting.id, Registration.id == number, STANDS
    )
    options = (
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        joinedload(Registration.delegation),
        *SAID,
    )
    return found(session.scalars(theirs.options(*options)).unique().one_or_none())


def all_participants(meeting: Meeting) -> Iterator[Registration]:
    """Every registration of a meeting as they came, for its export; age and gender are not among it."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id, STANDS)
    theirs = theirs.order_by(Registration.id)
    replies = selectinload(Registration.replies)
    yield from session.scalars(
        theirs.options(
            joinedload(Registration.workshop), joinedload(Registration.needs), replies
        ).execution_options(yield_per=500)
    )


def get_delegation(receipt: str) -> tuple[Delegation, list[Registration]]:
    """A delegation by its receipt as somebody typed it, with its meeting and its people. Raises NotFound."""
    known = select(Delegation).where(Delegation.receipt == read_receipt(receipt))
    meeting = joinedload(Delegation.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    delegation = found(session.scalar(known.options(meeting)))
    people = select(Registration).where(Registration.delegation_id == delegation.id)
    return delegation, list(session.scalars(people.order_by(Registration.id)))


def without_workshop(meeting: Meeting, cursor: str | None = None) -> Page[Registration]:
    """Confirmed people who are in no workshop, in the order they came, with their wishes."""
    theirs = select(Registration).where(
        Registration.meeting_id == meeting.id,
        Registration.state == RegistrationState.CONFIRMED,
        Registration.workshop_id.is_(None),
    )
    theirs = theirs.options(selectinload(Registration.wishes))
    return page(theirs, Registration.id, cursor=cursor, size=50, descending=False)


def wishes_of(meeting: Meeting) -> dict[tuple[int, int], int]:
    """How many confirmed people wish for a workshop, by its id and the rank of the wish."""
    counted = (
        select(Wish.workshop_id, Wish.rank, func.count())
        .join(Registration, Registration.id == Wish.registration_id)
        .where(Registration.meeting_id == meeting.id)
        .where(Registration.state == RegistrationState.CONFIRMED)
        .group_by(Wish.workshop_id, Wish.rank)
    )
    return {(workshop, rank): count for workshop, rank, count in session.execute(counted)}


def promotion(meeting: Meeting) -> tuple[int, int]:
    """Of those who move up since there are many more places: how many have, and how many will in all."""
    moved = select(func.count(Move.id)).join(Registration, Registration.id == Move.registration_id)
    moved = moved.where(
        Registration.meeting_id == meeting.id,
        Move.state == RegistrationState.CONFIRMED,
        Move.workshop_id.is_(None),
        Move.at >= meeting.promoting_since,
    )
    there, done = counts(meeting), session.scalar(moved) or 0
    return done, done + min(left(meeting, there), there[RegistrationState.WAITING])
