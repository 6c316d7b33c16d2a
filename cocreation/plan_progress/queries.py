"""What the pages of progress read: each a few statements, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Section
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import CommitmentSheet
from cocreation.plan_progress.pages import ActivityRow, CommitmentPage, LatePage, OverdueActivity, PlanPage
from cocreation.tracking import figures, queries
from cocreation.tracking.activities import end_of
from cocreation.tracking.arithmetic import ProgressBand
from cocreation.tracking.figures import PlanFigures
from cocreation.tracking.models import TrackedCommitment, WeightSetting
from cocreation.tracking.queries import ActivityRecord


def plan_figures(cycle: Cycle, on: date) -> PlanFigures:
    """Raises NotFound where the plan was not carried out yet."""
    if (at_day := figures.plan_at(cycle, on)) is None:
        raise NotFound
    return at_day


def plan_page(cycle: Cycle, on: date, asked: Mapping[str, str]) -> PlanPage:
    """Raises NotFound where the plan was not carried out yet."""
    at_day = plan_figures(cycle, on)
    return PlanPage(at_day, figures.trend(cycle, on), figures.missing(cycle, on), asked)


def commitment_page(commitment: Commitment, sheet: CommitmentSheet, on: date) -> CommitmentPage:
    """Raises NotFound where its plan was not adopted yet."""
    queries.get_tracked(commitment)
    missing = figures.missing(commitment.cycle, on)
    named = select(Section.id, Section.uid).where(Section.document_id == commitment.document_id)
    noted = queries.values_of(commitment, on)
    values = {row.uid: noted[row.id] for row in session.execute(named) if row.id in noted}
    return CommitmentPage(
        commitment=commitment,
        on=on,
        figure=figures.figure_of(commitment, on),
        summed=figures.sum_of(commitment, on),
        records=queries.records_of(commitment, on),
        periods=[row for row in queries.periods(commitment.cycle_id) if row.starts_on <= on],
        indicators=[(row, values.get(row.uid, [])) for row in sheet.indicators],
        settings=[row for row in queries.settings_of(commitment) if row.set_at < end_of(on)],
        published=queries.published_of(commitment, on),
        missing=[row for row in missing if row.commitment.id == commitment.id],
    )


def late_page(cycle: Cycle, on: date) -> LatePage:
    """Raises NotFound where the plan was not carried out yet."""
    unfinished = [
        (row, progress)
        for row in plan_figures(cycle, on).commitments
        for progress in row.activities
        if row.is_in_force and progress.is_in_force and progress.band is not ProgressBand.COMPLETE
    ]
    moves = queries.moves_of([progress.activity.id for _row, progress in unfinished], on)
    due = {key: moved[-1].after for key, moved in moves.items() if moved}
    late = [
        (row, progress, end)
        for row, progress in unfinished
        if (end := due.get(progress.activity.id, progress.activity.ends_on)) and end < on
    ]
    reports = queries.reports_of([progress.activity.id for _row, progress, _end in late], on)
    overdue = [
        OverdueActivity(row, ActivityRecord(progress, reports[key], [], moves[key]), end)
        for row, progress, end in late
        for key in (progress.activity.id,)
    ]
    return LatePage(on, figures.missing(cycle, on), sorted(overdue, key=lambda row: row.due_on))


def activity_rows(cycle: Cycle, on: date) -> Iterator[ActivityRow]:
    """The activities in force of a plan with their weights of that day, those of dropped commitments too; in
    its order. Raises NotFound where the plan was not carried out yet.
    """
    at_day, weights = plan_figures(cycle, on), _weights(cycle, on)
    return (
        ActivityRow(on, row, progress, weights.get(row.commitment.id, {}).get(str(progress.activity.number)))
        for row in at_day.commitments
        for progress in row.activities
        if progress.is_in_force
    )


def _weights(cycle: Cycle, on: date) -> dict[int, dict[str, int]]:
    """The weights in force at the end of a day, by commitment and number of the activity."""
    statement = (
        select(WeightSetting.commitment_id, WeightSetting.weights)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == WeightSetting.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle.id, WeightSetting.set_at < end_of(on))
        .order_by(WeightSetting.number)
    )
    return {row.commitment_id: row.weights for row in session.execute(statement)}
