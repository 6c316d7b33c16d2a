"""The meetings of a cycle side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from cocreation.accounts.models import Person, Role
from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.demographics.models import PROVINCE, StatisticalQuestion
from cocreation.demographics.suppression import Figure
from cocreation.directory.queries import province_names
from cocreation.meetings.models.meeting import Meeting
from cocreation.statistics.queries.figures import Label, Who, figures, labels, provinces_of

MOST_MEETINGS = 12  # one for each region


@dataclass(frozen=True)
class Comparison:
    """A row for each meeting: it, how many in all, and a figure for each of `answers`; None where its
    figures are not shown.
    """

    answers: list[Label]
    rows: list[tuple[Meeting, int, list[Figure] | None]]

    @property
    def has_hidden(self) -> bool:
        return any(not isinstance(cell, int) for *_, cells in self.rows for cell in cells or ())


def public_meetings(cycle: Cycle, now: datetime, cursor: str | None = None) -> Page[Meeting]:
    """The meetings of a cycle whose figures are public, as `meetings.policy.shows_statistics` says, the first
    one first.
    """
    public = _of(cycle).where(*_public(now))
    return page(public, Meeting.starts_at, Meeting.id, cursor=cursor, size=MOST_MEETINGS, descending=False)


def meetings_run_by(person: Person, cycle: Cycle, cursor: str | None = None) -> Page[Meeting]:
    """The meetings of a cycle that somebody runs, also those to come."""
    run = _of(cycle)
    if not person.runs_everything:
        run = run.where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))
    return page(run, Meeting.starts_at, Meeting.id, cursor=cursor, size=MOST_MEETINGS, descending=False)


def cycles_with_figures(now: datetime) -> list[Cycle]:
    """The cycles of which some figures are public, the latest first."""
    return _cycles(select(Meeting.cycle_id).where(*_public(now)))


def cycles_with_meetings() -> list[Cycle]:
    """All cycles that have a meeting, the latest first."""
    return _cycles(select(Meeting.cycle_id))


def compare(
    meetings: Page[Meeting], by: StatisticalQuestion, who: Who, *, in_full: bool = False
) -> Comparison:
    """`meetings` compared by one question, for one of the three counts; hidden as on their own pages."""
    counted = figures([meeting.id for meeting in meetings])
    names = province_names(provinces_of(counted.values())) if by is PROVINCE else {}
    answers = labels(
        by, {key for figures_of_meeting in counted.values() for key in figures_of_meeting.by[by.key]}, names
    )
    at = list(Who).index(who)
    rows: list[tuple[Meeting, int, list[Figure] | None]] = []
    for meeting in meetings:
        of_meeting = counted[meeting.id]
        shown = of_meeting.shown(by, in_full=in_full or meeting.statistics_published)
        cells = [shown[key][at] if key in shown else 0 for key, _ in answers] if shown else None
        rows.append((meeting, of_meeting.totals[at], cells))
    return Comparison([label for _, label in answers], rows)


def _of(cycle: Cycle) -> Select[Meeting]:
    return select(Meeting).where(Meeting.cycle_id == cycle.id)


def _public(now: datetime) -> tuple[ColumnElement[bool], ...]:
    over = (Meeting.ends_at <= now) | Meeting.statistics_published
    return (Meeting.announced_at.is_not(None), Meeting.cancelled_at.is_(None), over)


def _cycles(ids: Select[int]) -> list[Cycle]:
    cycles = select(Cycle).where(Cycle.id.in_(ids))
    return list(session.scalars(cycles.order_by(Cycle.starts_on.desc(), Cycle.id.desc())))
