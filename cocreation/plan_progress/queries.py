"""What the pages of progress read: each a few statements, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy import select

from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Section
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import CommitmentSheet, Indicator
from cocreation.plan_progress.pages import CommitmentPage, LatePage, OverdueActivity, PlanPage
from cocreation.tracking import figures, queries
from cocreation.tracking.activities import ActivityProgress, end_of, weights_at
from cocreation.tracking.arithmetic import ProgressBand
from cocreation.tracking.figures import CommitmentFigure, PlanFigures
from cocreation.tracking.models import IndicatorValue, TrackedCommitment, TrackedPlan, WeightSetting
from cocreation.tracking.queries import ActivityRecord


@dataclass(frozen=True)
class ActivityRow:
    """An activity under its commitment at the end of a day, with its weight on that day: plain values, which
    outlive the transaction they were read in while a file is sent. `published` is in hundredths of a percent.
    """

    on: date
    axis: int
    axis_name: Translated
    commitment: str
    is_dropped: bool
    published: int | None
    number: int
    title: Translated
    weight: int | None
    declared: int | None
    evidenced: int | None
    band: ProgressBand | None
    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, on: date, row: CommitmentFigure, progress: ActivityProgress, weight: int | None) -> Self:
        commitment, activity = row.commitment, progress.activity
        return cls(
            on=on,
            axis=commitment.axis.position,
            axis_name=commitment.axis.name,
            commitment=commitment.reference,
            is_dropped=not row.is_in_force,
            published=row.figure.declared if row.figure.is_published else None,
            number=activity.number,
            title=activity.title,
            weight=weight,
            declared=progress.declared,
            evidenced=progress.evidenced,
            band=progress.band,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
        )


def tracked_cycle(code: str) -> Cycle:
    """The cycle of this code, whose plan is carried out. Raises NotFound."""
    of_plan = select(Cycle).join(TrackedPlan, TrackedPlan.cycle_id == Cycle.id)
    return found(session.scalar(of_plan.where(Cycle.code == code)))


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
    records, weights = queries.records_of(commitment, on), weights_at(commitment.id, on)
    return CommitmentPage(
        commitment=commitment,
        on=on,
        figure=figures.figure_of(commitment, on),
        summed=figures.summed([record.progress for record in records], weights),
        records=records,
        indicators=_indicators(commitment, sheet, on),
        settings=[row for row in queries.settings_of(commitment) if row.set_at < end_of(on)],
        missing=[row for row in missing if row.commitment.id == commitment.id],
    )


def _indicators(
    commitment: Commitment, sheet: CommitmentSheet, on: date
) -> list[tuple[Indicator, list[tuple[int, IndicatorValue]]]]:
    """The indicators of a sheet with what was noted of each by then."""
    named = select(Section.id, Section.uid).where(Section.document_id == commitment.document_id)
    noted = queries.values_of(commitment, on)
    values = {row.uid: noted[row.id] for row in session.execute(named) if row.id in noted}
    return [(row, values.get(row.uid, [])) for row in sheet.indicators]


def late_page(cycle: Cycle, on: date) -> LatePage:
    """Raises NotFound where the plan was not carried out yet."""
    unfinished = list(_unfinished(plan_figures(cycle, on)))
    moves = queries.moves_of([progress.activity.id for _row, progress in unfinished], on)
    ends = {key: moved[-1].after for key, moved in moves.items() if moved}
    late = [
        (row, progress, end)
        for row, progress in unfinished
        if (end := ends.get(progress.activity.id, progress.activity.ends_on)) and end < on
    ]
    reports = queries.reports_of([progress.activity.id for _row, progress, _end in late], on)
    overdue = [
        OverdueActivity(
            row, ActivityRecord(progress, reports[progress.activity.id], [], moves[progress.activity.id]), end
        )
        for row, progress, end in late
    ]
    return LatePage(on, figures.missing(cycle, on), sorted(overdue, key=lambda row: row.due_on))


def _unfinished(at_day: PlanFigures) -> Iterator[tuple[CommitmentFigure, ActivityProgress]]:
    """The activities in force that are not complete, each with its commitment."""
    for row in at_day.commitments:
        for progress in row.activities:
            if row.is_in_force and progress.is_in_force and progress.band is not ProgressBand.COMPLETE:
                yield row, progress


def activity_rows(cycle: Cycle, on: date) -> list[ActivityRow]:
    """The activities in force of a plan with their weights of that day, those of dropped commitments too; in
    its order. Raises NotFound where the plan was not carried out yet.
    """
    at_day, weights = plan_figures(cycle, on), _weights(cycle, on)
    return [
        ActivityRow.of(on, row, progress, weights.get((row.commitment.id, progress.activity.number)))
        for row in at_day.commitments
        for progress in row.activities
        if progress.is_in_force
    ]


def _weights(cycle: Cycle, on: date) -> dict[tuple[int, int], int]:
    """The weights in force at the end of a day, by commitment and number of the activity."""
    statement = (
        select(WeightSetting.commitment_id, WeightSetting.weights)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == WeightSetting.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle.id, WeightSetting.set_at < end_of(on))
        .order_by(WeightSetting.number)
    )
    last = {row.commitment_id: row.weights for row in session.execute(statement)}
    return {(key, int(number)): weight for key, weights in last.items() for number, weight in weights.items()}
