"""Bursts of registrations: those of a meeting, one with its people, those that wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person, Role
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page, page
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.confirmation import Burst
from cocreation.places.models.registration import LIVE, TAKEN, Registration, RegistrationState

JUDGED = timedelta(days=7)  # how long it stands on a desk


@dataclass(frozen=True)
class BurstSummary:
    """A burst with how many came in it, how many of them nobody has confirmed, and how many of those hold a
    place; how many were taken back.
    """

    burst: Burst
    people: int
    unconfirmed: int
    holding: int
    taken_back: int

    def age(self, now: datetime) -> timedelta:
        return now - self.burst.began_at


def bursts_of(meeting: Meeting) -> list[BurstSummary]:
    """The bursts of a meeting that somebody still is in, the latest first."""
    return _shown(_counted().where(Burst.meeting_id == meeting.id))


def get_burst(meeting: Meeting, burst_id: int) -> BurstSummary:
    """A burst of this meeting. Raises NotFound."""
    bursts = _counted().where(Burst.meeting_id == meeting.id, Burst.id == burst_id)
    shown = _shown(bursts)
    if not shown:
        raise NotFound
    return shown[0]


def people_of(burst: Burst, cursor: str | None) -> Page[Registration]:
    """Who came in a burst, in the order they did."""
    registrations = select(Registration).where(Registration.burst_id == burst.id)
    return page(registrations, Registration.id, cursor=cursor, size=50, descending=False)


def to_judge(person: Person, now: datetime) -> Sequence[BurstSummary]:
    """The bursts at the meetings somebody runs that are not taken back and that nobody has confirmed."""
    open_ones = _counted().where(
        Burst.taken_back_at.is_(None),
        Burst.last_at > now - JUDGED,
        Meeting.ends_at > now,
        Meeting.cancelled_at.is_(None),
    )
    if not person.runs_everything:
        open_ones = open_ones.where(Burst.meeting_id.in_(person.scopes(Role.COORDINATOR)))
    return [summary for summary in _shown(open_ones) if summary.unconfirmed]


def _counted() -> Select[Burst, int, int, int, int]:
    pending = Registration.state.in_(LIVE) & Registration.address_confirmed_at.is_(None)
    holding = Registration.state.in_(TAKEN) & Registration.address_confirmed_at.is_(None)
    gone = (Registration.state == RegistrationState.CANCELLED) & (
        Registration.cancelled_at == Burst.taken_back_at
    )
    return (
        select(
            Burst,
            func.count(Registration.id),
            func.count(case((pending, 1))),
            func.count(case((holding, 1))),
            func.count(case((gone, 1))),
        )
        .join(Meeting, Meeting.id == Burst.meeting_id)
        .join(Registration, Registration.burst_id == Burst.id)
        .options(joinedload(Burst.meeting))
        .group_by(Burst.id, Meeting.id)
        .order_by(Burst.id.desc())
    )


def _shown(counted: Select[Burst, int, int, int, int]) -> list[BurstSummary]:
    return [BurstSummary(*row) for row in session.execute(counted)]
