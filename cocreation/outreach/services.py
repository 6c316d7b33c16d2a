"""Telling everyone who comes: a week and a day before, and thanks afterwards; and the log of the outreach.

A round of mails is a row (`Notice`) that says how far it is. The worker takes a few hundred people at a time,
each time in a transaction of its own, under the lock of that row: killed anywhere, it goes on where it stood,
and a key for each event and person keeps anyone from being told twice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import selectinload

from cocreation.core import audit
from cocreation.core.chores import each_of
from cocreation.core.clock import day_of
from cocreation.core.database import lock, session
from cocreation.core.errors import AlreadyDone, NotFound
from cocreation.languages import i18n
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting
from cocreation.outreach import emails as mails, refusals
from cocreation.outreach.models import Channel, Notice, Outreach
from cocreation.places import emails
from cocreation.places.models.registration import Registration, RegistrationState

# Each reminder with the days before the meeting on which it begins: later ones for a worker that was away.
REMINDERS = {mails.REMINDER_WEEK.event: range(5, 8), mails.REMINDER_DAY.event: range(2)}
THANKS = mails.THANKS.event
KINDS = {kind.event: kind for kind in mails.MAILS}
EARLIEST = 8  # o'clock in Morocco: nobody's telephone rings at night for this
CHUNK = 500  # people told in one transaction


@dataclass(frozen=True)
class OutreachDetails:
    """One time people were told of a meeting: by which channel, whom, how many, when, and what shows it."""

    channel: Channel
    audience: str
    reached: int | None
    on: date
    proof: str | None


def chore(now: datetime) -> int:
    """Begin the reminders that are due and go on with every round; how many mails. Commits."""
    if now.astimezone(i18n.ZONE).hour >= EARLIEST:
        each_of("reminder to begin", _due(now), lambda due: _begin(*due, now), now=now)
    rounds = list(session.scalars(select(Notice.id).where(Notice.ended_at.is_(None)).order_by(Notice.id)))
    return each_of("mails to everyone", rounds, lambda notice_id: _go_on(notice_id, now), now=now)


def thank(meeting_id: int, *, by: int, now: datetime) -> Notice:
    """Begin to thank those who came (where attendance was noted, else everyone who had a place), with links
    to the outputs; the worker does it.

    Raises NotFound, NotAnnounced, CalledOff, NotOverYet, NothingPublished, AlreadyDone.
    """
    meeting = lock_meeting(meeting_id, selectinload(Meeting.workshops))
    if not meeting.is_announced:
        raise meetings_refusals.NotAnnounced
    if meeting.is_cancelled:
        raise meetings_refusals.CalledOff
    if not meeting.is_over(now):
        raise refusals.NotOverYet
    if _notice(meeting_id, THANKS):
        raise AlreadyDone
    if not any(workshop.published_at for workshop in meeting.workshops):
        raise refusals.NothingPublished
    came = _recipients(meeting_id, present=True).with_only_columns(func.count())
    options: dict[str, object] = {"present": bool(session.scalar(came))}
    notice = _add(meeting_id, THANKS, now, by=by, **options)
    audit.record("participants thanked", meeting.reference, by=by, now=now)
    return notice


def tell_round(meeting_id: int, event: str, *, now: datetime) -> Notice:
    """A whole round, a reminder or thanks that have begun, in the caller's transaction: for replays.

    Raises NotFound.
    """
    event = event_of(event, lock_meeting(meeting_id))
    notice = _notice(meeting_id, event) or _add(meeting_id, event, now)
    while not notice.ended_at:
        _tell_some(notice, now)
    return notice


def note_outreach(meeting_id: int, told: OutreachDetails, *, by: int, now: datetime) -> Outreach:
    """Write into the log how people were told of a meeting. Raises NotFound, FutureOutreach."""
    meeting = lock(Meeting, meeting_id)
    if told.on > day_of(now):
        raise refusals.FutureOutreach
    row = Outreach(meeting_id=meeting_id, noted_at=now, noted_by=by, **asdict(told))
    session.add(row)
    session.flush()
    audit.record("outreach noted", meeting.reference, by=by, now=now)
    return row


def remove_outreach(meeting_id: int, outreach_id: int, *, by: int, now: datetime) -> None:
    """Take a line out of the log. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    row = delete(Outreach).where(Outreach.id == outreach_id, Outreach.meeting_id == meeting_id)
    if not session.scalars(row.returning(Outreach.id)).all():
        raise NotFound
    audit.record("outreach removed", meeting.reference, by=by, now=now)


def event_of(event: str, meeting: Meeting) -> str:
    """How the round of a reminder is known: by the day of the meeting, so that a later day has its own."""
    return event if event == THANKS else f"{event} {day_of(meeting.starts_at)}"


def _due(now: datetime) -> list[tuple[int, str]]:
    """The reminders to begin now: (meeting, event)."""
    ahead = select(Meeting).where(
        Meeting.starts_at > now,
        Meeting.starts_at < now + timedelta(days=9),
        Meeting.announced_at.is_not(None),
        Meeting.cancelled_at.is_(None),
    )
    meetings = list(session.scalars(ahead.order_by(Meeting.id)))
    ids = [meeting.id for meeting in meetings]
    rounds = select(Notice.meeting_id, Notice.event).where(Notice.meeting_id.in_(ids))
    begun = {(meeting_id, event) for meeting_id, event in session.execute(rounds)}
    return [
        (meeting.id, event_of(event, meeting))
        for meeting in meetings
        for event, days in REMINDERS.items()
        if (day_of(meeting.starts_at) - day_of(now)).days in days
        and (meeting.id, event_of(event, meeting)) not in begun
    ]


def _begin(meeting_id: int, event: str, now: datetime) -> int:
    """Write the row of a reminder, unless another worker has, or plans have changed meanwhile; how many."""
    meeting = lock(Meeting, meeting_id)
    name = event.split(" ")[0]
    if not meeting.is_cancelled and event == event_of(name, meeting) and not _notice(meeting_id, event):
        _add(meeting_id, event, now)
        return 1
    return 0


def _go_on(notice_id: int, now: datetime) -> int:
    """Tell the rest of a round, a transaction for each few hundred; how many mails."""
    told = 0
    while True:
        notice = lock(Notice, notice_id)
        if notice.ended_at:
            session.rollback()
            return told
        told += _tell_some(notice, now)
        session.commit()


def _tell_some(notice: Notice, now: datetime) -> int:
    """The next people of a locked round, whose row then says so."""
    meeting = session.scalars(
        select(Meeting)
        .where(Meeting.id == notice.meeting_id)
        .options(selectinload(Meeting.workshops))
        .execution_options(populate_existing=True)
    ).one()
    name = notice.event.split(" ")[0]
    # A round that was cut off for so long that the meeting has begun, moved or was called off is over.
    if name != THANKS and (
        meeting.is_cancelled or meeting.starts_at <= now or notice.event != event_of(name, meeting)
    ):
        notice.ended_at = now
        return 0
    those = _recipients(meeting.id, present=bool(notice.options.get("present")))
    rest = those.where(Registration.id > notice.last_id).order_by(Registration.id).limit(CHUNK)
    people = list(session.scalars(rest))
    context = {"outputs": _outputs(meeting)} if name == THANKS else {}
    told = emails.tell_all(people, meeting, KINDS[name], now=now, once=notice.event, **context)
    notice.told += told
    if people:
        notice.last_id = people[-1].id
    if len(people) < CHUNK:
        notice.ended_at = now
    return told


def _outputs(meeting: Meeting) -> list[dict[str, object]]:
    """The workshops whose outputs are published, for the links of a mail."""
    return [
        {"number": workshop.number, "theme": workshop.theme}
        for workshop in meeting.workshops
        if workshop.published_at
    ]


def _add(meeting_id: int, event: str, now: datetime, by: int | None = None, **options: object) -> Notice:
    those = _recipients(meeting_id, present=bool(options.get("present")))
    total = session.scalar(those.where(Registration.email.is_not(None)).with_only_columns(func.count()))
    notice = Notice(
        meeting_id=meeting_id, event=event, begun_at=now, begun_by=by, total=total or 0, options=options
    )
    session.add(notice)
    session.flush()
    return notice


def _notice(meeting_id: int, event: str) -> Notice | None:
    return session.scalar(select(Notice).where(Notice.meeting_id == meeting_id, Notice.event == event))


def _recipients(meeting_id: int, *, present: bool) -> Select[Registration]:
    those = select(Registration).where(
        Registration.meeting_id == meeting_id, Registration.state == RegistrationState.CONFIRMED
    )
    return those.where(Registration.present_at.is_not(None)) if present else those
