"""A programme as it is read: slots one after the other, parallel workshops side by side in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting, Room
from cocreation.meetings.models.programme import ProgrammeItem, Workshop


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
    found: list[Slot] = []
    for item in sorted(items, key=lambda one: (one.starts_at, one.id)):
        if found and item.starts_at < found[-1].ends_at:
            found[-1].items.append(item)
        else:
            found.append(Slot([item]))
    return found


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
