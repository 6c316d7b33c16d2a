"""The figures kept day by day: renewed with every act, and made anew from what is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Integer,
    SQLColumnExpression,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
)

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.plan.models import Commitment
from cocreation.tracking.arithmetic import WeightedSums, in_force
from cocreation.tracking.histories import PlanHistory
from cocreation.tracking.models import (
    Evidence,
    MarkScope,
    ProgressMark,
    ProgressReport,
    PublishedProgress,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)
from cocreation.tracking.totals import CommitmentStanding, Key, ReckonedFigure, reckoned


def settle(activity: TrackedActivity) -> None:
    """Take into an activity what its reports and its evidence say now."""
    session.flush()
    proved = set(
        session.scalars(
            select(Evidence.period_id).where(Evidence.activity_id == activity.id, Evidence.counts).distinct()
        )
    )
    rows = session.execute(
        select(ProgressReport.period_id, ProgressReport.declared)
        .join(ProgressReport.period)
        .where(ProgressReport.activity_id == activity.id, ProgressReport.is_current)
        .order_by(ReportingPeriod.number.desc())
    ).all()
    declared, evidenced = in_force((percent, period in proved) for period, percent in rows)
    activity.evidenced = None  # never more than declared, not even between two statements
    activity.declared, activity.evidenced = declared, evidenced
    activity.period_id = rows[0].period_id if rows else None


def renew(subject: TrackedActivity | TrackedCommitment, *, now: datetime) -> None:
    """The mark of the day of a commitment, of its axis and of the plan, which is locked."""
    renew_all([subject.commitment_id], now=now)


def renew_all(commitment_ids: Collection[int], *, now: datetime) -> None:
    """The same for several commitments of one plan."""
    session.flush()
    day = day_of(now)
    plan = session.scalars(
        select(TrackedPlan)
        .join(TrackedCommitment, TrackedCommitment.cycle_id == TrackedPlan.cycle_id)
        .where(TrackedCommitment.commitment_id.in_(commitment_ids))
        .distinct()
    ).one()
    standings = _standings(plan.cycle_id, day)
    axes = {row.axis_id for row in standings if row.commitment_id in commitment_ids}
    figures = reckoned(standings, plan.rule, plan.cycle_id)
    touched = {
        MarkScope.COMMITMENT: list(commitment_ids),
        MarkScope.AXIS: list(axes),
        MarkScope.PLAN: [plan.cycle_id],
    }
    before, of_day, is_late = _last_marks(plan.cycle_id, touched, day)
    if is_late:  # something was noted for days after this one: they all follow
        rebuild(plan.cycle_id)
        return
    for scope, ids in touched.items():
        for key in ids:
            if (scope, key) in figures:
                _note(plan.cycle_id, (scope, key), day, figures[scope, key], before, of_day)
    session.flush()


def rebuild(cycle_id: int) -> None:
    """All marks of the plan of a cycle anew, from what is recorded."""
    session.flush()
    plan = session.get_one(TrackedPlan, cycle_id)
    for mark in session.scalars(select(ProgressMark).where(ProgressMark.cycle_id == cycle_id)):
        session.expunge(mark)
    session.execute(delete(ProgressMark).where(ProgressMark.cycle_id == cycle_id))
    last: dict[Key, ReckonedFigure] = {}
    rows = []
    for day, standings in PlanHistory(cycle_id).days():
        for key, figure in reckoned(standings, plan.rule, cycle_id).items():
            if last.get(key) != figure:
                last[key] = figure
                place = {"scope": key[0], "scope_id": key[1], "on": day, "cycle_id": cycle_id}
                rows.append({**place, **vars(figure)})
    if rows:
        session.execute(insert(ProgressMark), rows)


def _note(
    cycle_id: int,
    key: Key,
    day: date,
    figure: ReckonedFigure,
    before: dict[Key, ProgressMark],
    of_day: dict[Key, ProgressMark],
) -> None:
    """One mark a day, and only where the figure is another than the one before."""
    last, mark = before.get(key), of_day.get(key)
    if last and _figure(last) == figure:
        if mark:
            session.delete(mark)
        return
    if mark is None:
        mark = ProgressMark(scope=key[0], scope_id=key[1], on=day, cycle_id=cycle_id)
        session.add(mark)
    for name, value in vars(figure).items():
        setattr(mark, name, value)


def _figure(mark: ProgressMark) -> ReckonedFigure:
    return ReckonedFigure(**{name: getattr(mark, name) for name in ReckonedFigure.__dataclass_fields__})


def _last_marks(
    cycle_id: int, touched: dict[MarkScope, list[int]], day: date
) -> tuple[dict[Key, ProgressMark], dict[Key, ProgressMark], bool]:
    """The last marks before a day, those of the day, and whether there are later ones of the plan."""
    of_touched = or_(
        *(and_(ProgressMark.scope == scope, ProgressMark.scope_id.in_(ids)) for scope, ids in touched.items())
    )
    last = (
        select(ProgressMark.scope, ProgressMark.scope_id, func.max(ProgressMark.on).label("on"))
        .where(ProgressMark.cycle_id == cycle_id, of_touched, ProgressMark.on < day)
        .group_by(ProgressMark.scope, ProgressMark.scope_id)
        .subquery()
    )
    is_last = and_(
        ProgressMark.scope == last.c.scope,
        ProgressMark.scope_id == last.c.scope_id,
        ProgressMark.on == last.c.on,
    )
    before = session.scalars(select(ProgressMark).join(last, is_last))
    since = session.scalars(
        select(ProgressMark).where(ProgressMark.cycle_id == cycle_id, ProgressMark.on >= day, of_touched)
    ).all()
    return (
        {(mark.scope, mark.scope_id): mark for mark in before},
        {(mark.scope, mark.scope_id): mark for mark in since if mark.on == day},
        any(mark.on > day for mark in since),
    )


def _standings(cycle_id: int, day: date) -> list[CommitmentStanding]:
    """How all commitments stand now, their sums made by the database."""
    activity = TrackedActivity
    is_there = or_(activity.dropped_on.is_(None), activity.dropped_on > day)
    was_there = activity.is_original

    def total(
        counts: ColumnExpressionArgument[bool], product: SQLColumnExpression[int | None]
    ) -> ColumnElement[int | None]:
        return cast(func.sum(case((counts, product))), Integer)

    sums = (
        select(
            TrackedCommitment.commitment_id,
            Commitment.axis_id,
            TrackedCommitment.dropped_on,
            TrackedCommitment.is_original,
            total(is_there, activity.weight * activity.declared).label("declared"),
            total(is_there, activity.weight * activity.evidenced).label("evidenced"),
            total(is_there, activity.weight).label("weight"),
            total(was_there, activity.former_weight * activity.declared).label("former_declared"),
            total(was_there, activity.former_weight * activity.evidenced).label("former_evidenced"),
            total(was_there, activity.former_weight).label("former_weight"),
        )
        .join(Commitment, Commitment.id == TrackedCommitment.commitment_id)
        .outerjoin(activity, activity.commitment_id == TrackedCommitment.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle_id)
        .group_by(
            *(TrackedCommitment.commitment_id, Commitment.axis_id),
            *(TrackedCommitment.dropped_on, TrackedCommitment.is_original),
        )
        .order_by(TrackedCommitment.commitment_id)
    )
    published = _published(cycle_id, day)
    return [
        CommitmentStanding(
            row.commitment_id,
            row.axis_id,
            not (row.dropped_on and row.dropped_on <= day),
            row.is_original,
            WeightedSums(row.declared, row.evidenced, row.weight or 0),
            WeightedSums(row.former_declared, row.former_evidenced, row.former_weight or 0),
            published.get(row.commitment_id),
        )
        for row in session.execute(sums)
    ]


def _published(cycle_id: int, day: date) -> dict[int, Fraction]:
    rows = session.execute(
        select(PublishedProgress.commitment_id, PublishedProgress.percent)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == PublishedProgress.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle_id, PublishedProgress.on <= day)
        .order_by(PublishedProgress.on)
    )
    latest: dict[int, Fraction] = defaultdict(Fraction)
    for commitment_id, percent in rows:
        latest[commitment_id] = Fraction(percent, 100)
    return dict(latest)
