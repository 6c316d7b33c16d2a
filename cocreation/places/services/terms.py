"""How long a place is held for somebody who has not confirmed their address, or not answered an offer.

The clocks are for the waiting list: who was given a place and has not confirmed within the meeting's
`confirm_hours` yields it to somebody who confirmed and waits. Where nobody waits it stays theirs to take, and
they are reminded, until registration closes; then it is let go, unless the organisers keep it
(`keeps_unconfirmed`). Nobody on the way loses one in the last hours before the meeting (decision 029).

A delegate's row that stands for nothing, since the address is registered already, holds its place like any
other of the list, so that nothing that is done with the list tells one from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from cocreation.core.database import session
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.places import emails
from cocreation.places.models.registration import (
    EntryChannel,
    Registration,
    RegistrationEvent,
    RegistrationState,
)
from cocreation.places.services import address_links

# An offer ends this long before the meeting; where that leaves too little time to answer, nobody is asked.
BEFORE, ENOUGH = timedelta(hours=12), timedelta(hours=2)

_SHOWN_AS_HELD: ColumnElement[bool] = and_(
    Registration.state == RegistrationState.REPEATED, Registration.shown_as == RegistrationState.OFFERED
)
HELD_FOR_NOTHING: ColumnElement[bool] = and_(_SHOWN_AS_HELD, Registration.entry == EntryChannel.DELEGATION)
_HOLDS: ColumnElement[bool] = or_(Registration.state == RegistrationState.OFFERED, _SHOWN_AS_HELD)
_UNCONFIRMED: ColumnElement[bool] = Registration.address_confirmed_at.is_(None)

Held = tuple[int, list[str]]  # the id of a registration and its claims


def yields_at(meeting: Meeting, now: datetime) -> datetime:
    """From when on a place taken now without confirming goes to whoever needs it: after `confirm_hours`, half
    a day before the meeting at the latest, and never before there was time to open the mail.
    """
    until = min(now + timedelta(hours=meeting.confirm_hours), meeting.starts_at - BEFORE)
    return max(until, now + ENOUGH)


def answer_until(meeting: Meeting, now: datetime) -> datetime | None:
    """Until when a place offered now is held; None where the meeting is too near to ask."""
    until = min(now + timedelta(hours=meeting.offer_hours), meeting.starts_at - BEFORE)
    return until if until - now >= ENOUGH else None


def overdue(meeting: Meeting, now: datetime) -> list[Held]:
    """Who holds a place and has not confirmed in time, the longest first. In the last hours before the
    meeting nobody on the way loses a place; only who came in those hours does.
    """
    last = meeting.starts_at - BEFORE
    late = select(Registration.id, Registration.claims).where(
        Registration.meeting_id == meeting.id,
        or_(Registration.state == RegistrationState.OFFERED, HELD_FOR_NOTHING),
        _UNCONFIRMED,
        Registration.yields_at <= now,
    )
    if now >= last:
        late = late.where(Registration.yields_at > last)
    rows = session.execute(late.order_by(Registration.yields_at, Registration.id))
    return [(number, claims) for number, claims in rows]


def yield_places(meeting: Meeting, yielding: Sequence[int], now: datetime) -> None:
    """Bring those whose place goes to somebody else to the waiting list, where they have no turn until they
    confirm; they are told, with the link that does it. Who is only shown as having registered by the public
    form loses what is shown with them.
    """
    if not yielding:
        return
    last = select(func.max(Registration.yields_at)).where(Registration.id.in_(yielding)).scalar_subquery()
    alike = select(Registration.id).where(
        Registration.meeting_id == meeting.id,
        _SHOWN_AS_HELD,
        Registration.entry != EntryChannel.DELEGATION,
        Registration.yields_at <= last,
    )
    _to_waiting_list(meeting, [*yielding, *session.scalars(alike)], emails.YIELDED, now)


def let_go(meeting: Meeting, *, now: datetime) -> int:
    """Hold the places nobody has confirmed in their hours no longer, once registration to a locked meeting
    has closed; how many. They are told once, and have a place again by confirming while one is free.
    """
    if not is_over_for_unconfirmed(meeting, now):
        return 0
    late = select(Registration.id).where(
        Registration.meeting_id == meeting.id,
        _HOLDS,
        _UNCONFIRMED,
        Registration.yields_at <= now,
    )
    gone = session.scalars(late.order_by(Registration.id)).all()
    _to_waiting_list(meeting, gone, emails.LET_GO, now)
    return len(gone)


def is_over_for_unconfirmed(meeting: Meeting, now: datetime) -> bool:
    """Whether a place is held for nobody any more who let their hours pass."""
    is_near = now >= meeting.starts_at - BEFORE
    return meeting.registration_closes_at <= now and not is_near and not meeting.keeps_unconfirmed


def meetings_to_let_go(now: datetime) -> ColumnElement[bool]:
    """Those where registration has closed and somebody let their hours pass."""
    states = (RegistrationState.OFFERED, RegistrationState.REPEATED)
    unconfirmed = and_(_UNCONFIRMED, Registration.yields_at <= now)
    late = select(Registration.meeting_id).where(
        Registration.state.in_(states),
        _HOLDS,
        or_(unconfirmed, Registration.answer_by < now),
    )
    return and_(
        Meeting.registration_closes_at <= now,
        Meeting.starts_at > now + BEFORE,
        Meeting.keeps_unconfirmed.is_(False),
        Meeting.id.in_(late),
    )


def _to_waiting_list(meeting: Meeting, gone: Sequence[int], kind: MeetingMail, now: datetime) -> None:
    """Who stands for nothing is shown there, and nobody is told of it."""
    if not gone:
        return
    waiting, those = RegistrationState.WAITING, Registration.id.in_(gone)
    shown = Registration.state == RegistrationState.REPEATED
    for rows, values in (
        (shown, {"shown_as": waiting, "yields_at": None}),
        (~shown, {"state": waiting, "answer_by": None, "yields_at": None, "reminded_at": now}),
    ):
        session.execute(
            update(Registration).where(those, rows).values(values),
            execution_options={"synchronize_session": False},
        )
    session.execute(
        insert(RegistrationEvent),
        [{"registration_id": number, "at": now, "state": waiting} for number in gone],
    )
    moved = select(Registration).where(those).order_by(Registration.id)
    for registration in session.scalars(moved.execution_options(populate_existing=True)).all():
        if registration.shown_as is None:
            way = address_links.way_to_confirm(registration, now=now)
            emails.tell(registration, meeting, kind, now=now, at=now, **way)
