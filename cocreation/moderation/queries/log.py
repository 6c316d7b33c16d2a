"""What moderation did, in figures for everyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import select, union_all

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.moderation.models import CommentHiding, CommentReport, Harm, Hiding, Report

YEAR = timedelta(days=365)


@dataclass
class ModerationFigures:
    """What moderation did in a time: how many reports came, how many ideas and comments were hidden,
    contested, shown again; `hours` from each report to its decision.
    """

    reports: int = 0
    hidden: int = 0
    contested: int = 0
    shown: int = 0
    hours: list[float] = field(default_factory=list)

    @property
    def median_hours(self) -> float | None:
        return round(median(self.hours), 1) if self.hours else None


@dataclass(frozen=True)
class Log:
    """The figures of a year: together, by month (its first day, the latest first), and hidings by reason."""

    year: ModerationFigures
    months: list[tuple[date, ModerationFigures]]
    reasons: list[tuple[Harm, int]]


At = Callable[[datetime], Iterable[ModerationFigures]]


def log(now: datetime) -> Log:
    """What moderation did in the year before `now`."""
    year, months, reasons = ModerationFigures(), dict[date, ModerationFigures](), Counter[Harm]()

    def at(moment: datetime) -> Iterable[ModerationFigures]:
        month = clock.day_of(moment).replace(day=1)
        return year, months.setdefault(month, ModerationFigures())

    _count_reports(at, now - YEAR)
    _count_hidings(at, now - YEAR, reasons)
    return Log(
        year, sorted(months.items(), reverse=True), [(harm, reasons[harm]) for harm in Harm if reasons[harm]]
    )


def _count_reports(at: At, since: datetime) -> None:
    """The reports of ideas and of comments."""
    of_each = (
        select(report.made_at, report.decided_at).where(report.made_at > since)
        for report in (Report, CommentReport)
    )
    for made_at, decided_at in session.execute(union_all(*of_each)):
        for figures in at(made_at):
            figures.reports += 1
            if decided_at:
                figures.hours.append((decided_at - made_at).total_seconds() / 3600)


def _count_hidings(at: At, since: datetime, reasons: Counter[Harm]) -> None:
    of_each = (
        select(row.reason, row.hidden_at, row.contested_at, row.lifted_at).where(row.hidden_at > since)
        for row in (Hiding, CommentHiding)
    )
    for reason, hidden_at, contested_at, lifted_at in session.execute(union_all(*of_each)):
        reasons[reason] += 1
        for figures in at(hidden_at):
            figures.hidden += 1
        for figures in at(contested_at) if contested_at else ():
            figures.contested += 1
        for figures in at(lifted_at) if lifted_at else ():
            figures.shown += 1
