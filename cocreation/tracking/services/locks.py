"""Who acts on a plan holds it until the transaction ends: its figures add up over all its commitments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import found, lock, session
from cocreation.core.errors import NotFound
from cocreation.tracking.models import ReportingPeriod, TrackedActivity, TrackedCommitment, TrackedPlan
from cocreation.tracking.refusals import DroppedFromPlan, NotTracked, PeriodClosed, PeriodNotBegun

FRESH = {"populate_existing": True}


def held_plan(cycle_id: int) -> TrackedPlan:
    """Raises NotTracked."""
    try:
        return lock(TrackedPlan, cycle_id)
    except NotFound:
        raise NotTracked from None


def held_commitment(commitment_id: int) -> TrackedCommitment:
    """A tracked commitment with its activities, fresh, its plan being held. Raises NotFound."""
    cycle_id = session.scalar(
        select(TrackedCommitment.cycle_id).where(TrackedCommitment.commitment_id == commitment_id)
    )
    if cycle_id is None:
        raise NotFound
    held_plan(cycle_id)
    statement = select(TrackedCommitment).where(TrackedCommitment.commitment_id == commitment_id)
    loaded = (
        joinedload(TrackedCommitment.activities).joinedload(TrackedActivity.tracked),
        joinedload(TrackedCommitment.commitment),
    )
    rows = session.scalars(statement.options(*loaded).execution_options(**FRESH))
    return found(rows.unique().one_or_none())


def held_activity(activity_id: int) -> TrackedActivity:
    """An activity with its tracked commitment, fresh, its plan being held. Raises NotFound,
    DroppedFromPlan.
    """
    commitment_id = session.scalar(
        select(TrackedActivity.commitment_id).where(TrackedActivity.id == activity_id)
    )
    tracked = held_commitment(commitment_id or 0)
    activity = next(row for row in tracked.activities if row.id == activity_id)
    if tracked.is_dropped or activity.dropped_on:
        raise DroppedFromPlan
    return activity


def open_period(period_id: int, cycle_id: int, today: date) -> ReportingPeriod:
    """A period of this cycle in which reports are taken. Raises NotFound, PeriodNotBegun, PeriodClosed."""
    named = ReportingPeriod.id == period_id, ReportingPeriod.cycle_id == cycle_id
    period = found(session.scalar(select(ReportingPeriod).where(*named).execution_options(**FRESH)))
    if today < period.starts_on:
        raise PeriodNotBegun(day=period.starts_on)
    if period.closed_at or today > period.closes_on:
        raise PeriodClosed(day=period.closes_on)
    return period
