"""Reads of what is tracked of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.plan.models import Commitment
from cocreation.tracking.activities import ActivityProgress, activities_at, end_of
from cocreation.tracking.models import (
    DeadlineChange,
    Evidence,
    IndicatorValue,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
    WeightSetting,
)


@dataclass(frozen=True)
class ActivityRecord:
    """An activity at the end of a day with all that was noted of it by then: reports in force, the latest
    period first, with their obstacles, period and sender; evidence, the latest first; moved ends, the first
    move first.
    """

    progress: ActivityProgress
    reports: list[ProgressReport]
    evidence: list[Evidence]
    moves: list[DeadlineChange]


def get_plan(code: str) -> TrackedPlan:
    """The tracked plan of a cycle, with it. Raises NotFound."""
    statement = select(TrackedPlan).join(TrackedPlan.cycle).where(Cycle.code == code)
    return found(session.scalar(statement.options(contains_eager(TrackedPlan.cycle))))


def get_tracked(commitment: Commitment) -> TrackedCommitment:
    """Raises NotFound where its plan was not adopted yet."""
    statement = select(TrackedCommitment).where(TrackedCommitment.commitment_id == commitment.id)
    return found(session.scalar(statement.options(selectinload(TrackedCommitment.activities))))


def get_activity(commitment: Commitment, number: int) -> TrackedActivity:
    """The activity of this number of a commitment, with what is tracked of that. Raises NotFound."""
    named = TrackedActivity.commitment_id == commitment.id, TrackedActivity.number == number
    statement = select(TrackedActivity).where(*named).options(joinedload(TrackedActivity.tracked))
    return found(session.scalar(statement))


def periods(cycle_id: int) -> list[ReportingPeriod]:
    """The calendar of a plan, the first period first."""
    of_cycle = select(ReportingPeriod).where(ReportingPeriod.cycle_id == cycle_id)
    return list(session.scalars(of_cycle.order_by(ReportingPeriod.number)))


def get_period(cycle_id: int, number: int) -> ReportingPeriod:
    """Raises NotFound."""
    named = ReportingPeriod.cycle_id == cycle_id, ReportingPeriod.number == number
    return found(session.scalar(select(ReportingPeriod).where(*named)))


def period_to_report(cycle_id: int, on: date) -> ReportingPeriod | None:
    """The period on which leads report on a day: the last that has ended and is still open, else the one that
    runs.
    """
    rows = [row for row in periods(cycle_id) if row.starts_on <= on <= row.closes_on and not row.closed_at]
    ended = [row for row in rows if row.ends_on < on]
    return ended[-1] if ended else next(iter(rows), None)


def records_of(commitment: Commitment, on: date) -> list[ActivityRecord]:
    """The activities of a commitment at the end of a day with all that was noted of them by then; in seven
    statements.
    """
    rows = activities_at(commitment.cycle_id, on, commitment.id).get(commitment.id, [])
    ids = [row.activity.id for row in rows]
    reports, evidence, moves = reports_of(ids, on), evidence_of(ids, on), moves_of(ids, on)
    return [
        ActivityRecord(row, reports[key], evidence[key], moves[key])
        for row, key in zip(rows, ids, strict=True)
    ]


def reports_of(activity_ids: Collection[int], on: date) -> defaultdict[int, list[ProgressReport]]:
    """The last revision by the end of a day of each report on these activities, the latest period first."""
    statement = (
        select(ProgressReport)
        .join(ProgressReport.period)
        .where(ProgressReport.activity_id.in_(activity_ids), ProgressReport.submitted_at < end_of(on))
        .options(
            contains_eager(ProgressReport.period),
            selectinload(ProgressReport.obstacles),
            joinedload(ProgressReport.submitter),
        )
        .order_by(ReportingPeriod.number.desc(), ProgressReport.revision.desc())
    )
    last: dict[tuple[int, int], ProgressReport] = {}
    for row in session.scalars(statement):
        last.setdefault((row.activity_id, row.period_id), row)
    by_activity: defaultdict[int, list[ProgressReport]] = defaultdict(list)
    for row in last.values():
        by_activity[row.activity_id].append(row)
    return by_activity


def evidence_of(activity_ids: Collection[int], on: date) -> defaultdict[int, list[Evidence]]:
    """What was put beside the reports on these activities by the end of a day, the latest first."""
    statement = (
        select(Evidence)
        .where(Evidence.activity_id.in_(activity_ids), Evidence.added_at < end_of(on))
        .options(joinedload(Evidence.period))
        .order_by(Evidence.id.desc())
    )
    by_activity: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in session.scalars(statement):
        by_activity[row.activity_id].append(row)
    return by_activity


def moves_of(activity_ids: Collection[int], on: date) -> defaultdict[int, list[DeadlineChange]]:
    """The moves of the ends of these activities by the end of a day, the first one first."""
    moved = DeadlineChange.activity_id.in_(activity_ids), DeadlineChange.moved_at < end_of(on)
    by_activity: defaultdict[int, list[DeadlineChange]] = defaultdict(list)
    for row in session.scalars(select(DeadlineChange).where(*moved).order_by(DeadlineChange.id)):
        by_activity[row.activity_id].append(row)
    return by_activity


def values_of(commitment: Commitment, on: date) -> defaultdict[int, list[tuple[int, IndicatorValue]]]:
    """The values of the indicators of a commitment that were noted by the end of a day, each with the number
    of its period, by the id of the section; the first period first.
    """
    statement = (
        select(ReportingPeriod.number, IndicatorValue)
        .join(ReportingPeriod, ReportingPeriod.id == IndicatorValue.period_id)
        .where(IndicatorValue.commitment_id == commitment.id, IndicatorValue.measured_at < end_of(on))
        .order_by(ReportingPeriod.number, IndicatorValue.revision)
    )
    last: dict[tuple[int, int], IndicatorValue] = {}
    for number, row in session.execute(statement):
        last[row.section_id, number] = row
    by_section: defaultdict[int, list[tuple[int, IndicatorValue]]] = defaultdict(list)
    for (section_id, number), row in last.items():
        by_section[section_id].append((number, row))
    return by_section


def settings_of(commitment: Commitment) -> list[WeightSetting]:
    """The weights of a commitment as they were set, the last ones first."""
    of_commitment = select(WeightSetting).where(WeightSetting.commitment_id == commitment.id)
    return list(session.scalars(of_commitment.order_by(WeightSetting.number.desc())))
