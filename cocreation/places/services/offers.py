"""What the worker does for the places: offers that lapse, places that come free, a list that moves up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from cocreation.core.chores import each_of
from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting, Quota
from cocreation.meetings.services.locks import lock_meeting
from cocreation.places import emails
from cocreation.places.models.registration import Registration, RegistrationEvent, RegistrationState
from cocreation.places.services import places, terms

CHUNK = 1000  # people confirmed in one transaction


def chore(now: datetime) -> int:
    """Let offers lapse and give what is free, meeting by meeting; how many moved."""
    return each_of("places of a meeting", _due(now), lambda meeting_id: _see_to(meeting_id, now), now=now)


def _see_to(meeting_id: int, now: datetime) -> int:
    meeting = lock_meeting(meeting_id)
    done = lapse(meeting, now=now) + terms.let_go(meeting, now=now)
    session.commit()
    while moved := _go_on(meeting_id, now):
        done += moved
    return done


def lapse(meeting: Meeting, *, now: datetime) -> int:
    """End the offers of a locked meeting that nobody answered in time, one for each who waits, the oldest
    first; how many. They are told. Where nobody waits an offer stays until registration closes, and all that
    are over end then: no place is worth less for it before.
    """
    has_closed = terms.is_over_for_unconfirmed(meeting, now)
    waiting = None if has_closed else places.count_in_line(meeting)
    if waiting == 0:
        return 0
    over = select(Registration).where(
        Registration.meeting_id == meeting.id,
        Registration.state == RegistrationState.OFFERED,
        Registration.answer_by < now,
    )
    over = over.order_by(Registration.answer_by, Registration.id).limit(waiting)
    people = session.scalars(over.execution_options(populate_existing=True)).all()
    for registration in people:
        registration.state, registration.answer_by, registration.yields_at = (
            RegistrationState.LAPSED,
            None,
            None,
        )
        session.add(RegistrationEvent(registration_id=registration.id, at=now, state=registration.state))
    emails.tell_all(people, meeting, emails.LAPSED, now=now, closed=has_closed)
    return len(people)


def promote(meeting: Meeting, *, now: datetime) -> int:
    """Say that free places are confirmed at once, since there are more of them: some now, the rest by the
    worker. How many now. Nobody ahead of them still has to answer.
    """
    moved = places.fill(meeting, now=now, asks=False, most=places.AT_ONCE)
    if moved:
        places.confirm_offered(meeting, now=now)
    if moved == places.AT_ONCE:
        meeting.promoting_since = now
    return moved


def _go_on(meeting_id: int, now: datetime) -> int:
    """Give the next free places of a meeting, and commit."""
    meeting = lock_meeting(meeting_id)
    asks = meeting.promoting_since is None
    moved = places.fill(meeting, now=now, asks=asks, most=CHUNK)
    if moved < CHUNK:
        session.execute(update(Meeting).where(Meeting.id == meeting_id).values(promoting_since=None))
    session.commit()
    return moved


def _due(now: datetime) -> list[int]:
    """Meetings ahead with a list to move up; or where somebody who confirmed waits, with an offer to end,
    places kept until today at the latest, or places not confirmed in time; or where registration has closed
    and such a place is held for nobody any more.
    """
    lapsed = select(Registration.meeting_id).where(
        Registration.state == RegistrationState.OFFERED, Registration.answer_by < now
    )
    released = select(Quota.meeting_id).where(Quota.release_on <= day_of(now))
    waits = select(Registration.meeting_id).where(
        Registration.state == RegistrationState.WAITING, Registration.address_confirmed_at.is_not(None)
    )
    waits_at_all = select(Registration.meeting_id).where(Registration.state == RegistrationState.WAITING)
    overdue = select(Registration.meeting_id).where(
        Registration.state == RegistrationState.OFFERED,
        Registration.yields_at <= now,
        Registration.address_confirmed_at.is_(None),
    )
    ahead = select(Meeting.id).where(Meeting.ends_at > now, Meeting.cancelled_at.is_(None))
    late = Meeting.id.in_(lapsed) | Meeting.id.in_(released) | Meeting.id.in_(overdue)
    promoted = Meeting.promoting_since.is_not(None) & Meeting.id.in_(waits_at_all)
    due = (late & Meeting.id.in_(waits)) | promoted | terms.meetings_to_let_go(now)
    return list(session.scalars(ahead.where(due).order_by(Meeting.id)))
