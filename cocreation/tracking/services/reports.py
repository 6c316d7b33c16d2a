"""What is reported of an activity in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, events
from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.tracking.events import ObstacleNamed, ProgressReported
from cocreation.tracking.models import (
    Obstacle,
    ObstacleKind,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
)
from cocreation.tracking.refusals import EndBeforeStart
from cocreation.tracking.services.locks import held_activity, open_period
from cocreation.tracking.services.marks import renew, settle


class PercentImpossible(Invalid):
    sentence = _l("A percentage is a whole number from 0 to 100.")


class PastPeriodMissing(Refusal):
    sentence = _l("Nothing was reported on %(period)s yet: report it before you declare that all is done.")


class LoweredWithoutReason(Invalid):
    sentence = _l("It was %(before)s %% before. Say why it is less now: everyone will read it.")


class DayToCome(Invalid):
    sentence = _l("What really began or ended did so today at the latest.")


class AlreadyReported(AlreadyDone):
    sentence = _l("Something was reported on this activity in this period already. Nothing was changed.")


class ReportChangedMeanwhile(Refusal):
    """`report` is the other one, with its obstacles and who sent it."""

    sentence = _l(
        "Somebody else reported on this activity meanwhile. Theirs stands; yours is kept in the form: "
        "compare the two, then send again."
    )

    def __init__(self, report: ProgressReport | None = None) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True)
class ReportWords:
    """What a report says. `declared` is in percent, `lowered` the reason of a figure below the one before."""

    declared: int
    actions: str = ""
    next_steps: str = ""
    obstacles: Sequence[tuple[ObstacleKind, str]] = field(default_factory=list)
    lowered: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    language: str = "ar"

    def check(self, today: date) -> None:
        """Raises PercentImpossible, EndBeforeStart, DayToCome."""
        if not 0 <= self.declared <= 100:
            raise PercentImpossible
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise EndBeforeStart
        if any(day and day > today for day in (self.started_on, self.ended_on)):
            raise DayToCome


def report(
    activity_id: int, period_id: int, words: ReportWords, *, by: int, now: datetime, stands_on: int
) -> ProgressReport:
    """Report on an activity in a period, or correct what was reported. `stands_on` is the revision that was
    seen, 0 for none. Raises NotFound, DroppedFromPlan, PeriodNotBegun, PeriodClosed, PercentImpossible,
    EndBeforeStart, DayToCome, ReportChangedMeanwhile, PastPeriodMissing, LoweredWithoutReason.
    """
    activity = held_activity(activity_id)
    period = open_period(period_id, activity.tracked.cycle_id, day_of(now))
    words.check(day_of(now))
    reports = _current(activity)
    current = reports.get(period.number)
    if stands_on != (current.revision if current else 0):
        raise ReportChangedMeanwhile(current)
    _check(activity, period, words, reports)
    activity.started_on, activity.ended_on = words.started_on, words.ended_on
    obstacles = [Obstacle(kind=kind, words=said) for kind, said in words.obstacles]
    return _stand(activity, period, words, current, obstacles, by=by, now=now)


def report_unchanged(activity_id: int, period_id: int, *, by: int, now: datetime) -> ProgressReport:
    """Report that there is nothing new in a period: the percentage stays. Raises NotFound, DroppedFromPlan,
    PeriodNotBegun, PeriodClosed, AlreadyReported, PastPeriodMissing.
    """
    activity = held_activity(activity_id)
    period = open_period(period_id, activity.tracked.cycle_id, day_of(now))
    reports = _current(activity)
    if period.number in reports:
        raise AlreadyReported
    last = _last(reports, period)
    words = ReportWords(
        declared=(last.declared or 0) if last else 0,
        next_steps=last.next_steps if last else "",
        language=last.language if last else "ar",
    )
    _check(activity, period, words, reports)
    return _stand(activity, period, words, None, [], by=by, now=now, is_unchanged=True)


def _stand(
    activity: TrackedActivity,
    period: ReportingPeriod,
    words: ReportWords,
    current: ProgressReport | None,
    obstacles: list[Obstacle],
    *,
    by: int,
    now: datetime,
    is_unchanged: bool = False,
) -> ProgressReport:
    """The report is in force, the figures follow, and who hears is told."""
    before, named = activity.declared, _named(activity)
    if current:
        current.is_current = False
    row = ProgressReport(
        activity=activity,
        period=period,
        revision=current.revision + 1 if current else 1,
        is_current=True,
        declared=words.declared,
        language=words.language,
        actions=words.actions,
        next_steps=words.next_steps,
        lowered=words.lowered,
        is_unchanged=is_unchanged,
        submitted_by=by,
        submitted_at=now,
        obstacles=obstacles,
    )
    session.add(row)
    settle(activity)
    renew(activity, now=now)
    _record(row, activity, by, now)
    events.tell(ProgressReported(row, before))
    for obstacle in obstacles:
        if (obstacle.kind, obstacle.words) not in named:
            events.tell(ObstacleNamed(row, obstacle))
    return row


def _check(
    activity: TrackedActivity,
    period: ReportingPeriod,
    words: ReportWords,
    reports: dict[int, ProgressReport],
) -> None:
    """Raises PastPeriodMissing, LoweredWithoutReason."""
    if words.declared == 100 and (missing := _missing(activity, period, reports)):
        raise PastPeriodMissing(period=missing.label)
    last = reports.get(period.number) or _last(reports, period)
    before = last.declared if last else None
    if before is not None and words.declared < before and not (words.lowered or "").strip():
        raise LoweredWithoutReason(before=before)


def _missing(
    activity: TrackedActivity, period: ReportingPeriod, reports: dict[int, ProgressReport]
) -> ReportingPeriod | None:
    """The first period before this one, since the activity is in the plan, on which nothing was reported."""
    earlier = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.cycle_id == period.cycle_id,
            ReportingPeriod.number < period.number,
            ReportingPeriod.ends_on >= activity.began_on,
        )
        .order_by(ReportingPeriod.number)
    )
    return next((row for row in session.scalars(earlier) if row.number not in reports), None)


def _last(reports: dict[int, ProgressReport], period: ReportingPeriod) -> ProgressReport | None:
    """The report on the last period before this one of which there is one."""
    return reports.get(max((number for number in reports if number < period.number), default=0))


def _current(activity: TrackedActivity) -> dict[int, ProgressReport]:
    """The reports in force on an activity, by the number of the period."""
    statement = (
        select(ReportingPeriod.number, ProgressReport)
        .join(ProgressReport.period)
        .where(ProgressReport.activity_id == activity.id, ProgressReport.is_current)
        .options(selectinload(ProgressReport.obstacles), joinedload(ProgressReport.submitter))
        .execution_options(populate_existing=True)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _named(activity: TrackedActivity) -> set[tuple[ObstacleKind, str]]:
    """The obstacles that reports in force on an activity name."""
    named = (
        select(Obstacle.kind, Obstacle.words)
        .join(ProgressReport, ProgressReport.id == Obstacle.report_id)
        .where(ProgressReport.activity_id == activity.id, ProgressReport.is_current)
    )
    return {(kind, words) for kind, words in session.execute(named)}


def _record(row: ProgressReport, activity: TrackedActivity, by: int, now: datetime) -> None:
    with_cycle = select(Commitment).where(Commitment.id == activity.commitment_id)
    commitment = session.scalars(with_cycle.options(joinedload(Commitment.cycle))).one()
    audit.record(
        "progress reported",
        commitment.reference,
        by=by,
        now=now,
        activity=activity.number,
        period=row.period.number,
        revision=row.revision,
    )
