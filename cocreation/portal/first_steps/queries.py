"""How far an installation is: one statement, however much is in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from cocreation.accounts.models import Grant, Role
from cocreation.core.database import session
from cocreation.cycles.models import Cycle, PhasePeriod, Theme
from cocreation.meetings.models.meeting import Meeting


@dataclass(frozen=True)
class Beginning:
    """What is there: how many cycles, phases with days, themes, focal points, meetings, announced meetings.
    `code` is the latest cycle's, `reference` that of the first meeting; None where there is none.
    """

    cycles: int
    phases: int
    themes: int
    focal_points: int
    meetings: int
    announced: int
    code: str | None
    reference: str | None

    @property
    def counts(self) -> tuple[int, ...]:
        """What each step brings, in their order: it is done where there is some."""
        return self.cycles, self.phases, self.themes, self.focal_points, self.meetings, self.announced

    @property
    def steps(self) -> int:
        return len(self.counts)

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(count > 0 for count in self.counts)

    @property
    def is_over(self) -> bool:
        """Whether the first meeting is announced, or all else is done."""
        return self.announced > 0 or self.done == self.steps


def beginning() -> Beginning:
    statements = [
        select(func.count(Cycle.id)),
        select(func.count(PhasePeriod.id)),
        select(func.count(Theme.id)),
        select(func.count(Grant.id)).where(Grant.role == Role.FOCAL_POINT),
        select(func.count(Meeting.id)),
        select(func.count(Meeting.id)).where(Meeting.announced_at.is_not(None)),
    ]
    names = [
        select(Cycle.code).order_by(Cycle.starts_on.desc(), Cycle.id.desc()).limit(1),
        select(Meeting.reference).order_by(Meeting.id).limit(1),
    ]
    asked = [statement.scalar_subquery() for statement in statements]
    asked += [statement.scalar_subquery() for statement in names]
    return Beginning(*session.execute(select(*asked)).one())
