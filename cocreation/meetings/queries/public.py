"""The public pages of the meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Province, Region
from cocreation.meetings.models.meeting import Meeting, Organiser
from cocreation.meetings.models.programme import Workshop


def get_meeting(reference: str, *options: ORMOption) -> Meeting:
    """An announced meeting, with all that its page shows and what `options` load. Raises NotFound."""
    announced = with_parts(select(Meeting)).where(Meeting.announced_at.is_not(None)).options(*options)
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


def regions() -> list[Region]:
    """The twelve regions, in the order of their codes."""
    return list(session.scalars(select(Region).order_by(Region.code)))


def provinces(regions: Iterable[Region] | None = None) -> list[Province]:
    """The provinces and prefectures of `regions`, all of them without, in the order of their codes."""
    rows = select(Province).order_by(Province.code)
    if regions is not None:
        rows = rows.where(Province.region_code.in_([region.code for region in regions]))
    return list(session.scalars(rows))


def _public(region: str) -> Select[Meeting]:
    meetings = select(Meeting).where(Meeting.announced_at.is_not(None)).options(joinedload(Meeting.regions))
    return meetings.where(Meeting.regions.any(Region.code == region)) if region else meetings


def with_parts(meetings: Select[Meeting]) -> Select[Meeting]:
    """Three statements: the meeting with its few regions and workshops, its programme, the calendar."""
    options: tuple[Any, ...] = (
        joinedload(Meeting.regions),
        joinedload(Meeting.workshops).joinedload(Workshop.room),
        joinedload(Meeting.coordinating_association),
        joinedload(Meeting.organisers).joinedload(Organiser.association),
        joinedload(Meeting.quotas),
        selectinload(Meeting.programme),
        joinedload(Meeting.cycle).selectinload(Cycle.phases),
    )
    return meetings.options(*options)
