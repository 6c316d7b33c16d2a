"""The calendar of reporting periods of a plan."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, session
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.tracking.models import Evidence, IndicatorValue, ProgressReport, ReportingPeriod
from cocreation.tracking.refusals import PeriodClosed
from cocreation.tracking.services.locks import FRESH, held_plan

DAYS_TO_REPORT, DAYS_TO_CLOSE = 15, 45  # after the end of a period of the preset
MOST_PERIODS = 24


class PeriodOutOfOrder(Invalid):
    sentence = _l(
        "A period starts, ends, is due and closes in this order, or on the same day; nothing was changed."
    )


class PeriodsOverlap(Invalid):
    sentence = _l(
        "Each period begins after the end of the one before. This one would lie in period %(number)s."
    )


class PeriodUsed(Refusal):
    sentence = _l("Something was reported on this period: it stays.")


class PeriodsThere(AlreadyDone):
    sentence = _l("This plan has its periods already. Change them one by one.")


class PeriodsImpossible(Invalid):
    sentence = _l("A plan has from 1 to %(most)s periods.")


@dataclass(frozen=True)
class PeriodDates:
    """What is set of a period."""

    label: Translated
    starts_on: date
    ends_on: date
    due_on: date
    closes_on: date


def set_period(
    cycle_id: int, number: int | None, dates: PeriodDates, *, by: int | None, now: datetime
) -> ReportingPeriod:
    """Set a period, or add one after the last. Raises NotTracked, NotFound, PeriodClosed, PeriodOutOfOrder,
    PeriodsOverlap, PeriodsImpossible.
    """
    held_plan(cycle_id)
    periods = _periods(cycle_id)
    if not dates.starts_on <= dates.ends_on <= dates.due_on <= dates.closes_on:
        raise PeriodOutOfOrder
    if number is None:
        if len(periods) >= MOST_PERIODS:
            raise PeriodsImpossible(most=MOST_PERIODS)
        period = ReportingPeriod(cycle_id=cycle_id, number=periods[-1].number + 1 if periods else 1)
    else:
        period = found(next((row for row in periods if row.number == number), None))
        if period.closed_at:
            raise PeriodClosed(day=period.closes_on)
    _check_place(period.number, dates, periods)
    for name, value in vars(dates).items():
        setattr(period, name, value)
    session.add(period)
    session.flush()
    _record("reporting period set", cycle_id, by, now, number=period.number)
    return period


def _check_place(number: int, dates: PeriodDates, periods: Sequence[ReportingPeriod]) -> None:
    """Raises PeriodsOverlap."""
    for row in periods:
        is_before = row.number < number and row.ends_on >= dates.starts_on
        if is_before or (row.number > number and row.starts_on <= dates.ends_on):
            raise PeriodsOverlap(number=row.number)


def remove_period(cycle_id: int, number: int, *, by: int, now: datetime) -> None:
    """Take a period away on which nothing was reported. Raises NotTracked, NotFound, PeriodUsed."""
    held_plan(cycle_id)
    period = found(next((row for row in _periods(cycle_id) if row.number == number), None))
    is_used = or_(
        *(
            exists().where(table.period_id == period.id)
            for table in (ProgressReport, Evidence, IndicatorValue)
        )
    )
    if session.scalar(select(is_used)):
        raise PeriodUsed
    session.delete(period)
    _record("reporting period removed", cycle_id, by, now, number=number)


def preset_half_yearly(cycle_id: int, count: int, *, by: int | None, now: datetime) -> list[ReportingPeriod]:
    """As many half-years one after the other from the day on which the plan began. Raises NotTracked,
    PeriodsThere, PeriodsImpossible.
    """
    plan = held_plan(cycle_id)
    if _periods(cycle_id):
        raise PeriodsThere
    if not 0 < count <= MOST_PERIODS:
        raise PeriodsImpossible(most=MOST_PERIODS)
    return [
        set_period(cycle_id, None, _half_year(plan.began_on, place), by=by, now=now) for place in range(count)
    ]


def _half_year(began_on: date, place: int) -> PeriodDates:
    starts_on = _later(began_on, 6 * place)
    ends_on = _later(began_on, 6 * (place + 1)) - timedelta(days=1)
    number = place + 1
    label = Translated(ar=f"الفترة {number}", fr=f"Période {number}", en=f"Period {number}")
    due_on, closes_on = (ends_on + timedelta(days=days) for days in (DAYS_TO_REPORT, DAYS_TO_CLOSE))
    return PeriodDates(label, starts_on, ends_on, due_on, closes_on)


def _later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def to_close(now: datetime) -> Sequence[int]:
    """The periods whose last day is over."""
    over = ReportingPeriod.closed_at.is_(None), ReportingPeriod.closes_on < day_of(now)
    return session.scalars(select(ReportingPeriod.id).where(*over).order_by(ReportingPeriod.id)).all()


def close(period_id: int, now: datetime) -> int:
    """Close a period, for good; whether it was open."""
    held_plan(session.get_one(ReportingPeriod, period_id).cycle_id)
    period = session.get_one(ReportingPeriod, period_id, populate_existing=True)
    if period.closed_at or period.closes_on >= day_of(now):
        return 0
    period.closed_at = now
    return 1


def _periods(cycle_id: int) -> list[ReportingPeriod]:
    statement = select(ReportingPeriod).where(ReportingPeriod.cycle_id == cycle_id)
    ordered = statement.order_by(ReportingPeriod.number).execution_options(**FRESH)
    return list(session.scalars(ordered))


def _record(act: str, cycle_id: int, by: int | None, now: datetime, **details: object) -> None:
    audit.record(act, session.get_one(Cycle, cycle_id).code, by=by, now=now, **details)
