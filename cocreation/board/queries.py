"""The public board of institutions: how many ideas each received, answered, owes, and how fast it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.study.models import Referral
from cocreation.study.queries.bundle import IS_WAITING


class Sort(Named):
    """By what the board is sorted; the largest first, names as they come in the directory."""

    NAME = "name", _l("Institution")
    RECEIVED = "received", _l("Ideas received")
    ANSWERED = "answered", _l("Ideas answered")
    OVERDUE = "overdue", _l("Ideas overdue")
    DAYS = "days", _l("Median days to answer")


@dataclass(frozen=True)
class InstitutionFigures:
    """The figures of one institution, or of all (`institution` is then None); defined here, nowhere else.

    `received` is every idea sent to it; `answered`, of these, what has its answer; `overdue`, what waits for
    one past its day; `days` the median from the day of sending to that of the first answer, None before it.
    For all of them each idea counts once, however many institutions it was sent to: answered by all of these,
    overdue at one of them.
    """

    institution: Institution | None
    received: int
    answered: int
    overdue: int
    days: float | None


@dataclass(frozen=True)
class Board:
    rows: list[InstitutionFigures]
    total: InstitutionFigures


def board(cycle_id: int, today: date, sort: Sort = Sort.NAME) -> Board:
    """The institutions to which ideas of a cycle were sent, and all of them together."""
    overdue = func.count().filter(IS_WAITING, Referral.due_on < today)
    counts = (
        select(Institution, func.count(), func.count(Referral.answered_at), overdue)
        .join(Referral, Referral.institution_id == Institution.id)
        .join(Referral.idea)
        .where(Idea.cycle_id == cycle_id)
        .group_by(Institution.id)
        .order_by(Institution.slug)
    )
    days = _days(cycle_id)
    rows = [
        InstitutionFigures(body, received, answered, late, median(days[body.id]))
        for body, received, answered, late in session.execute(counts)
    ]
    if sort is not Sort.NAME:
        rows.sort(key=lambda row: getattr(row, sort.value) or 0, reverse=True)
    all_days: dict[int, int] = defaultdict(int)
    for lengths in days.values():
        for length, count in lengths.items():
            all_days[length] += count
    return Board(rows, InstitutionFigures(None, *_ideas(cycle_id, today), median(all_days)))


def _ideas(cycle_id: int, today: date) -> tuple[int, int, int]:
    """How many ideas of a cycle were sent somewhere, have all their answers, are overdue at one."""
    is_answered = func.count() == func.count(Referral.answered_at)
    is_late = func.count().filter(IS_WAITING, Referral.due_on < today) > 0
    of_each = (
        select(is_answered.label("answered"), is_late.label("late"))
        .join(Referral.idea)
        .where(Idea.cycle_id == cycle_id)
        .group_by(Referral.idea_id)
        .subquery()
    )
    counted = select(
        func.count(), func.count().filter(of_each.c.answered), func.count().filter(of_each.c.late)
    ).select_from(of_each)
    received, answered, late = session.execute(counted).one()
    return received, answered, late


def median(counted: dict[int, int]) -> float | None:
    """The median of values given with how often each comes; None of nothing."""
    total = sum(counted.values())
    if not total:
        return None
    low, high = (_at(sorted(counted.items()), place) for place in ((total - 1) // 2, total // 2))
    return (low + high) / 2


def _at(counted: Iterable[tuple[int, int]], place: int) -> int:
    for value, count in counted:
        if place < count:
            return value
        place -= count
    raise IndexError(place)


def _days(cycle_id: int) -> dict[int, dict[int, int]]:
    """By institution, how many first answers came after how many days: few rows, however many ideas."""
    counts = (
        select(Referral.institution_id, Referral.days_to_answer, func.count())
        .join(Referral.idea)
        .where(Idea.cycle_id == cycle_id, Referral.days_to_answer.is_not(None))
        .group_by(Referral.institution_id, Referral.days_to_answer)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for body, length, count in session.execute(counts):
        found[body][length or 0] = count
    return found
