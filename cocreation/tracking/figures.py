"""The figures of a plan at the end of a day: every page, file and mail has them from here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle
from cocreation.directory.models import Institution
from cocreation.plan.models import Commitment
from cocreation.tracking.activities import ActivityProgress, activities_at, end_of, weights_at
from cocreation.tracking.arithmetic import HUNDREDTHS, ProgressBand, band
from cocreation.tracking.models import (
    MarkScope,
    ProgressMark,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)

OF_FIGURE = (
    *("declared", "evidenced", "former_declared", "former_evidenced"),
    *("declared_sum", "evidenced_sum", "weight_sum", "is_published"),
)


@dataclass(frozen=True)
class Figure:
    """What a mark says: percentages in hundredths of a percent, None where nothing was reported or
    proved. `former_…` are those on the plan as it was first adopted. `on` is the day of the mark.
    """

    declared: int | None = None
    evidenced: int | None = None
    former_declared: int | None = None
    former_evidenced: int | None = None
    declared_sum: int | None = None
    evidenced_sum: int | None = None
    weight_sum: int | None = None
    is_published: bool = False
    on: date | None = None

    @property
    def band(self) -> ProgressBand:
        """The band of what is declared, of the exact figure where its sums are known: 99.999 prints as 100.00
        and is not complete. What was never reported has not started.
        """
        return band(self._exact(self.declared_sum, self.declared or 0))

    @property
    def evidenced_band(self) -> ProgressBand | None:
        """None says "no evidence available"."""
        return None if self.evidenced is None else band(self._exact(self.evidenced_sum, self.evidenced))

    def _exact(self, weighed: int | None, hundredths: int) -> Fraction:
        if weighed is not None and self.weight_sum:
            return Fraction(weighed, self.weight_sum)
        return Fraction(hundredths, HUNDREDTHS)


@dataclass(frozen=True)
class CommitmentFigure:
    """`commitment` comes with its cycle, axis and institution."""

    commitment: Commitment
    tracked: TrackedCommitment
    figure: Figure
    activities: Sequence[ActivityProgress]
    is_in_force: bool


@dataclass(frozen=True)
class AxisFigure:
    axis: Axis
    figure: Figure
    commitments: Sequence[CommitmentFigure]


@dataclass(frozen=True)
class PlanFigures:
    """A plan at the end of the day `on`: its figure, and those of its axes and commitments, by their order;
    `commitments` has those that a review dropped, too.
    """

    plan: TrackedPlan
    on: date
    figure: Figure
    axes: Sequence[AxisFigure]
    commitments: Sequence[CommitmentFigure]

    @property
    def commitments_by_band(self) -> Counter[ProgressBand]:
        """How many of the commitments in force are in each band."""
        return Counter(row.figure.band for row in self.commitments if row.is_in_force)

    @property
    def activities_by_band(self) -> Counter[ProgressBand | None]:
        """The same of their activities; None where an imported report has no band."""
        return Counter(
            activity.band
            for row in self.commitments
            if row.is_in_force
            for activity in row.activities
            if activity.is_in_force
        )


@dataclass(frozen=True)
class PeriodFigure:
    """What stood when a period was due, or on the last day that was asked for."""

    period: ReportingPeriod
    on: date
    figure: Figure


@dataclass(frozen=True)
class SummedActivity:
    """A line of the sum of a commitment: weight in thousandths, percentages, and their products."""

    activity: TrackedActivity
    weight: int
    declared: int
    evidenced: int | None

    @property
    def product(self) -> int:
        return self.weight * self.declared

    @property
    def evidenced_product(self) -> int:
        return self.weight * (self.evidenced or 0)


@dataclass(frozen=True)
class MissingReport:
    """An activity on which nothing was reported in a period. It is overdue by `days` until the period closed
    or the day that was asked for.
    """

    activity: TrackedActivity
    commitment: Commitment
    institution: Institution
    period: ReportingPeriod
    days: int


def plan_at(cycle: Cycle, on: date) -> PlanFigures | None:
    """The plan of a cycle at the end of a day; None where it was not tracked yet. In five statements."""
    rows = session.execute(
        select(TrackedPlan, TrackedCommitment)
        .join(TrackedCommitment, TrackedCommitment.cycle_id == TrackedPlan.cycle_id)
        .join(TrackedCommitment.commitment)
        .join(Commitment.axis)
        .where(TrackedPlan.cycle_id == cycle.id, TrackedCommitment.began_on <= on)
        .options(
            contains_eager(TrackedCommitment.commitment).options(
                contains_eager(Commitment.axis),
                joinedload(Commitment.institution),
                joinedload(Commitment.cycle),
            )
        )
        .order_by(Axis.position, Axis.id, Commitment.number)
    ).all()
    if not rows:
        return None
    marks = marks_at(cycle.id, on)
    activities = activities_at(cycle.id, on)
    commitments = [
        CommitmentFigure(
            tracked.commitment,
            tracked,
            marks.get((MarkScope.COMMITMENT, tracked.commitment_id), Figure()),
            activities.get(tracked.commitment_id, ()),
            not (tracked.dropped_on and tracked.dropped_on <= on),
        )
        for _plan, tracked in rows
    ]
    figure = marks.get((MarkScope.PLAN, cycle.id), Figure())
    return PlanFigures(rows[0][0], on, figure, _by_axis(commitments, marks), commitments)


def _by_axis(
    commitments: Iterable[CommitmentFigure], marks: dict[tuple[MarkScope, int], Figure]
) -> list[AxisFigure]:
    groups: dict[int, list[CommitmentFigure]] = defaultdict(list)
    for row in commitments:
        groups[row.commitment.axis_id].append(row)
    return [
        AxisFigure(group[0].commitment.axis, marks.get((MarkScope.AXIS, axis_id), Figure()), group)
        for axis_id, group in groups.items()
    ]


def marks_at(
    cycle_id: int, on: date, scopes: Collection[MarkScope] = tuple(MarkScope)
) -> dict[tuple[MarkScope, int], Figure]:
    """The figures in force at the end of a day, by what they are of and its id."""
    last = (
        select(ProgressMark.scope, ProgressMark.scope_id, func.max(ProgressMark.on).label("on"))
        .where(ProgressMark.cycle_id == cycle_id, ProgressMark.scope.in_(scopes), ProgressMark.on <= on)
        .group_by(ProgressMark.scope, ProgressMark.scope_id)
        .subquery()
    )
    is_last = and_(
        *(ProgressMark.scope == last.c.scope, ProgressMark.scope_id == last.c.scope_id),
        ProgressMark.on == last.c.on,
    )
    marks = session.scalars(select(ProgressMark).join(last, is_last))
    return {(mark.scope, mark.scope_id): _figure(mark) for mark in marks}


def _figure(mark: ProgressMark) -> Figure:
    return Figure(**{name: getattr(mark, name) for name in OF_FIGURE}, on=mark.on)


def figure_of(commitment: Commitment, on: date) -> Figure:
    """The figure of one commitment at the end of a day."""
    named = ProgressMark.scope == MarkScope.COMMITMENT, ProgressMark.scope_id == commitment.id
    newest = select(ProgressMark).where(*named, ProgressMark.on <= on).order_by(ProgressMark.on.desc())
    mark = session.scalar(newest.limit(1))
    return _figure(mark) if mark else Figure()


def trend(cycle: Cycle, on: date) -> list[PeriodFigure]:
    """The plan period by period until a day: what stood when each was due."""
    periods = session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.cycle_id == cycle.id, ReportingPeriod.starts_on <= on)
        .order_by(ReportingPeriod.number)
    ).all()
    of_plan = ProgressMark.scope == MarkScope.PLAN, ProgressMark.scope_id == cycle.id
    marks = session.scalars(select(ProgressMark).where(*of_plan).order_by(ProgressMark.on)).all()
    return [
        PeriodFigure(
            period,
            day := min(period.due_on, on),
            next((_figure(mark) for mark in reversed(marks) if mark.on <= day), Figure()),
        )
        for period in periods
    ]


def sum_of(commitment: Commitment, on: date) -> list[SummedActivity]:
    """The very sum of a commitment at the end of a day: Σ product ÷ Σ weight is its figure. Empty where its
    weights are not known.
    """
    activities = activities_at(commitment.cycle_id, on, commitment.id).get(commitment.id, ())
    return summed(activities, weights_at(commitment.id, on))


def summed(activities: Iterable[ActivityProgress], weights: Mapping[str, int]) -> list[SummedActivity]:
    """The lines of a sum: the activities in force that have a weight, by the weights of their numbers."""
    return [
        SummedActivity(row.activity, weight, row.declared or 0, row.evidenced)
        for row in activities
        if row.is_in_force and (weight := weights.get(str(row.activity.number)))
    ]


def missing(cycle: Cycle, on: date) -> list[MissingReport]:
    """Every activity and period that was due before a day and on which nothing was reported by its end: the
    latest period first, by institution. What was done before a period began is not reported any more.
    """
    until = end_of(on)
    done = aliased(ProgressReport)
    of_done = aliased(ReportingPeriod)
    activity, period = TrackedActivity, ReportingPeriod
    reported = (
        select(ProgressReport.id)
        .where(ProgressReport.activity_id == activity.id, ProgressReport.period_id == period.id)
        .where(ProgressReport.submitted_at < until)
        .exists()
    )
    is_done = (
        select(done.id)
        .join(of_done, of_done.id == done.period_id)
        .where(done.activity_id == activity.id, done.is_current, done.declared == 100)
        .where(of_done.number < period.number, done.submitted_at < until)
        .exists()
    )
    rows = session.execute(
        select(activity, Commitment, period)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == activity.commitment_id)
        .join(Commitment, Commitment.id == activity.commitment_id)
        .join(Commitment.institution)
        .join(period, period.cycle_id == TrackedCommitment.cycle_id)
        .where(
            TrackedCommitment.cycle_id == cycle.id, period.due_on < on, period.ends_on >= activity.began_on
        )
        .where((activity.dropped_on.is_(None)) | (activity.dropped_on > period.due_on))
        .where((TrackedCommitment.dropped_on.is_(None)) | (TrackedCommitment.dropped_on > period.due_on))
        .where(~reported, ~is_done)
        .options(contains_eager(Commitment.institution), joinedload(Commitment.cycle))
        .order_by(period.number.desc(), Institution.slug, Commitment.number, activity.number)
    )
    return [
        MissingReport(
            row, commitment, commitment.institution, due, (min(on, due.closes_on) - due.due_on).days
        )
        for row, commitment, due in rows
    ]
