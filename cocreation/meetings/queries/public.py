"""The public pages of the meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Province, Region
from cocreation.meetings.models.meeting import Meeting, Organiser
from cocreation.meetings.models.programme import Workshop
from cocreation.places.models.registration import TAKEN, Registration, RegistrationState

COUNTED = timedelta(days=1)  # how long somebody counts who was registered already


def get_meeting(reference: str) -> Meeting:
    """An announced meeting, with all its page shows. Raises NotFound."""
    announced = whole(select(Meeting)).where(Meeting.announced_at.is_not(None))
    return found(session.scalars(announced.where(Meeting.reference == reference)).unique().one_or_none())


def get_meeting_to_register(reference: str) -> Meeting:
    """An announced meeting, with what its form of registration offers; two statements. Raises NotFound."""
    options = (
        joinedload(Meeting.regions),
        joinedload(Meeting.workshops),
        joinedload(Meeting.quotas),
        joinedload(Meeting.cycle).selectinload(Cycle.phases),
    )
    announced = select(Meeting).where(Meeting.announced_at.is_not(None), Meeting.reference == reference)
    return found(session.scalars(announced.options(*options)).unique().one_or_none())


def upcoming(region: str, now: datetime, cursor: str | None = None, size: int = 20) -> Page[Meeting]:
    """Announced meetings that are not over, the next one first."""
    calendar = joinedload(Meeting.cycle).selectinload(Cycle.phases)
    ahead = _public(region).where(Meeting.ends_at > now).options(calendar)
    return page(ahead, Meeting.starts_at, Meeting.id, cursor=cursor, size=size, descending=False)


def past(region: str, now: datetime, cursor: str | None = None, size: int = 20) -> Page[Meeting]:
    """Announced meetings that are over, the latest first."""
    over = _public(region).where(Meeting.ends_at <= now)
    return page(over, Meeting.starts_at, Meeting.id, cursor=cursor, size=size)


def taken_counts(meetings: Collection[Meeting], now: datetime | None = None) -> dict[int, int]:
    """How many places of each of `meetings` are taken or held for somebody, by its id; with `now` as the
    public counts them (`public_counts`).
    """
    if not meetings:
        return {}
    taken: ColumnElement[bool] = Registration.state.in_(TAKEN)
    if now is not None:
        taken |= _shown([each.id for each in meetings], now) & Registration.shown_as.in_(TAKEN)
    counted = (
        select(Registration.meeting_id, func.count())
        .where(Registration.meeting_id.in_([each.id for each in meetings]))
        .where(taken)
        .group_by(Registration.meeting_id)
    )
    return dict(iter(session.execute(counted)))


def counts(meeting: Meeting) -> Counter[RegistrationState]:
    """How many registrations of `meeting` are in each state, read from the index alone."""
    counted = select(Registration.state, func.count()).where(Registration.meeting_id == meeting.id)
    return Counter(dict(iter(session.execute(counted.group_by(Registration.state)))))


def public_counts(meeting: Meeting, now: datetime) -> Counter[RegistrationState]:
    """The same for the public: who sent the form with an address that was registered already counts, for as
    long as a place is held, as what their receipt shows them, so that no count tells of an address. On the
    waiting list are those who have a turn: who confirmed.
    """
    in_line = Registration.address_confirmed_at.is_not(None)
    counted = (
        select(Registration.state, func.count())
        .where(Registration.meeting_id == meeting.id, Registration.state != RegistrationState.REPEATED)
        .where((Registration.state != RegistrationState.WAITING) | in_line)
        .group_by(Registration.state)
    )
    shown = (
        select(Registration.shown_as, func.count())
        .where(_shown([meeting.id], now))
        .where((Registration.shown_as != RegistrationState.WAITING) | in_line)
        .group_by(Registration.shown_as)
    )
    total: Counter[RegistrationState] = Counter()
    both: Any = union_all(counted, shown)
    for state, count in session.execute(both):
        total[RegistrationState(state)] += count
    return total


def left(meeting: Meeting, counted: Counter[RegistrationState]) -> int:
    """How many places nobody has and none is held for, as `counts` counted them."""
    return max(0, meeting.places - sum(counted[each] for each in TAKEN))


def _shown(meetings: Collection[int], now: datetime) -> ColumnElement[bool]:
    """The rows of these meetings that stand for nothing and are counted as long as a place is held."""
    return and_(
        Registration.meeting_id.in_(meetings),
        Registration.state == RegistrationState.REPEATED,
        Registration.yields_at.is_(None) | (Registration.yields_at > now),
        Registration.registered_at > now - COUNTED,
    )


def regions() -> list[Region]:
    """The twelve regions, in the order of their codes."""
    return list(session.scalars(select(Region).order_by(Region.code)))


def provinces(regions: Iterable[Region] | None = None) -> list[Province]:
    """The provinces and prefectures of `regions`, all of them without, in the order of their codes."""
    rows = select(Province).order_by(Province.code)
    if regions is not None:
        rows = rows.where(Province.region_code.in_([each.code for each in regions]))
    return list(session.scalars(rows))


def _public(region: str) -> Select[Meeting]:
    meetings = select(Meeting).where(Meeting.announced_at.is_not(None)).options(joinedload(Meeting.regions))
    return meetings.where(Meeting.regions.any(Region.code == region)) if region else meetings


def whole(meetings: Select[Meeting]) -> Select[Meeting]:
    """Three statements: the meeting with its few regions and workshops, its programme, the calendar."""
    options: tuple[Any, ...] = (
        joinedload(Meeting.regions),
        joinedload(Meeting.workshops).joinedload(Workshop.room),
        joinedload(Meeting.coordinating_association),
        joinedload(Meeting.organisers).joinedload(Organiser.association),
        joinedload(Meeting.quotas),
        joinedload(Meeting.support),
        selectinload(Meeting.programme),
        joinedload(Meeting.cycle).selectinload(Cycle.phases),
    )
    return meetings.options(*options)
