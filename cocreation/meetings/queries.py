"""Reads of the meetings: their pages, lists, programmes, photos and organisers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.accounts.models import Person, Role
from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association, Province, Region
from cocreation.meetings.models.meeting import (
    CommitteeMember,
    Meeting,
    Organiser,
    OrganiserKind,
    ProgrammeItem,
    Room,
    Workshop,
)
from cocreation.meetings.models.photos import Photo

# What an announcement cannot be shown without: whether its cycle is open for meetings.
CALENDAR = joinedload(Meeting.cycle).selectinload(Cycle.phases)
# Three statements: the meeting with its few regions and workshops, its programme, the calendar.
PARTS = (
    joinedload(Meeting.regions),
    joinedload(Meeting.workshops).joinedload(Workshop.room),
    joinedload(Meeting.coordinating_association),
    joinedload(Meeting.organisers).joinedload(Organiser.association),
    joinedload(Meeting.quotas),
    selectinload(Meeting.programme),
    CALENDAR,
)


def get_meeting(reference: str, *options: ORMOption) -> Meeting:
    """An announced meeting, with all that its page shows and what `options` load. Raises NotFound."""
    announced = select(Meeting).where(Meeting.announced_at.is_not(None)).options(*PARTS, *options)
    return found(session.scalars(announced.where(Meeting.reference == reference)).unique().one_or_none())


def get_meeting_to_register(reference: str) -> Meeting:
    """An announced meeting, with what its form of registration offers; two statements. Raises NotFound."""
    options = (
        joinedload(Meeting.regions),
        joinedload(Meeting.workshops),
        joinedload(Meeting.quotas),
        CALENDAR,
    )
    announced = select(Meeting).where(Meeting.announced_at.is_not(None), Meeting.reference == reference)
    return found(session.scalars(announced.options(*options)).unique().one_or_none())


def upcoming(region: str, now: datetime, cursor: str | None = None, size: int = 20) -> Page[Meeting]:
    """Announced meetings that are not over, the next one first."""
    ahead = _public(region).where(Meeting.ends_at > now).options(CALENDAR)
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


def get_any_meeting(reference: str, *options: ORMOption) -> Meeting:
    """A meeting for those who run it, announced or not, with what `options` load. Raises NotFound."""
    meetings = select(Meeting).where(Meeting.reference == reference).options(*PARTS, *options)
    return found(session.scalars(meetings).unique().one_or_none())


def run_by(person: Person, cursor: str | None = None) -> Page[Meeting]:
    """The meetings a member of the staff runs, the latest first, drafts included."""
    meetings = select(Meeting).options(CALENDAR)
    if not person.runs_everything:
        meetings = meetings.where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))
    return page(meetings, Meeting.starts_at, Meeting.id, cursor=cursor)


def verified_associations() -> list[Association]:
    """Associations that may coordinate a meeting."""
    verified = select(Association).where(Association.verified_at.is_not(None))
    return list(session.scalars(verified.order_by(Association.name)))


def cycles_with_themes() -> list[Cycle]:
    """All cycles with their themes, the latest first."""
    cycles = select(Cycle).options(selectinload(Cycle.themes))
    return list(session.scalars(cycles.order_by(Cycle.starts_on.desc(), Cycle.id.desc())))


SIZES = {"small": Photo.small, "large": Photo.content}


def photos_of(meeting_id: int) -> list[Photo]:
    """The photos of a meeting in their order, without their bytes. One statement."""
    photos = select(Photo).where(Photo.meeting_id == meeting_id)
    return list(session.scalars(photos.order_by(Photo.position, Photo.id)))


def gallery(meeting: Meeting, cursor: str | None = None, size: int = 10) -> Page[Photo]:
    """The same, a page of them. Raises Invalid."""
    photos = select(Photo).where(Photo.meeting_id == meeting.id)
    return page(photos, Photo.position, Photo.id, cursor=cursor, size=size, descending=False)


def photo_bytes(reference: str, photo_id: int, mark: str, size: str, *, public: bool) -> tuple[Photo, bytes]:
    """A photo and its bytes in one of SIZES; a `public` one is of an announced meeting.

    One statement. Raises NotFound, as where `mark` is another photo's.
    """
    photos = select(Photo).join(Meeting, Meeting.id == Photo.meeting_id).options(undefer(SIZES[size]))
    photos = photos.where(Meeting.reference == reference, Photo.id == photo_id)
    photo = found(session.scalar(photos.where(Meeting.announced_at.is_not(None)) if public else photos))
    if photo.mark != mark:
        raise NotFound
    return photo, photo.small if size == "small" else photo.content


@dataclass(frozen=True)
class Slot:
    """What happens at one time: one item, or those that run in parallel."""

    items: list[ProgrammeItem]

    @property
    def starts_at(self) -> datetime:
        return min(item.starts_at for item in self.items)

    @property
    def ends_at(self) -> datetime:
        return max(item.ends_at for item in self.items)


def slots(items: Sequence[ProgrammeItem]) -> list[Slot]:
    """`items` in the order of their times, those that overlap in one slot."""
    parts: list[Slot] = []
    for item in sorted(items, key=lambda item: (item.starts_at, item.id)):
        if parts and item.starts_at < parts[-1].ends_at:
            parts[-1].items.append(item)
        else:
            parts.append(Slot([item]))
    return parts


def items_of(meeting: Meeting) -> list[ProgrammeItem]:
    """The items of a meeting, with their rooms and workshops. One statement."""
    items = select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting.id)
    options = (
        joinedload(ProgrammeItem.room),
        joinedload(ProgrammeItem.workshop).joinedload(Workshop.room),
    )
    return list(session.scalars(items.options(*options).order_by(ProgrammeItem.starts_at, ProgrammeItem.id)))


def rooms(meeting: Meeting) -> list[Room]:
    """The rooms of the venue."""
    return list(session.scalars(select(Room).where(Room.meeting_id == meeting.id).order_by(Room.id)))


def named(meeting: Meeting) -> dict[str, list[Translated | str]]:
    """The names of those who organise it, by their kind: those added, the association that coordinates it
    first, the partners written in one line last. Needs all of them loaded.
    """
    names: dict[str, list[Translated | str]] = {kind.value: [] for kind in OrganiserKind}
    first = meeting.coordinating_association
    if first:
        names[OrganiserKind.ASSOCIATION].append(first.name)
    for organiser in meeting.organisers:
        association = organiser.association
        if association is None or association is not first:
            names[organiser.kind].append(association.name if association else organiser.name or "")
    if meeting.partners:
        names[OrganiserKind.PARTNER].append(meeting.partners)
    return names


def committee(meeting: Meeting) -> list[CommitteeMember]:
    """The organising committee, for those who run it."""
    members = select(CommitteeMember).where(CommitteeMember.meeting_id == meeting.id)
    return list(session.scalars(members.order_by(CommitteeMember.id)))
