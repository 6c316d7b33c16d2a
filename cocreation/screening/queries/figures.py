"""Figures of the screening: what came of it and how fast, for everyone; who read how much, for the staff."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    Subquery,
    case,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
)

from cocreation.accounts.models import Grant, Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.core.database import Moment, session
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import Reading, Screening

A_DAY = 24 * 60 * 60
OPEN_STATES = (IdeaState.RECEIVED, IdeaState.ASKED)
# Without having been read: its author took it back, or it became part of another one.
LEFT = (IdeaState.JOINED, Fate.MERGED, Fate.WITHDRAWN)


@dataclass
class Screened:
    """What the screening of a cycle came to. The counts add up to `received`.

    `left` were taken back or became part of another idea before they were read. `median_days` from an idea's
    arrival to its decision, without the time its author was asked; None before the first decision.
    """

    cycle: Cycle
    waiting: int = 0
    asked: int = 0
    accepted: int = 0
    left: int = 0
    refused: Counter[Reason | None] = field(default_factory=Counter)
    median_days: float | None = None

    @property
    def not_accepted(self) -> int:
        return self.refused.total()

    @property
    def received(self) -> int:
        return self.waiting + self.asked + self.accepted + self.not_accepted + self.left


@dataclass(frozen=True)
class Workload:
    """How many ideas somebody read; `open` are not decided yet, since they wait for another reader."""

    name: str
    this_week: int
    in_all: int
    open: int


def screened(today: date) -> list[Screened]:
    """Every cycle that received ideas or runs on that day; those that run first, then the latest."""
    medians, counted = _medians(), _counted()
    cycles = sorted(all_cycles(), key=lambda cycle: not _runs(cycle, today))
    return [
        _come_to(cycle, counted[cycle.id], medians.get(cycle.id))
        for cycle in cycles
        if counted[cycle.id] or _runs(cycle, today)
    ]


def readers(now: datetime) -> list[Workload]:
    """Everyone who may screen or has screened, by name. This week is the seven days up to `now`."""
    may = exists().where(Grant.person_id == Person.id, Grant.role.in_(SECRETARIAT))
    is_recent = Reading.read_at > now - timedelta(days=7)
    statement = (
        select(
            Person.name,
            func.count(case((is_recent, 1))),
            func.count(Reading.id),
            func.count(case((Idea.state.in_(OPEN_STATES), 1))),
        )
        .outerjoin(Reading, Reading.reader_id == Person.id)
        .outerjoin(Idea, Idea.id == Reading.idea_id)
        .where(or_(Reading.id.is_not(None), may & Person.disabled_at.is_(None)))
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
    )
    return [Workload(*row) for row in session.execute(statement)]


def oldest_days(now: datetime) -> int | None:
    """How many whole days the idea that has waited longest has waited; None when none waits."""
    still = _stood_still(now)
    waited = _seconds(Idea.received_at, literal(now, Moment()), still)
    statement = select(func.max(waited)).outerjoin(still, still.c.idea_id == Idea.id)
    longest = session.scalar(statement.where(Idea.state.in_(OPEN_STATES)))
    return None if longest is None else int(longest // A_DAY)


def _runs(cycle: Cycle, today: date) -> bool:
    return cycle.starts_on <= today <= cycle.ends_on


class _Outcome(NamedTuple):
    """How many ideas of a cycle came to the same."""

    state: IdeaState
    fate: Fate | None
    accepted: bool | None
    reason: Reason | None
    many: int


def _counted() -> dict[int, list[_Outcome]]:
    """How many public ideas of each cycle came to what."""
    reason = func.coalesce(Screening.reason, Idea.reason).label("reason")
    columns = (Idea.cycle_id, Idea.state, Idea.fate, Screening.accepted, reason)
    statement = select(*columns, func.count().label("many")).outerjoin(
        Screening, Screening.idea_id == Idea.id
    )
    grouped: dict[int, list[_Outcome]] = defaultdict(list)
    for cycle_id, *came_to in session.execute(statement.where(IS_PUBLIC).group_by(*columns)):
        grouped[cycle_id].append(_Outcome._make(came_to))
    return grouped


def _come_to(cycle: Cycle, rows: list[_Outcome], median_days: float | None) -> Screened:
    found = Screened(cycle, median_days=median_days)
    for row in rows:
        outcome = row.fate or row.state
        if row.accepted is False or (
            row.accepted is None and outcome in (IdeaState.NOT_ACCEPTED, Fate.NOT_ACCEPTED)
        ):
            found.refused[row.reason] += row.many
        elif row.accepted is None and outcome in LEFT:
            found.left += row.many
        elif outcome is IdeaState.RECEIVED:
            found.waiting += row.many
        elif outcome is IdeaState.ASKED:
            found.asked += row.many
        else:
            found.accepted += row.many
    return found


def _medians() -> dict[int, float]:
    """Half of a cycle's decisions took at most so many days: one statement, on both databases."""
    still = _stood_still(None)
    took = (
        select(Idea.cycle_id, _seconds(Idea.received_at, Screening.decided_at, still).label("seconds"))
        .join(Screening, Screening.idea_id == Idea.id)
        .outerjoin(still, still.c.idea_id == Idea.id)
        .where(Idea.received_at.is_not(None))
        .subquery()
    )
    ranked = select(
        took.c.cycle_id,
        took.c.seconds,
        func.row_number().over(partition_by=took.c.cycle_id, order_by=took.c.seconds).label("place"),
        func.count().over(partition_by=took.c.cycle_id).label("total"),
    ).subquery()
    middle = (ranked.c.place * 2).between(ranked.c.total, ranked.c.total + 2)  # the one, or the two
    halves = select(ranked.c.cycle_id, func.avg(ranked.c.seconds)).where(middle).group_by(ranked.c.cycle_id)
    return {cycle_id: float(seconds) / A_DAY for cycle_id, seconds in session.execute(halves)}


def _stood_still(now: datetime | None) -> Subquery:
    """The seconds for which questions stopped the clock of each idea; open ones until `now`, when given."""
    ends = [Question.replied_at, Question.lapsed_at, *([literal(now, Moment())] if now else [])]
    seconds = extract("epoch", func.coalesce(*ends)) - extract("epoch", Question.asked_at)
    return select(Question.idea_id, func.sum(seconds).label("seconds")).group_by(Question.idea_id).subquery()


def _seconds(
    start: SQLColumnExpression[datetime | None], end: SQLColumnExpression[datetime], still: Subquery
) -> ColumnElement[int]:
    return extract("epoch", end) - extract("epoch", start) - func.coalesce(still.c.seconds, 0)
