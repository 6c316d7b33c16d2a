"""What happens to a meeting, told to the rooms above (`core.events`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cocreation.core.database import Translated
from cocreation.meetings.models.meeting import AttendanceMode, Meeting, Workshop


class Dated(Protocol):
    """A meeting, or what is to be said of one."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def registration_opens_at(self) -> datetime: ...
    @property
    def registration_closes_at(self) -> datetime: ...


@dataclass(frozen=True)
class Arrangements:
    """When and where a meeting is, as it stood at one moment."""

    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    venue: Translated
    city: Translated
    attendance: AttendanceMode
    remote_link: str | None

    @classmethod
    def of(cls, meeting: Meeting) -> Arrangements:
        return cls(**{name: getattr(meeting, name) for name in cls.__dataclass_fields__})

    @property
    def dates(self) -> tuple[datetime, ...]:
        return dates_of(self)

    @property
    def when_and_where(self) -> tuple[object, ...]:
        return self.starts_at, self.ends_at, self.venue, self.city, self.attendance


@dataclass(frozen=True)
class DatesProposed:
    """Dates that a meeting of a cycle is to have; nothing is written yet. Who hears it may refuse them.

    A draft has no `announced_at`: it is measured as if it were announced now.
    """

    dates: Dated
    cycle_id: int
    announced_at: datetime | None
    now: datetime


@dataclass(frozen=True)
class PlacesProposed:
    """How many places a locked meeting is to have; nothing is written yet. Who hears it may refuse."""

    meeting: Meeting
    places: int


@dataclass(frozen=True)
class WorkshopToBeRemoved:
    """A workshop of a locked meeting is to be taken away. Who hears it may refuse."""

    workshop: Workshop


@dataclass(frozen=True)
class MeetingDrafted:
    """A draft is there, flushed."""

    meeting: Meeting
    now: datetime


@dataclass
class MeetingChanged:
    """Something else is said of a locked meeting; `before` is when and where it was. Who tells those
    registered says here how many of them have no e-mail address; who tells the guests, which of them.
    """

    meeting: Meeting
    before: Arrangements
    now: datetime
    unreached: int = 0
    guests: list[Translated] = field(default_factory=list)

    @property
    def has_new_dates(self) -> bool:
        """Whether the hours or the window of registration are others."""
        return dates_of(self.meeting) != self.before.dates

    @property
    def is_public(self) -> bool:
        """Whether there is somebody to be told: it is announced and not over."""
        return self.meeting.is_announced and not self.meeting.is_over(self.now)

    @property
    def has_moved(self) -> bool:
        """Whether those who come have to know: another time or place."""
        return Arrangements.of(self.meeting).when_and_where != self.before.when_and_where

    @property
    def has_new_link(self) -> bool:
        """Whether those who take part from afar come in by another address."""
        return self.meeting.remote_link != self.before.remote_link


@dataclass(frozen=True)
class MeetingAnnounced:
    """A draft is public now; the meeting is locked."""

    meeting: Meeting
    by: int | None
    now: datetime


@dataclass
class MeetingCalledOff:
    """A locked meeting does not take place. Who tells those registered says here how many of them are told,
    and how many have no e-mail address; who tells the guests, which of them have none.
    """

    meeting: Meeting
    now: datetime
    told: int = 0
    unreached: int = 0
    guests: list[Translated] = field(default_factory=list)


def dates_of(meeting: Dated) -> tuple[datetime, ...]:
    """What the rules of a cycle look at."""
    return meeting.starts_at, meeting.ends_at, meeting.registration_opens_at, meeting.registration_closes_at
