"""Reads of the meetings: one function a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.core.secrets import read_receipt
from cocreation.core.text import fold
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association, Region
from cocreation.meetings.models import Meeting, Registration, RegistrationState

Meetings = Select[Meeting]


def get_meeting(reference: str) -> Meeting:
    """An announced meeting, with all its page shows. Raises NotFound."""
    announced = _whole(select(Meeting)).where(Meeting.announced_at.is_not(None))
    return found(session.scalars(announced.where(Meeting.reference == reference)).unique().one_or_none())


def get_any_meeting(reference: str) -> Meeting:
    """A meeting for those who run it, announced or not. Raises NotFound."""
    return found(
        session.scalars(_whole(select(Meeting)).where(Meeting.reference == reference)).unique().one_or_none()
    )


def upcoming(region: str, now: datetime, cursor: str | None = None, size: int = 20) -> Page[Meeting]:
    """Announced meetings that are not over, the next one first."""
    calendar = joinedload(Meeting.cycle).selectinload(Cycle.phases)
    ahead = _public(region).where(Meeting.ends_at > now).options(calendar)
    return page(ahead, Meeting.starts_at, Meeting.id, cursor=cursor, size=size, descending=False)


def past(region: str, now: datetime, cursor: str | None = None, size: int = 20) -> Page[Meeting]:
    """Announced meetings that are over, the latest first."""
    over = _public(region).where(Meeting.ends_at <= now)
    return page(over, Meeting.starts_at, Meeting.id, cursor=cursor, size=size)


def confirmed_counts(meetings: Collection[Meeting]) -> dict[int, int]:
    """How many confirmed people each of `meetings` has, by its id."""
    if not meetings:
        return {}
    counted = (
        select(Registration.meeting_id, func.count())
        .where(Registration.meeting_id.in_([each.id for each in meetings]))
        .where(Registration.state == RegistrationState.CONFIRMED)
        .group_by(Registration.meeting_id)
    )
    return dict(iter(session.execute(counted)))


def regions() -> list[Region]:
    """The twelve regions, in the order of their codes."""
    return list(session.scalars(select(Region).order_by(Region.code)))


def get_registration(receipt: str) -> Registration:
    """A registration by its receipt as somebody typed it, with its meeting. Raises NotFound."""
    known = select(Registration).where(Registration.receipt == read_receipt(receipt))
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    support = joinedload(Registration.meeting).joinedload(Meeting.support)
    options = (meeting, support, joinedload(Registration.workshop), selectinload(Registration.moves))
    return found(session.scalar(known.options(*options)))


def run_by(person: Person, cursor: str | None = None) -> Page[Meeting]:
    """The meetings a member of the staff runs, the latest first, drafts included."""
    calendar = joinedload(Meeting.cycle).selectinload(Cycle.phases)
    theirs = select(Meeting).options(calendar)
    if not runs_everything(person):
        theirs = theirs.where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))
    return page(theirs, Meeting.starts_at, Meeting.id, cursor=cursor)


def participants(
    meeting: Meeting, typed: str = "", state: RegistrationState | None = None, cursor: str | None = None
) -> Page[Registration]:
    """The registrations of a meeting as they came, narrowed by words of a name, address or association."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id)
    for word in fold(typed).split():
        theirs = theirs.where(Registration.folded.contains(word, autoescape=True))
    if state is not None:
        theirs = theirs.where(Registration.state == state)
    theirs = theirs.options(joinedload(Registration.workshop))
    return page(theirs, Registration.id, cursor=cursor, size=50, descending=False)


def get_participant(meeting: Meeting, number: int) -> Registration:
    """One registration of a meeting by its id, with its history and who wrote it in. Raises NotFound."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id, Registration.id == number)
    options = (
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        selectinload(Registration.moves),
    )
    return found(session.scalar(theirs.options(*options)))


def all_participants(meeting: Meeting) -> Iterator[Registration]:
    """Every registration of a meeting as they came, for its export; age and gender are not among it."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id).order_by(Registration.id)
    yield from session.scalars(
        theirs.options(joinedload(Registration.workshop)).execution_options(yield_per=500)
    )


def verified_associations() -> list[Association]:
    """Associations that may coordinate a meeting."""
    verified = select(Association).where(Association.verified_at.is_not(None))
    return list(session.scalars(verified.order_by(Association.name)))


def cycles_with_themes() -> list[Cycle]:
    """All cycles with their themes, the latest first."""
    cycles = select(Cycle).options(selectinload(Cycle.themes))
    return list(session.scalars(cycles.order_by(Cycle.starts_on.desc(), Cycle.id.desc())))


def _public(region: str) -> Meetings:
    meetings = select(Meeting).where(Meeting.announced_at.is_not(None)).options(joinedload(Meeting.regions))
    return meetings.where(Meeting.regions.any(Region.code == region)) if region else meetings


def _whole(meetings: Meetings) -> Meetings:
    """Three statements: the meeting with its few regions and workshops, its programme, the calendar."""
    options: tuple[Any, ...] = (
        joinedload(Meeting.regions),
        joinedload(Meeting.workshops),
        joinedload(Meeting.coordinating_association),
        joinedload(Meeting.support),
        selectinload(Meeting.programme),
        joinedload(Meeting.cycle).selectinload(Cycle.phases),
    )
    return meetings.options(*options)
