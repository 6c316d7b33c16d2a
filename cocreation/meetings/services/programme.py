"""What happens at a meeting: the items of its programme and its parallel workshops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, product

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, events
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid, NotFound
from cocreation.cycles.models import Cycle, Theme
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import refusals
from cocreation.meetings.calendar import translate
from cocreation.meetings.events import WorkshopToBeRemoved
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem, Room, Workshop
from cocreation.meetings.queries import Slot, items_of, slots


@dataclass(frozen=True)
class ProgrammeItemDetails:
    """A stretch of the programme; a parallel workshop is called as its theme unless it has a `title`."""

    starts_at: datetime
    ends_at: datetime
    title: Translated | None = None
    speaker: Translated | None = None
    role: Translated | None = None
    chair: Translated | None = None
    workshop_id: int | None = None
    room_id: int | None = None


def add_item(meeting_id: int, item: ProgrammeItemDetails, *, by: int | None, now: datetime) -> ProgrammeItem:
    """Add to the programme.

    Raises ItemReversed, NoTitle, NoSuchWorkshop, NoSuchRoom, Overlapping, SameRoom.
    """
    meeting = lock(Meeting, meeting_id)
    row = ProgrammeItem(meeting_id=meeting.id)
    _write(item, row)
    session.add(row)
    session.flush()
    meeting.revise(now)
    audit.record("programme item added", meeting.reference, by=by, now=now)
    return row


def change_item(
    meeting_id: int, item_id: int, item: ProgrammeItemDetails, *, by: int | None, now: datetime
) -> ProgrammeItem:
    """Change an item of the programme of this meeting. Raises NotFound, and what `add_item` raises."""
    meeting = lock(Meeting, meeting_id)
    row = get_item(meeting_id, item_id)
    _write(item, row)
    meeting.revise(now)
    audit.record("programme item changed", meeting.reference, by=by, now=now)
    return row


def move_item(
    meeting_id: int, item_id: int, places: int, *, by: int | None, now: datetime
) -> list[ProgrammeItem]:
    """Move an item by `places` (-1: one up), with those that run in parallel to it; the whole programme.

    Each keeps its length and the programme its pauses; the hours of what stands between are shifted. At
    either end it stops. Raises NotFound.
    """
    meeting = lock(Meeting, meeting_id)
    before = slots(items_of(meeting))
    at = next((n for n, slot in enumerate(before) if item_id in [item.id for item in slot.items]), None)
    if at is None:
        raise NotFound
    to = max(0, min(len(before) - 1, at + places))
    order = [*before[:at], *before[at + 1 :]]
    order.insert(to, before[at])
    _arrange(before, order)
    meeting.revise(now)
    audit.record("programme item moved", meeting.reference, by=by, now=now, places=to - at)
    return [item for slot in order for item in slot.items]


def _arrange(before: list[Slot], order: list[Slot]) -> None:
    """Let the slots follow each other in `order`, with the pauses that were between them `before`."""
    pauses = [later.starts_at - earlier.ends_at for earlier, later in pairwise(before)]
    begins, shifts = before[0].starts_at, []
    for slot, pause in zip(order, [*pauses, timedelta(0)], strict=True):
        shifts.append(begins - slot.starts_at)
        begins += slot.ends_at - slot.starts_at + pause
    for slot, shift in zip(order, shifts, strict=True):
        for item in slot.items:
            item.starts_at, item.ends_at = item.starts_at + shift, item.ends_at + shift


def remove_item(meeting_id: int, item_id: int, *, by: int | None, now: datetime) -> None:
    """Take an item out of the programme. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    session.delete(get_item(meeting_id, item_id))
    meeting.revise(now)
    audit.record("programme item removed", meeting.reference, by=by, now=now)


def get_item(meeting_id: int, item_id: int) -> ProgrammeItem:
    """An item of the programme of this meeting. Raises NotFound."""
    items = select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting_id, ProgrammeItem.id == item_id)
    return found(session.scalar(items))


@dataclass(frozen=True)
class WorkshopRoom:
    """The room of a workshop, and how many seats it has if not those of the room."""

    room_id: int | None = None
    seats: int | None = None

    def check(self, meeting_id: int) -> Room | None:
        """The room it names. Raises NoSuchRoom, Invalid."""
        if self.seats is not None and self.seats < 1:
            raise Invalid(_l("Give the workshop at least one seat."))
        return _room(meeting_id, self.room_id)


ANYWHERE = WorkshopRoom()


def add_workshop(
    meeting_id: int,
    *,
    theme_id: int | None,
    title: Translated | None = None,
    where: WorkshopRoom = ANYWHERE,
    by: int | None,
    now: datetime,
) -> Workshop:
    """A further parallel workshop, on a theme of the cycle, under its name or another `title`.

    Raises NoTheme, NoSuchRoom, Invalid.
    """
    options = (selectinload(Meeting.workshops), joinedload(Meeting.cycle).selectinload(Cycle.themes))
    meeting = lock(Meeting, meeting_id, *options)
    theme = _theme(meeting.cycle, theme_id)
    name = title or (theme.name if theme else None)
    if not name:
        raise refusals.NoTheme
    number = max((workshop.number for workshop in meeting.workshops), default=0) + 1
    workshop = Workshop(number=number, theme=name, theme_id=theme.id if theme else None)
    workshop.room, workshop.seats = where.check(meeting_id), where.seats
    meeting.workshops.append(workshop)
    audit.record("workshop added", f"{meeting.reference}-W{number}", by=by, now=now)
    return workshop


def change_workshop(
    meeting_id: int,
    number: int,
    title: Translated,
    where: WorkshopRoom = ANYWHERE,
    *,
    by: int | None,
    now: datetime,
) -> Workshop:
    """Give a workshop another title, room or number of seats.

    Raises NotFound, NoSuchRoom, SameRoom, Invalid.
    """
    meeting = lock(Meeting, meeting_id)
    workshop = get_workshop(meeting_id, number)
    room = where.check(meeting_id)
    _check_rooms(meeting, workshop, room)
    workshop.theme, workshop.room, workshop.seats = title, room, where.seats
    audit.record("workshop changed", f"{meeting.reference}-W{number}", by=by, now=now)
    return workshop


def _check_rooms(meeting: Meeting, workshop: Workshop, room: Room | None) -> None:
    """In another room, `workshop` must not meet one that is held there at the same time."""
    items = items_of(meeting)
    held = [item for item in items if item.workshop_id == workshop.id and not item.room]
    for held_item, other in product(held, items):
        meets = held_item.starts_at < other.ends_at and other.starts_at < held_item.ends_at
        if meets and other not in held and room is not None and other.place is room:
            raise refusals.SameRoom(one=translate(held_item.title), other=translate(other.title))


def remove_workshop(meeting_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Remove a workshop until the meeting begins, while nobody has chosen it: with it would go its outputs.

    Raises NotFound, WorkshopInUse.
    """
    meeting = lock(Meeting, meeting_id)
    workshop = get_workshop(meeting_id, number)
    events.tell(WorkshopToBeRemoved(workshop))
    if workshop.published_at or meeting.starts_at <= now:
        raise refusals.WorkshopInUse
    session.delete(workshop)
    audit.record("workshop removed", f"{meeting.reference}-W{number}", by=by, now=now)


def get_workshop(meeting_id: int, number: int) -> Workshop:
    """A workshop of this meeting by its number. Raises NotFound."""
    workshops = select(Workshop).where(Workshop.meeting_id == meeting_id, Workshop.number == number)
    return found(session.scalar(workshops))


def _write(item: ProgrammeItemDetails, row: ProgrammeItem) -> None:
    """Check everything, then write; `row` is of a locked meeting, not flushed when it is new."""
    if item.starts_at >= item.ends_at:
        raise refusals.ItemReversed
    workshop = _workshop(row.meeting_id, item.workshop_id)
    room = _room(row.meeting_id, item.room_id)
    title = item.title or (workshop.theme if workshop else None)
    if not title:
        raise refusals.NoTitle
    place = room or (workshop.room if workshop else None)
    beside = (
        select(ProgrammeItem)
        .where(ProgrammeItem.meeting_id == row.meeting_id, ProgrammeItem.id != (row.id or 0))
        .where(ProgrammeItem.starts_at < item.ends_at, ProgrammeItem.ends_at > item.starts_at)
        .options(joinedload(ProgrammeItem.room))
        .options(joinedload(ProgrammeItem.workshop).joinedload(Workshop.room))
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    for other in session.scalars(beside.execution_options(populate_existing=True)):
        _check_beside(item, title, place, other)
    row.starts_at, row.ends_at, row.title = item.starts_at, item.ends_at, title
    row.speaker, row.role, row.chair = item.speaker or None, item.role or None, item.chair or None
    row.workshop, row.room = workshop, room


def _check_beside(
    item: ProgrammeItemDetails, title: Translated, place: Room | None, other: ProgrammeItem
) -> None:
    """Only parallel workshops may be at the same time, each in a room of its own."""
    own_title, other_title = translate(title), translate(other.title)
    if item.workshop_id is None or other.workshop_id in (None, item.workshop_id):
        hours, other_hours = _hours(item), _hours(other)
        raise refusals.Overlapping(one=own_title, other=other_title, hours=hours, other_hours=other_hours)
    if place is None or other.place is None or place.id == other.place.id:
        raise refusals.SameRoom(one=own_title, other=other_title)


def _hours(item: ProgrammeItemDetails | ProgrammeItem) -> str:
    return f"{i18n.format_time(item.starts_at)}–{i18n.format_time(item.ends_at)}"


def _workshop(meeting_id: int, workshop_id: int | None) -> Workshop | None:
    """A workshop of this meeting with its room. Raises NoSuchWorkshop."""
    if workshop_id is None:
        return None
    workshops = select(Workshop).where(Workshop.meeting_id == meeting_id, Workshop.id == workshop_id)
    if (workshop := session.scalar(workshops.options(joinedload(Workshop.room)))) is None:
        raise refusals.NoSuchWorkshop
    return workshop


def _room(meeting_id: int, room_id: int | None) -> Room | None:
    """A room of this meeting. Raises NoSuchRoom."""
    if room_id is None:
        return None
    if room := session.scalar(select(Room).where(Room.meeting_id == meeting_id, Room.id == room_id)):
        return room
    raise refusals.NoSuchRoom


def _theme(cycle: Cycle, theme_id: int | None) -> Theme | None:
    return next((theme for theme in cycle.themes if theme.id == theme_id), None)
