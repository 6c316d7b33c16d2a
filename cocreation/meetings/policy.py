"""Where a meeting stands, and who may do what with it."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.core.clock import day_of
from cocreation.core.enums import Named
from cocreation.cycles.models import Phase
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting

# Those who run meetings; which meeting is asked of `can_run`.
runners = staff(*SECRETARIAT, *holders(Duty.MEETINGS))
# Those who welcome people at a door; of which meeting is asked of `can_welcome`.
welcomers = staff(*SECRETARIAT, *holders(Duty.WORKSHOPS))


class MeetingStage(Named):
    """Where a meeting stands for somebody who would like to come."""

    DRAFT = "draft", _l("not announced yet")
    AHEAD = "ahead", _l("registration opens soon")
    OPEN = "open", _l("registration is open")
    CLOSED = "closed", _l("registration is closed")
    CALLED_OFF = "called_off", _l("called off")
    OVER = "over", _l("over")

    @property
    def kind(self) -> str:
        """The shape and colour that show it."""
        return {"ahead": "waiting", "open": "open", "called_off": "refused"}.get(self, "neutral")


def stage(meeting: Meeting, now: datetime) -> MeetingStage:
    """Where `meeting` stands. Needs the phases of its cycle while it is neither over nor called off."""
    if not meeting.is_announced:
        return MeetingStage.DRAFT
    if ended := end(meeting, now):
        return ended
    if now < meeting.registration_opens_at:
        return MeetingStage.AHEAD
    return MeetingStage.OPEN if can_register(meeting, now) else MeetingStage.CLOSED


def end(meeting: Meeting, now: datetime) -> MeetingStage | None:
    """CALLED_OFF or OVER, none while `meeting` can still be attended. Needs nothing but the meeting."""
    if meeting.is_cancelled:
        return MeetingStage.CALLED_OFF
    return MeetingStage.OVER if meeting.is_over(now) else None


def can_register(meeting: Meeting, now: datetime) -> bool:
    """In its registration window, while the calendar of its cycle has the meetings open."""
    return meeting.accepts_registrations(now) and meeting.cycle.is_open(Phase.MEETINGS, day_of(now))


def can_announce(meeting: Meeting, now: datetime) -> bool:
    """While the calendar has the meetings open; one recorded afterwards, if it was open on its day."""
    day = day_of(meeting.starts_at) if meeting.is_over(now) else day_of(now)
    return meeting.cycle.is_open(Phase.MEETINGS, day) or meeting.cycle.is_open(Phase.MEETINGS, day_of(now))


def can_run(person: Person | None, meeting: Meeting) -> bool:
    """The secretariat runs every meeting, a coordinating association its own."""
    if person is None:
        return False
    return person.runs_everything or person.has(Role.COORDINATOR, scope=meeting.id)


def can_welcome(person: Person | None, meeting: Meeting) -> bool:
    """Note arrivals: who runs the meeting, and the facilitators of its workshops. Needs its workshops."""
    facilitates = person is not None and any(
        person.has(Role.FACILITATOR, scope=workshop.id) for workshop in meeting.workshops
    )
    return can_run(person, meeting) or facilitates


def shows_statistics(meeting: Meeting, now: datetime) -> bool:
    """Once it is over, or published: while people register, each new count would tell of one person."""
    return meeting.is_over(now) or meeting.statistics_published
