"""Places at a meeting: how many are taken, kept and free, and to whom the next one goes.

All of it under the lock of the meeting. The order of the waiting list is that in which people confirmed; a
place kept for some people (a quota not yet released) goes to the first of them in that order. How long a
place is held for somebody stands in `terms`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, insert, select, update

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting, Quota, QuotaKind
from cocreation.places import emails
from cocreation.places.models.registration import (
    LIVE,
    TAKEN,
    Registration,
    RegistrationEvent,
    RegistrationState,
)
from cocreation.places.services import address_links, terms, workshop_seats

CONFIRMED: ColumnElement[bool] = Registration.address_confirmed_at.is_not(None)
AN_INSTANT = timedelta(microseconds=1)
AT_ONCE = 200  # people confirmed while somebody waits for the page; more are left to the worker


@dataclass
class Places:
    """The places of a meeting as they stand: how many there are, how many are kept for whom, who has one;
    and how many wait, the last of them since when.
    """

    total: int
    kept: dict[QuotaKind, int]
    taken: int
    having: Counter[QuotaKind]
    waiting: int
    waiting_since: datetime | None

    def is_open_to(self, claims: Collection[str]) -> bool:
        """Whether one more person with these claims can have a place.

        Of the free places, those kept for others do not count: a quota keeps as many as it has not filled.
        """
        others = (
            max(0, places - self.having[kind]) for kind, places in self.kept.items() if kind not in claims
        )
        return self.total - self.taken > sum(others)

    def end_of_queue(self, now: datetime) -> datetime:
        """When somebody who comes now joins the waiting list: `now`, or just after the last there. Whoever
        held the lock before came before, whatever the clocks say and whoever registered first, so that a
        number that was told stays true.
        """
        return max(now, self.waiting_since + AN_INSTANT) if self.waiting_since else now

    def take(self, claims: Collection[str]) -> None:
        """One more is taken, by a person with these claims."""
        self.taken += 1
        self.having.update(QuotaKind(claim) for claim in claims)

    def give_back(self, claims: Collection[str]) -> None:
        """The place of a person with these claims comes free."""
        self.taken -= 1
        self.having.subtract(QuotaKind(claim) for claim in claims)


def places_of(meeting: Meeting, now: datetime) -> Places:
    """How the places of `meeting` stand; two statements, three where places are kept."""
    quotas = session.scalars(select(Quota).where(Quota.meeting_id == meeting.id)).all()
    kept = {quota.kind: quota.places for quota in quotas if quota.is_reserved(day_of(now))}
    taken, waiting = _of_meeting(meeting, *TAKEN), _in_line(meeting)
    for_nothing = _of_meeting(meeting, RegistrationState.REPEATED).where(terms.HELD_FOR_NOTHING)
    facts = select(
        taken.with_only_columns(func.count()).scalar_subquery()
        + for_nothing.with_only_columns(func.count()).scalar_subquery(),
        waiting.with_only_columns(func.count()).scalar_subquery(),
        waiting.with_only_columns(func.max(Registration.queued_at)).scalar_subquery(),
    )
    having: Counter[QuotaKind] = Counter()
    for claims, count in session.execute(_by_claims(meeting, *TAKEN)) if kept else ():
        for claim in claims:
            having[QuotaKind(claim)] += count
    has_place, waits, since = session.execute(facts).one()
    return Places(meeting.places, kept, has_place, having, waits, since)


def somebody_is_next(meeting: Meeting, places: Places) -> bool:
    """Whether somebody waits for whom a place is open: who comes now then comes after them."""
    if places.taken >= places.total or not places.waiting:
        return False
    waiting = _by_claims(meeting, RegistrationState.WAITING).where(CONFIRMED)
    return any(places.is_open_to(claims) for claims, _count in session.execute(waiting))


def fill(
    meeting: Meeting, *, now: datetime, asks: bool, most: int | None = None, on_page: int | None = None
) -> int:
    """Give the free places to those who wait, in their order, `most` of them; how many were given. Who has
    confirmed comes first; for who has not, a place that is left over is held until they do or it is needed.

    Places of people who have not confirmed in time go with them, one for each who confirmed and needs it.
    With `asks` each is held for its person until they answer; without, they are confirmed and told; `on_page`
    is the id of somebody who is at this page now, and is not asked. Nobody moves into a meeting that is over
    or called off.
    """
    session.flush()
    if meeting.is_over(now) or meeting.is_cancelled:
        return 0
    places = places_of(meeting, now)
    chosen, yielding = _next_in_turn(
        meeting, places, terms.overdue(meeting, now) if places.waiting else [], most
    )
    terms.yield_places(meeting, yielding, now)
    answer_by = terms.answer_until(meeting, now) if asks else None
    if answer_by:
        asked = [number for number in chosen if number != on_page]
        _move(meeting, asked, RegistrationState.OFFERED, emails.OFFERED, now, answer_by=answer_by)
        chosen_here, kind = [number for number in chosen if number == on_page], emails.CONFIRMED
    else:
        chosen_here, kind = chosen, emails.MOVED_UP
    confirmed = {"answer_by": None, "confirmed_at": now}
    _move(meeting, chosen_here, RegistrationState.CONFIRMED, kind, now, **confirmed)
    return len(chosen) + _hold(meeting, places, None if most is None else most - len(chosen), now)


def confirm_offered(meeting: Meeting, *, now: datetime) -> None:
    """Confirm those of the waiting list a place is held for; delegates, and who has not confirmed their
    address, answer for themselves.
    """
    offered = _of_meeting(meeting, RegistrationState.OFFERED).where(
        Registration.delegation_id.is_(None), CONFIRMED
    )
    ids = session.scalars(offered.with_only_columns(Registration.id).order_by(Registration.id)).all()
    confirmed = {"answer_by": None, "confirmed_at": now}
    _move(meeting, ids, RegistrationState.CONFIRMED, emails.MOVED_UP, now, **confirmed)


def count_in(meeting: Meeting, *states: RegistrationState) -> int:
    """How many registrations of `meeting` are in one of `states`."""
    return session.scalar(_of_meeting(meeting, *states).with_only_columns(func.count())) or 0


def count_in_line(meeting: Meeting) -> int:
    """How many of the waiting list have a turn."""
    return session.scalar(_in_line(meeting).with_only_columns(func.count())) or 0


def turn(registration: Registration) -> int:
    """Which in the waiting list it is, from 1 on; of a row only shown as waiting, which it would be."""
    before = (Registration.queued_at < registration.queued_at) | (
        (Registration.queued_at == registration.queued_at) & (Registration.id <= registration.id)
    )
    waiting = (
        Registration.meeting_id == registration.meeting_id,
        Registration.state == RegistrationState.WAITING,
        CONFIRMED,
    )
    itself = registration.state != RegistrationState.WAITING
    return (session.scalar(select(func.count()).where(*waiting, before)) or 0) + itself


def note(
    registration: Registration,
    *,
    now: datetime,
    by: int | None = None,
    reason: str | None = None,
    workshop_id: int | None = None,
) -> None:
    """Write what became of a flushed registration into its history."""
    session.add(
        RegistrationEvent(
            registration_id=registration.id,
            at=now,
            state=registration.standing,
            by=by,
            reason=reason,
            workshop_id=workshop_id,
        )
    )


def live(meeting: Meeting) -> list[Registration]:
    """Everyone who has a place, is offered one or waits, in the order they came."""
    return list(session.scalars(_of_meeting(meeting, *LIVE).order_by(Registration.id)))


def _hold(meeting: Meeting, places: Places, most: int | None, now: datetime) -> int:
    """Hold the places nobody who confirmed needs for those who have not and can be written to, in the order
    they came; how many. Once for each: who let a place go is asked no more.
    """
    free = places.total - places.taken
    wanted = free if most is None else min(free, most)
    if wanted <= 0:
        return 0
    pending = _of_meeting(meeting, RegistrationState.WAITING).where(
        Registration.address_confirmed_at.is_(None),
        Registration.email.is_not(None),
        Registration.reminded_at.is_(None),
    )
    pending = pending.order_by(Registration.queued_at, Registration.id)
    held = 0
    for registration in session.scalars(pending if places.kept else pending.limit(wanted)).all():
        if held == wanted or not places.is_open_to(registration.claims):
            continue
        places.take(registration.claims)
        held += 1
        registration.state, registration.yields_at = RegistrationState.OFFERED, terms.yields_at(meeting, now)
        note(registration, now=now)
        way = address_links.way_to_confirm(registration, now=now)
        until = registration.yields_at.isoformat()
        emails.tell(registration, meeting, emails.CONFIRM_SOON, now=now, at=now, until=until, **way)
    return held


def _next_in_turn(
    meeting: Meeting, places: Places, overdue: list[terms.Held], most: int | None
) -> tuple[list[int], list[int]]:
    """The ids of those who are given places, which `places` then has as taken, and of those of `overdue`
    whose place they are given.
    """
    free = max(0, places.total - places.taken) + len(overdue)
    wanted = free if most is None else min(free, most)
    chosen: list[int] = []
    yielding: list[int] = []
    if wanted <= 0:
        return chosen, yielding
    waiting = _in_line(meeting).order_by(Registration.queued_at, Registration.id)
    rows = waiting.with_only_columns(Registration.id, Registration.claims)
    # Where nothing is kept the first are the next; else somebody further down may be the first of a quota.
    for registration_id, claims in session.execute(rows if places.kept else rows.limit(wanted)):
        if not places.is_open_to(claims):
            if (makes_room := _who_makes_room(places, overdue, claims)) is None:
                continue
            overdue.remove(makes_room)
            yielding.append(makes_room[0])
        places.take(claims)
        chosen.append(registration_id)
        if len(chosen) == wanted:
            break
    return chosen, yielding


def _who_makes_room(places: Places, overdue: list[terms.Held], claims: Collection[str]) -> terms.Held | None:
    """The first of `overdue` whose place is then open to somebody with these claims; it is given back."""
    for held in overdue:
        places.give_back(held[1])
        if places.is_open_to(claims):
            return held
        places.take(held[1])
    return None


def _move(
    meeting: Meeting,
    chosen: Sequence[int],
    state: RegistrationState,
    kind: MeetingMail,
    now: datetime,
    **values: object,
) -> None:
    """Bring all of `chosen` to `state`, with their history and a mail of `kind`, in a few statements."""
    if not chosen:
        return
    session.execute(
        update(Registration).where(Registration.id.in_(chosen)).values(state=state, **values),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        insert(RegistrationEvent),
        [{"registration_id": number, "at": now, "state": state} for number in chosen],
    )
    moved = select(Registration).where(Registration.id.in_(chosen)).order_by(Registration.id)
    if state == RegistrationState.CONFIRMED:
        workshop_seats.give(meeting, chosen, now=now)
    people = session.scalars(moved.execution_options(populate_existing=True)).all()
    emails.tell_all(people, meeting, kind, now=now)


def _by_claims(meeting: Meeting, *states: RegistrationState) -> Select[list[str], int]:
    return (
        select(Registration.claims, func.count())
        .where(Registration.meeting_id == meeting.id, Registration.state.in_(states))
        .group_by(Registration.claims)
    )


def _of_meeting(meeting: Meeting, *states: RegistrationState) -> Select[Registration]:
    return select(Registration).where(Registration.meeting_id == meeting.id, Registration.state.in_(states))


def _in_line(meeting: Meeting) -> Select[Registration]:
    """Those of the waiting list who have confirmed, and so have a turn."""
    return _of_meeting(meeting, RegistrationState.WAITING).where(CONFIRMED)
