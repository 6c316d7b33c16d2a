"""Places at a meeting: how many are taken, kept and free, and to whom the next one goes.

All of it under the lock of the meeting. The order of the waiting list is that of arrival; a place kept for
some people (a quota not yet released) goes to the first of them in that order. Who is offered a place answers
within the meeting's `offer_hours`, else it goes on to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.meetings import emails
from cocreation.meetings.models import (
    LIVE,
    TAKEN,
    Meeting,
    Move,
    Quota,
    QuotaKind,
    Registration,
    RegistrationState,
)
from cocreation.meetings.services import allocating

# An offer ends this long before the meeting; where that leaves too little time to answer, nobody is asked.
BEFORE, ENOUGH = timedelta(hours=12), timedelta(hours=2)
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
        """When somebody who comes now joins the waiting list: `now`, or the moment of the last there. Whoever
        held the lock before came before, whatever the clocks say, so that a number that was told stays true.
        """
        return max(now, self.waiting_since) if self.waiting_since else now

    def take(self, claims: Collection[str]) -> None:
        """One more is taken, by a person with these claims."""
        self.taken += 1
        self.having.update(QuotaKind(each) for each in claims)


def places_of(meeting: Meeting, now: datetime) -> Places:
    """How the places of `meeting` stand; two statements, three where places are kept."""
    quotas = session.scalars(select(Quota).where(Quota.meeting_id == meeting.id)).all()
    kept = {each.kind: each.places for each in quotas if each.is_reserved(day_of(now))}
    taken, waiting = _here(meeting, *TAKEN), _here(meeting, RegistrationState.WAITING)
    facts = select(
        taken.with_only_columns(func.count()).scalar_subquery(),
        waiting.with_only_columns(func.count()).scalar_subquery(),
        waiting.with_only_columns(func.max(Registration.queued_at)).scalar_subquery(),
    )
    having: Counter[QuotaKind] = Counter()
    for claims, count in session.execute(_by_claims(meeting, *TAKEN)) if kept else ():
        for each in claims:
            having[QuotaKind(each)] += count
    has_place, waits, since = session.execute(facts).one()
    return Places(meeting.places, kept, has_place, having, waits, since)


def somebody_is_next(meeting: Meeting, places: Places) -> bool:
    """Whether somebody waits for whom a place is open: who comes now then comes after them."""
    if places.taken >= places.total or not places.waiting:
        return False
    waiting = session.execute(_by_claims(meeting, RegistrationState.WAITING))
    return any(places.is_open_to(claims) for claims, _count in waiting)


def fill(meeting: Meeting, *, now: datetime, asks: bool, most: int | None = None) -> int:
    """Give the free places to those who wait, in their order, `most` of them; how many were given.

    With `asks` each is held for its person until they answer; without, they are confirmed and told. Nobody
    moves into a meeting that is over or called off.
    """
    session.flush()
    if meeting.is_over(now) or meeting.is_cancelled:
        return 0
    places = places_of(meeting, now)
    chosen = _next_in_turn(meeting, places, most)
    answer_by = answer_until(meeting, now) if asks else None
    if answer_by:
        _move(meeting, chosen, RegistrationState.OFFERED, now, answer_by=answer_by)
    else:
        _move(meeting, chosen, RegistrationState.CONFIRMED, now, answer_by=None, confirmed_at=now)
    return len(chosen)


def confirm_offered(meeting: Meeting, *, now: datetime) -> None:
    """Confirm those of the waiting list a place is held for; delegates answer for themselves."""
    offered = _here(meeting, RegistrationState.OFFERED).where(Registration.delegation_id.is_(None))
    ids = session.scalars(offered.with_only_columns(Registration.id).order_by(Registration.id)).all()
    _move(meeting, ids, RegistrationState.CONFIRMED, now, answer_by=None, confirmed_at=now)


def answer_until(meeting: Meeting, now: datetime) -> datetime | None:
    """Until when a place offered now is held; None where the meeting is too near to ask."""
    until = min(now + timedelta(hours=meeting.offer_hours), meeting.starts_at - BEFORE)
    return until if until - now >= ENOUGH else None


def count_in(meeting: Meeting, *states: RegistrationState) -> int:
    """How many registrations of `meeting` are in one of `states`."""
    return session.scalar(_here(meeting, *states).with_only_columns(func.count())) or 0


def turn(registration: Registration) -> int:
    """Which in the waiting list it is, from 1 on."""
    before = (Registration.queued_at < registration.queued_at) | (
        (Registration.queued_at == registration.queued_at) & (Registration.id <= registration.id)
    )
    waiting = (
        Registration.meeting_id == registration.meeting_id,
        Registration.state == RegistrationState.WAITING,
    )
    return session.scalar(select(func.count()).where(*waiting, before)) or 0


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
        Move(
            registration_id=registration.id,
            at=now,
            state=registration.state,
            by=by,
            reason=reason,
            workshop_id=workshop_id,
        )
    )


def live(meeting: Meeting) -> list[Registration]:
    """Everyone who has a place, is offered one or waits, in the order they came."""
    return list(session.scalars(_here(meeting, *LIVE).order_by(Registration.id)))


def _next_in_turn(meeting: Meeting, places: Places, most: int | None) -> list[int]:
    """The ids of those who are given the free places, which `places` then has as taken."""
    free = places.total - places.taken
    wanted = free if most is None else min(free, most)
    if wanted <= 0:
        return []
    waiting = _here(meeting, RegistrationState.WAITING).order_by(Registration.queued_at, Registration.id)
    rows = waiting.with_only_columns(Registration.id, Registration.claims)
    chosen: list[int] = []
    # Where nothing is kept the first are the next; else somebody further down may be the first of a quota.
    for registration_id, claims in session.execute(rows if places.kept else rows.limit(wanted)):
        if places.is_open_to(claims):
            places.take(claims)
            chosen.append(registration_id)
            if len(chosen) == wanted:
                break
    return chosen


def _move(
    meeting: Meeting, chosen: Sequence[int], state: RegistrationState, now: datetime, **values: object
) -> None:
    """Bring all of `chosen` to `state`, with their history and their mails, in a few statements."""
    if not chosen:
        return
    session.execute(
        update(Registration).where(Registration.id.in_(chosen)).values(state=state, **values),
        execution_options={"synchronize_session": False},
    )
    session.execute(insert(Move), [{"registration_id": each, "at": now, "state": state} for each in chosen])
    moved = select(Registration).where(Registration.id.in_(chosen)).order_by(Registration.id)
    if state == RegistrationState.CONFIRMED:
        allocating.give(meeting, chosen, now=now)
    people = session.scalars(moved.execution_options(populate_existing=True)).all()
    event = "offered" if state == RegistrationState.OFFERED else "moved_up"
    emails.tell_all(people, meeting, event, now=now)


def _by_claims(meeting: Meeting, *states: RegistrationState) -> Any:
    return (
        select(Registration.claims, func.count())
        .where(Registration.meeting_id == meeting.id, Registration.state.in_(states))
        .group_by(Registration.claims)
    )


def _here(meeting: Meeting, *states: RegistrationState) -> Select[Registration]:
    return select(Registration).where(Registration.meeting_id == meeting.id, Registration.state.in_(states))
