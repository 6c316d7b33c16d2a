"""Who organises a meeting, who is of its committee, in which rooms it is held."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, NotFound
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import refusals
from cocreation.meetings.models.meeting import CommitteeMember, Meeting, Organiser, OrganiserKind, Room

# A list of a meeting, by the word it has in addresses and in the journal.
PARTS: dict[str, type[Organiser] | type[CommitteeMember] | type[Room]] = {
    "organisers": Organiser,
    "committee": CommitteeMember,
    "rooms": Room,
}
Part = Organiser | CommitteeMember | Room


@dataclass(frozen=True)
class OrganiserSaid:
    """One of those who organise the meeting: an association of the directory, or a name."""

    kind: OrganiserKind
    name: Translated | None = None
    association_id: int | None = None

    def check(self) -> None:
        if not self.name and not self.association_id:
            raise refusals.NoOrganiserNamed


@dataclass(frozen=True)
class MemberSaid:
    """Somebody of the organising committee."""

    name: str
    task: str | None = None
    contact: str | None = None

    def check(self) -> None:
        """The form has."""


@dataclass(frozen=True)
class RoomSaid:
    """A room of the venue."""

    name: Translated
    seats: int | None = None
    equipment: str | None = None

    def check(self) -> None:
        if self.seats is not None and self.seats < 1:
            raise Invalid(_l("Give the room at least one seat."))


Said = OrganiserSaid | MemberSaid | RoomSaid


def add_part(meeting_id: int, kind: str, said: Said, *, by: int | None, now: datetime) -> Part:
    """A further organiser, member of the committee or room. Raises NotFound, NoOrganiserNamed, Invalid."""
    meeting = lock(Meeting, meeting_id)
    part = PARTS[kind](meeting_id=meeting.id)
    if isinstance(part, Organiser):
        last = select(func.max(Organiser.position)).where(Organiser.meeting_id == meeting.id)
        part.position = (session.scalar(last) or 0) + 1
    _write(said, part)
    session.add(part)
    session.flush()
    audit.record(f"{kind}: added", meeting.reference, by=by, now=now, id=part.id)
    return part


def change_part(
    meeting_id: int, kind: str, part_id: int, said: Said, *, by: int | None, now: datetime
) -> Part:
    """Say something else of one of them. Raises NotFound, NoOrganiserNamed, Invalid."""
    meeting = lock(Meeting, meeting_id)
    part = get_part(meeting_id, kind, part_id)
    _write(said, part)
    audit.record(f"{kind}: changed", meeting.reference, by=by, now=now, id=part_id)
    return part


def remove_part(meeting_id: int, kind: str, part_id: int, *, by: int | None, now: datetime) -> None:
    """Take one of them out; what was to be in a removed room has none. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    session.delete(get_part(meeting_id, kind, part_id))
    audit.record(f"{kind}: removed", meeting.reference, by=by, now=now, id=part_id)


def get_part(meeting_id: int, kind: str, part_id: int) -> Part:
    """One of a list of this meeting. Raises NotFound."""
    model: Any = PARTS[kind]
    chosen = select(model).where(model.meeting_id == meeting_id, model.id == part_id)
    part: Part | None = session.scalar(chosen)
    if part is None:
        raise NotFound
    return part


def _write(said: Said, part: Part) -> None:
    said.check()
    for detail in fields(said):
        setattr(part, detail.name, getattr(said, detail.name) or None)
