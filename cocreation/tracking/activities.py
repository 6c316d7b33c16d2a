"""Reads of activities as they stood at the end of a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.tracking.arithmetic import ProgressBand, band
from cocreation.tracking.models import (
    Evidence,
    EvidenceStanding,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    WeightSetting,
)


@dataclass(frozen=True)
class ActivityProgress:
    """An activity at the end of a day: percentages, None where nothing was reported or proved; the period of
    its last report. `is_band_alone` says that a plan of the past has its band and no percentage.
    """

    activity: TrackedActivity
    declared: int | None
    evidenced: int | None
    band: ProgressBand | None
    period_id: int | None
    is_in_force: bool
    is_band_alone: bool = False


@dataclass(frozen=True)
class _Latest:
    declared: int | None = None
    band: int | None = None
    period_id: int | None = None


def end_of(day: date) -> datetime:
    """The moment at which a day is over in Morocco."""
    return clock.moment_in_morocco(datetime.combine(day + timedelta(days=1), time()))


def activities_at(
    cycle_id: int, on: date, commitment_id: int | None = None
) -> dict[int, list[ActivityProgress]]:
    """The activities of a plan, or of one of its commitments, by the id of the commitment, in their order. In
    three statements.
    """
    statement = (
        select(TrackedActivity)
        .join(TrackedActivity.tracked)
        .where(TrackedCommitment.cycle_id == cycle_id, TrackedActivity.began_on <= on)
        .order_by(TrackedActivity.commitment_id, TrackedActivity.number)
    )
    if commitment_id is not None:
        statement = statement.where(TrackedActivity.commitment_id == commitment_id)
    latest, proved = _latest(cycle_id, on, commitment_id), _proved(cycle_id, on, commitment_id)
    by_commitment: dict[int, list[ActivityProgress]] = defaultdict(list)
    for activity in session.scalars(statement):
        report = latest.get(activity.id, _Latest())
        evidenced = proved.get(activity.id)
        if evidenced is not None and report.declared is not None:
            evidenced = min(evidenced, report.declared)
        by_commitment[activity.commitment_id].append(
            ActivityProgress(
                activity,
                report.declared,
                evidenced,
                _band(report),
                report.period_id,
                not (activity.dropped_on and activity.dropped_on <= on),
                report.period_id is not None and report.declared is None,
            )
        )
    return by_commitment


def _band(report: _Latest) -> ProgressBand | None:
    if report.period_id is None:
        return ProgressBand.NOT_STARTED
    if report.declared is not None:
        return band(report.declared)
    return None if report.band is None else list(ProgressBand)[report.band]


def _latest(cycle_id: int, on: date, commitment_id: int | None) -> dict[int, _Latest]:
    """What the last period says on which something was reported by then, in its last revision by then."""
    order = (
        ProgressReport.declared.is_(None),
        ReportingPeriod.number.desc(),
        ProgressReport.revision.desc(),
    )
    place = func.row_number().over(partition_by=ProgressReport.activity_id, order_by=order).label("place")
    ranked = (
        select(
            *(ProgressReport.activity_id, ProgressReport.declared, ProgressReport.band),
            *(ProgressReport.period_id, place),
        )
        .join(ProgressReport.period)
        .where(ReportingPeriod.cycle_id == cycle_id, ProgressReport.submitted_at < end_of(on))
    )
    if commitment_id is not None:
        of_commitment = TrackedActivity.commitment_id == commitment_id
        ranked = ranked.join(ProgressReport.activity).where(of_commitment)
    rows = ranked.subquery()
    columns = rows.c.activity_id, rows.c.declared, rows.c.band, rows.c.period_id
    return {row[0]: _Latest(*row[1:]) for row in session.execute(select(*columns).where(rows.c.place == 1))}


def _proved(cycle_id: int, on: date, commitment_id: int | None) -> dict[int, int]:
    """The percentage of the last report by then beside which evidence counted then."""
    until = end_of(on)
    standing, later = EvidenceStanding, aliased(EvidenceStanding)
    last_standing = (
        select(func.max(later.id))
        .where(later.evidence_id == Evidence.id, later.at < until)
        .correlate(Evidence)
        .scalar_subquery()
    )
    newer = aliased(ProgressReport)
    last_revision = (
        select(func.max(newer.revision))
        .where(newer.activity_id == Evidence.activity_id, newer.period_id == Evidence.period_id)
        .where(newer.submitted_at < until)
        .correlate(Evidence)
        .scalar_subquery()
    )
    of_evidence = and_(
        ProgressReport.activity_id == Evidence.activity_id, ProgressReport.period_id == Evidence.period_id
    )
    statement = (
        select(Evidence.activity_id, ProgressReport.declared)
        .select_from(Evidence)
        .join(standing, standing.id == last_standing)
        .join(Evidence.period)
        .join(ProgressReport, of_evidence)
        .where(ReportingPeriod.cycle_id == cycle_id, standing.counts)
        .where(ProgressReport.revision == last_revision, ProgressReport.declared.is_not(None))
        .order_by(ReportingPeriod.number)
    )
    if commitment_id is not None:
        of_commitment = TrackedActivity.commitment_id == commitment_id
        statement = statement.join(Evidence.activity).where(of_commitment)
    return {
        activity_id: percent for activity_id, percent in session.execute(statement) if percent is not None
    }


def weights_at(commitment_id: int, on: date) -> dict[str, int]:
    """The weights that were in force at the end of a day, by the numbers of the activities."""
    set_by_then = WeightSetting.commitment_id == commitment_id, WeightSetting.set_at < end_of(on)
    newest = select(WeightSetting.weights).where(*set_by_then).order_by(WeightSetting.number.desc())
    return session.scalar(newest.limit(1)) or {}
