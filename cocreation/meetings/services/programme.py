"""What happens at a meeting: the items of its programme and its parallel workshops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.cycles.models import Cycle, Theme
from cocreation.meetings.models import Meeting, ProgrammeItem, Registration, Wish, Workshop
from cocreation.meetings.services import refusals


@dataclass(frozen=True)
class Item:
    """A stretch of the programme."""

    starts_at: datetime
    ends_at: datetime
    title: Translated
    speaker: Translated | None = None


def add_item(meeting_id: int, item: Item, *, by: int | None, now: datetime) -> ProgrammeItem:
    """Add to the programme. Raises ItemReversed."""
    meeting = lock(Meeting, meeting_id)
    row = ProgrammeItem(meeting_id=meeting.id)
    _write(item, row)
    session.add(row)
    audit.record("programme item added", meeting.reference, by=by, now=now)
    return row


def change_item(meeting_id: int, item_id: int, item: Item, *, by: int | None, now: datetime) -> ProgrammeItem:
    """Change an item of the programme of this meeting. Raises NotFound, ItemReversed."""
    meeting = lock(Meeting, meeting_id)
    row = get_item(meeting_id, item_id)
    _write(item, row)
    audit.record("programme item changed", meeting.reference, by=by, now=now)
    return row


def remove_item(meeting_id: int, item_id: int, *, by: int | None, now: datetime) -> None:
    """Take an item out of the programme. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    session.delete(get_item(meeting_id, item_id))
    audit.record("programme item removed", meeting.reference, by=by, now=now)


def get_item(meeting_id: int, item_id: int) -> ProgrammeItem:
    """An item of the programme of this meeting. Raises NotFound."""
    here = select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting_id, ProgrammeItem.id == item_id)
    return found(session.scalar(here))


def add_workshop(
    meeting_id: int, *, theme_id: int | None, title: Translated | None = None, by: int | None, now: datetime
) -> Workshop:
    """A further parallel workshop, on a theme of the cycle, under its name or another `title`.

    Raises NoTheme.
    """
    options = (selectinload(Meeting.workshops), joinedload(Meeting.cycle).selectinload(Cycle.themes))
    meeting = lock(Meeting, meeting_id, *options)
    theme = _theme(meeting.cycle, theme_id)
    name = title or (theme.name if theme else None)
    if not name:
        raise refusals.NoTheme
    number = max((each.number for each in meeting.workshops), default=0) + 1
    workshop = Workshop(number=number, theme=name, theme_id=theme.id if theme else None)
    meeting.workshops.append(workshop)
    audit.record("workshop added", f"{meeting.reference}-W{number}", by=by, now=now)
    return workshop


def rename_workshop(
    meeting_id: int, number: int, title: Translated, *, by: int | None, now: datetime
) -> Workshop:
    """Give a workshop another title. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    workshop = get_workshop(meeting_id, number)
    workshop.theme = title
    audit.record("workshop renamed", f"{meeting.reference}-W{number}", by=by, now=now)
    return workshop


def remove_workshop(meeting_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Remove a workshop until the meeting begins, while nobody has chosen it: with it would go its outputs.

    Raises NotFound, WorkshopInUse.
    """
    meeting = lock(Meeting, meeting_id)
    workshop = get_workshop(meeting_id, number)
    chosen = session.scalar(select(Registration.id).where(Registration.workshop_id == workshop.id).limit(1))
    chosen = chosen or session.scalar(select(Wish.rank).where(Wish.workshop_id == workshop.id).limit(1))
    if chosen or workshop.published_at or meeting.starts_at <= now:
        raise refusals.WorkshopInUse
    session.delete(workshop)
    audit.record("workshop removed", f"{meeting.reference}-W{number}", by=by, now=now)


def get_workshop(meeting_id: int, number: int) -> Workshop:
    """A workshop of this meeting by its number. Raises NotFound."""
    here = select(Workshop).where(Workshop.meeting_id == meeting_id, Workshop.number == number)
    return found(session.scalar(here))


def _write(item: Item, row: ProgrammeItem) -> None:
    if item.starts_at >= item.ends_at:
        raise refusals.ItemReversed
    row.starts_at, row.ends_at, row.title = item.starts_at, item.ends_at, item.title
    row.speaker = item.speaker or None


def _theme(cycle: Cycle, theme_id: int | None) -> Theme | None:
    return next((theme for theme in cycle.themes if theme.id == theme_id), None)
