"""A meeting from its draft to its announcement, and what becomes of it when plans change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import AlreadyDone, Invalid
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Region
from cocreation.invitations.services import invitations
from cocreation.meetings import emails, policy, refusals
from cocreation.meetings.models.meeting import Attendance, ByPhone, Meeting
from cocreation.meetings.models.programme import Workshop
from cocreation.meetings.services.locks import lock_meeting
from cocreation.places.models.registration import TAKEN, RegistrationState
from cocreation.places.services import offers, places
from cocreation.preparation.models import TaskKind
from cocreation.preparation.services import checklist, rules

REFERENCE = r"^[A-Z]{2,4}\d{1,2}$"
LINK = r"^https?://[^\s/]+\S*$"


@dataclass(frozen=True)
class Details:
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
    attendance: Attendance = Attendance.IN_PERSON
    link: str | None = None
    how_to_come: Translated | None = None
    meals: Translated | None = None
    themes_reason: Translated | None = None
    cost_notes: str | None = None
    most_per_association: int | None = None
    offer_hours: int = 48
    confirm_hours: int = 24
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
        for each in fields(self):
            if each.name != "regions":
                setattr(meeting, each.name, getattr(self, each.name))
        meeting.regions = list(session.scalars(select(Region).where(Region.code.in_(self.regions))))


def create(
    cycle_id: int,
    reference: str,
    details: Details,
    *,
    themes: Sequence[int] = (),
    by: int | None,
    now: datetime,
) -> Meeting:
    """A draft of a meeting with its checklist, and a workshop for each of `themes` (ids of themes of the
    cycle, in order).

    Raises WrongReference, ReferenceTaken, RuleBroken, what `Details.check` raises, NotFound for the cycle.
    """
    cycle = lock(Cycle, cycle_id, selectinload(Cycle.themes))
    details.check()
    if not re.match(REFERENCE, reference):
        raise refusals.WrongReference
    if session.scalar(select(Meeting.id).where(Meeting.reference == reference)):
        raise refusals.ReferenceTaken(reference=reference)
    known = {theme.id: theme for theme in cycle.themes}
    if unknown := [each for each in themes if each not in known]:
        raise Invalid(_l("%(count)s of these themes belong to another cycle.", count=len(unknown)))
    rules.check(details, cycle_id=cycle.id, announced_at=None, now=now)
    meeting = Meeting(reference=reference, cycle_id=cycle.id)
    details.write_to(meeting)
    meeting.workshops = [
        Workshop(number=number, theme=known[each].name, theme_id=each)
        for number, each in enumerate(themes, 1)
    ]
    session.add(meeting)
    session.flush()
    if not meeting.is_over(now):
        checklist.draft_checklist(meeting)
    audit.record("meeting drafted", reference, by=by, now=now)
    return meeting


def change(meeting_id: int, details: Details, *, by: int | None, now: datetime) -> Meeting:
    """Change what is said of a meeting. More places confirm those who wait at once (many of them by the
    worker); people are told of another time or place.

    Its checklist moves with it. Raises CalledOff, PlacesTaken when fewer places than are taken would be left,
    RuleBroken for dates that are new, and what `Details.check` raises.
    """
    regions = selectinload(Meeting.regions)
    meeting = lock(Meeting, meeting_id, regions, joinedload(Meeting.cycle).selectinload(Cycle.phases))
    if meeting.is_cancelled:
        raise refusals.CalledOff
    details.check()
    taken = places.count_in(meeting, *TAKEN)
    if details.places < min(taken, meeting.places):
        raise refusals.PlacesTaken(count=taken)
    dates, before, link = _dates(meeting), _when_and_where(meeting), meeting.remote_link
    if _dates(details) != dates:
        rules.check(details, cycle_id=meeting.cycle_id, announced_at=meeting.announced_at, now=now)
    details.write_to(meeting)
    if _dates(meeting) != dates:
        checklist.follow(meeting, was_on=day_of(dates[0]))
    if meeting.is_announced and not meeting.is_over(now):
        moved = _when_and_where(meeting) != before
        for each in places.live(meeting) if moved or meeting.remote_link != link else ():
            # The link is for confirmed people: another one concerns nobody else.
            if moved or each.state == RegistrationState.CONFIRMED:
                emails.tell_of_change(each, meeting, now=now)
        if moved:
            invitations.tell_invited(meeting, "changed", now=now)
    offers.promote(meeting, now=now)
    audit.record("meeting changed", meeting.reference, by=by, now=now, places=details.places)
    return meeting


def announce(meeting_id: int, *, by: int | None, now: datetime) -> Meeting:
    """Make a draft public. Raises AlreadyDone, NoMeetingsNow, CalledOff, RuleBroken."""
    meeting = lock_meeting(meeting_id)
    if meeting.is_announced:
        raise AlreadyDone
    if meeting.is_cancelled:
        raise refusals.CalledOff
    if not policy.can_announce(meeting, now):
        raise refusals.NoMeetingsNow
    rules.check(meeting, cycle_id=meeting.cycle_id, announced_at=None, now=now)
    meeting.announced_at = now
    checklist.tick_kind(meeting, TaskKind.ANNOUNCE, by=by, now=now)
    audit.record("meeting announced", meeting.reference, by=by, now=now)
    return meeting


def call_off(meeting_id: int, *, by: int | None, now: datetime) -> tuple[int, int]:
    """Call a meeting off and tell everyone who is registered or waits, and those invited. How many of those
    registered are told, and how many have no e-mail address: they are to be called.

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
    told = places.live(meeting)
    for each in told:
        emails.tell(each, meeting, "called_off", now=now)
    invitations.tell_invited(meeting, "called_off", now=now)
    audit.record("meeting called off", meeting.reference, by=by, now=now, told=len(told))
    unreached = sum(not each.email for each in told)
    return len(told) - unreached, unreached


def _when_and_where(meeting: Meeting) -> tuple[object, ...]:
    return meeting.starts_at, meeting.ends_at, meeting.venue, meeting.city, meeting.attendance


def _dates(said: rules.Dated) -> tuple[datetime, ...]:
    return said.starts_at, said.ends_at, said.registration_opens_at, said.registration_closes_at
