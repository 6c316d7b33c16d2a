"""A meeting from its draft to its announcement, and what becomes of it when plans change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, clock, events
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import AlreadyDone, Invalid
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Region
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import policy, refusals
from cocreation.meetings.events import (
    Arrangements,
    DatesProposed,
    MeetingAnnounced,
    MeetingCalledOff,
    MeetingChanged,
    MeetingDrafted,
    PlacesProposed,
    dates_of,
)
from cocreation.meetings.models.meeting import AttendanceMode, ByPhone, Meeting, Workshop
from cocreation.meetings.services.locks import lock_meeting

REFERENCE = r"^[A-Z]{2,4}\d{1,2}$"
LINK = r"^https?://[^\s/]+\S*$"


@dataclass(frozen=True)
class MeetingDetails:
    """What is said of a meeting. `regions` are codes; moments are aware."""

    title: Translated
    city: Translated
    venue: Translated
    regions: Sequence[str]
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    places: int
    partners: str | None = None
    coordinating_association_id: int | None = None
    statistics_published: bool = False
    attendance: AttendanceMode = AttendanceMode.IN_PERSON
    link: str | None = None
    how_to_come: Translated | None = None
    meals: Translated | None = None
    themes_reason: Translated | None = None
    cost_notes: str | None = None
    most_per_association: int | None = None
    offer_hours: int = 48
    confirm_hours: int = 24
    keeps_unconfirmed: bool = False
    by_phone: ByPhone = ByPhone.COUNTED
    phone_places: int = 5

    def check(self) -> None:
        """Raises HoursReversed, WindowReversed, ClosesTooLate, NoRegion, NotALink or Invalid."""
        if self.starts_at >= self.ends_at:
            raise refusals.HoursReversed
        if self.registration_opens_at >= self.registration_closes_at:
            raise refusals.WindowReversed
        if self.registration_closes_at > self.starts_at:
            raise refusals.ClosesTooLate
        if not self.regions:
            raise refusals.NoRegion
        if self.places < 1:
            raise Invalid(_l("There must be one place at least."))
        if self.link and not re.match(LINK, self.link):
            raise refusals.NotALink

    def write_to(self, meeting: Meeting) -> None:
        for field in fields(self):
            if field.name != "regions":
                setattr(meeting, field.name, getattr(self, field.name))
        meeting.regions = list(session.scalars(select(Region).where(Region.code.in_(self.regions))))


def create(
    cycle_id: int,
    reference: str,
    details: MeetingDetails,
    *,
    themes: Sequence[int] = (),
    by: int | None,
    now: datetime,
) -> Meeting:
    """A draft of a meeting, and a workshop for each of `themes` (ids of themes of the cycle, in order).

    Raises WrongReference, ReferenceTaken, what `Details.check` raises, NotFound for the cycle; what those
    raise who hear of dates that do not keep the rules of the cycle.
    """
    cycle = lock(Cycle, cycle_id, selectinload(Cycle.themes))
    details.check()
    if not re.match(REFERENCE, reference):
        raise refusals.WrongReference
    if session.scalar(select(Meeting.id).where(Meeting.reference == reference)):
        raise refusals.ReferenceTaken(reference=reference)
    by_id = {theme.id: theme for theme in cycle.themes}
    if unknown := [theme for theme in themes if theme not in by_id]:
        raise Invalid(_l("%(count)s of these themes belong to another cycle.", count=len(unknown)))
    events.tell(DatesProposed(details, cycle.id, announced_at=None, now=now))
    meeting = Meeting(reference=reference, cycle_id=cycle.id)
    details.write_to(meeting)
    meeting.workshops = [
        Workshop(number=number, theme=by_id[theme_id].name, theme_id=theme_id)
        for number, theme_id in enumerate(themes, 1)
    ]
    session.add(meeting)
    session.flush()
    events.tell(MeetingDrafted(meeting, now))
    audit.record("meeting drafted", reference, by=by, now=now)
    return meeting


def change(meeting_id: int, details: MeetingDetails, *, by: int | None, now: datetime) -> MeetingChanged:
    """Change what is said of a meeting. Those who hear of it tell people of another time or place, say how
    many have no e-mail address, and give more places to those who wait.

    Raises CalledOff and what `Details.check` raises; what those raise who hear of fewer places than are
    taken, or of new dates that do not keep the rules of the cycle.
    """
    regions = selectinload(Meeting.regions)
    meeting = lock(Meeting, meeting_id, regions, joinedload(Meeting.cycle).selectinload(Cycle.phases))
    if meeting.is_cancelled:
        raise refusals.CalledOff
    details.check()
    events.tell(PlacesProposed(meeting, details.places))
    before = Arrangements.of(meeting)
    if dates_of(details) != before.dates:
        events.tell(DatesProposed(details, meeting.cycle_id, meeting.announced_at, now))
    in_calendars = _in_calendars(meeting)
    details.write_to(meeting)
    if _in_calendars(meeting) != in_calendars:
        meeting.revise(now)
    events.tell(fact := MeetingChanged(meeting, before, now))
    audit.record("meeting changed", meeting.reference, by=by, now=now, places=details.places)
    return fact


def _in_calendars(meeting: Meeting) -> tuple[object, ...]:
    """What a calendar keeps of a meeting."""
    return meeting.starts_at, meeting.ends_at, {**meeting.title}, {**meeting.venue}, {**meeting.city}


def announce(meeting_id: int, *, on: date | None = None, by: int | None, now: datetime) -> Meeting:
    """Make a draft public. Of a meeting that is over, `on` is the day on which it was announced.

    Raises AlreadyDone, NoMeetingsNow, CalledOff, NotAnnouncedThen; what those raise who hear of dates that do
    not keep the rules of the cycle.
    """
    meeting = lock_meeting(meeting_id)
    if meeting.is_announced:
        raise AlreadyDone
    if meeting.is_cancelled:
        raise refusals.CalledOff
    if not policy.can_announce(meeting, now):
        raise refusals.NoMeetingsNow
    events.tell(DatesProposed(meeting, meeting.cycle_id, announced_at=None, now=now))
    if on and not (meeting.is_over(now) and on <= clock.day_of(meeting.starts_at)):
        raise refusals.NotAnnouncedThen
    meeting.announced_at = clock.noon(on) if on else now
    events.tell(MeetingAnnounced(meeting, by, now))
    audit.record("meeting announced", meeting.reference, by=by, now=now)
    return meeting


def call_off(meeting_id: int, *, by: int | None, now: datetime) -> MeetingCalledOff:
    """Call a meeting off; those who hear of it tell everyone who is registered or waits, and those invited.
    The fact says how many of those registered are told, and who has no e-mail address and is to be called.

    Raises AlreadyDone, NotAnnounced, AlreadyOver.
    """
    meeting = lock_meeting(meeting_id)
    if meeting.is_cancelled:
        raise AlreadyDone
    if not meeting.is_announced:
        raise refusals.NotAnnounced
    if meeting.is_over(now):
        raise refusals.AlreadyOver
    meeting.cancelled_at = now
    meeting.revise(now)
    fact = MeetingCalledOff(meeting, now)
    events.tell(fact)
    concerned = fact.told + fact.unreached
    audit.record("meeting called off", meeting.reference, by=by, now=now, told=concerned)
    return fact


def told_of_it(meeting_id: int, *, by: int | None, now: datetime) -> tuple[int, int]:
    """How many `call_off` would tell, and how many nobody can: it is called off, and all of that taken back
    at once.
    """
    with session.begin_nested() as trial:
        fact = call_off(meeting_id, by=by, now=now)
        counts = fact.told, fact.unreached
        trial.rollback()
    return counts
