"""How far the ideas are covered: received, published, answered, pending, overdue, each defined here.

Of the ideas received, each is in one of four parts, so that the parts add up to what was received:

- published: it has a fate (withdrawn by its author is one);
- answered: it has none yet, and every institution it was sent to has answered;
- overdue: it is being studied, and an institution's answer is still missing after its due day;
- pending: all others.

By institution an idea counts once for each institution it was sent to, and answered and overdue are that
institution's own. Counts of ideas hide nothing, small ones neither: every idea is public by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from cocreation.core.database import session
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.tally import Tally
from cocreation.ideas.queries.public_ideas import IS_PUBLIC, share_with_fate
from cocreation.study.models import Referral

# What ideas are counted by, apart from institutions.
KINDS = ("origin", "theme_id", "region_code")


@dataclass(frozen=True)
class Parts:
    """Ideas received, and three of the four parts they are in; the fourth is what remains."""

    received: int = 0
    published: int = 0
    answered: int = 0
    overdue: int = 0

    @property
    def pending(self) -> int:
        return self.received - self.published - self.answered - self.overdue

    @property
    def share(self) -> float:
        return share_with_fate(self.published, self.received)

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            self.received + other.received,
            self.published + other.published,
            self.answered + other.answered,
            self.overdue + other.overdue,
        )


By = dict[str | None, Parts]


def by_kinds(cycle_id: int | None, today: date) -> dict[str, By]:
    """For each of KINDS, the parts by its values as text (None: not stated). Two statements.

    Read from the tallies of ideas, and from overdue referrals: neither grows with what is settled.
    """
    counted: dict[str, By] = {kind: {} for kind in KINDS}
    for kind, value, received, published, answered in session.execute(_from_tallies(cycle_id)):
        counted[kind][value] = Parts(received, published, answered)
    for kind, value, overdue in session.execute(_overdue(cycle_id, today)):
        counted[kind][value] = counted[kind].get(value, Parts()) + Parts(overdue=overdue)
    return counted


def add_up(by: By) -> Parts:
    """All of them together; the values of one kind leave no idea out."""
    return sum(by.values(), Parts())


def by_institution(cycle_id: int | None, today: date) -> list[tuple[Institution, Parts]]:
    """Institutions that ideas were sent to, those with the most first. One statement."""
    unanswered = and_(Idea.fate.is_(None), Referral.answered_at.is_(None))
    counts = (
        select(
            Referral.institution_id,
            func.count().label("received"),
            _count(Idea.fate.is_not(None)).label("published"),
            _count(and_(Idea.fate.is_(None), Referral.answered_at.is_not(None))).label("answered"),
            _count(and_(unanswered, Referral.due_on < today)).label("overdue"),
        )
        .join(Referral.idea)
        .where(*_of(Idea.cycle_id, cycle_id))
        .group_by(Referral.institution_id)
    )
    sent = counts.subquery()
    statement = select(Institution, sent.c.received, sent.c.published, sent.c.answered, sent.c.overdue)
    rows = session.execute(
        statement.join(sent, sent.c.institution_id == Institution.id).order_by(
            sent.c.received.desc(), Institution.id
        )
    )
    return [(institution, Parts(*counts)) for institution, *counts in rows]


def _from_tallies(cycle_id: int | None) -> CompoundSelect:
    is_answered = and_(Tally.fate.is_(None), Tally.state == IdeaState.ANSWERED)
    return _each_kind(
        Tally,
        lambda: (
            func.sum(Tally.count),
            func.sum(case((Tally.fate.is_not(None), Tally.count), else_=0)),
            func.sum(case((is_answered, Tally.count), else_=0)),
        ),
        _of(Tally.cycle_id, cycle_id),
    )


def _overdue(cycle_id: int | None, today: date) -> CompoundSelect:
    """Ideas being studied for which an answer is late, once each, by each kind."""
    late = select(Referral.idea_id).where(Referral.answered_at.is_(None), Referral.due_on < today)
    of_ideas = (IS_PUBLIC, Idea.state == IdeaState.REFERRED, Idea.id.in_(late))
    return _each_kind(Idea, lambda: (func.count(),), [*of_ideas, *_of(Idea.cycle_id, cycle_id)])


def _each_kind(
    model: type[Idea | Tally],
    figures: Callable[[], Iterable[ColumnElement[int]]],
    conditions: Sequence[ColumnElement[bool]],
) -> CompoundSelect:
    """`figures` of `model` by each of KINDS in one statement: rows of kind, value, figures."""
    return union_all(
        *(
            select(literal(kind), cast(getattr(model, kind), String), *figures())
            .where(*conditions)
            .group_by(getattr(model, kind))
            for kind in KINDS
        )
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _of(column: InstrumentedAttribute[int], cycle_id: int | None) -> list[ColumnElement[bool]]:
    return [] if cycle_id is None else [column == cycle_id]
