"""What the pages about communication show: the rounds of mails, every mail as it reads, the outreach log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.meetings import emails
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach.emails import REMINDER_DAY, REMINDER_WEEK, THANKS
from cocreation.outreach.models import Notice, Outreach
from cocreation.places.models.registration import Registration, RegistrationState


def sample(kind: MeetingMail, meeting: Meeting) -> dict[str, object]:
    """What this mail of a meeting would say to somebody. Needs the meeting's workshops."""
    return {**emails.sample(meeting), **kind.sample()}


def notices(meeting: Meeting) -> list[Notice]:
    """The rounds of mails of a meeting, as they began."""
    return list(session.scalars(select(Notice).where(Notice.meeting_id == meeting.id).order_by(Notice.id)))


def to_thank(meeting: Meeting, now: datetime) -> int:
    """How many people the thanks would go to: those who came, where attendance was noted, else everyone with
    a place; nobody while they cannot be sent. Needs the meeting's workshops.
    """
    is_published = any(workshop.published_at for workshop in meeting.workshops)
    if meeting.is_cancelled or not meeting.is_announced or not meeting.is_over(now) or not is_published:
        return 0
    with_address = Registration.email.is_not(None)
    came = func.count(Registration.present_at)
    counted = select(came.filter(with_address), func.count().filter(with_address), came)
    of_meeting = Registration.meeting_id == meeting.id, Registration.state == RegistrationState.CONFIRMED
    present, everyone, noted = session.execute(counted.where(*of_meeting)).one()
    thanked = select(Notice.id).where(Notice.meeting_id == meeting.id, Notice.event == THANKS.event)
    return 0 if session.scalar(thanked) else present if noted else everyone


def reminders(meeting: Meeting) -> list[tuple[MeetingMail, date]]:
    """On which days the worker reminds everyone."""
    day = day_of(meeting.starts_at)
    return [(REMINDER_WEEK, day - timedelta(days=7)), (REMINDER_DAY, day - timedelta(days=1))]


def outreach(meeting: Meeting, cursor: str | None) -> Page[Outreach]:
    """The log of a meeting, the latest day first."""
    lines = select(Outreach).where(Outreach.meeting_id == meeting.id)
    return page(lines, Outreach.on, Outreach.id, cursor=cursor, size=50)


def all_outreach(meeting: Meeting) -> Iterator[Outreach]:
    """The whole log, the first day first, for its sheet."""
    lines = select(Outreach).where(Outreach.meeting_id == meeting.id)
    yield from session.scalars(lines.order_by(Outreach.on, Outreach.id))
