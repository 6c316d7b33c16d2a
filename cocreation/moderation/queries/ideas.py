"""Reads of moderation of ideas: what waits, one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.ideas.queries.rows import SOURCE
from cocreation.moderation.models import Harm, Hiding, Report

AWAITS_DECISION = (Hiding.contested_at.is_not(None), Hiding.decided_at.is_(None))
# Reports of one case that are shown; the others are counted.
SHOWN = 50


@dataclass
class Reported:
    """The reports on an idea that wait together: `first` is the oldest of them."""

    first: Report
    count: int = 0
    reasons: list[Harm] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """An idea in moderation: its reports, the latest first, and its hidings, the latest first."""

    idea: Idea
    reports: Sequence[Report]
    hidings: Sequence[Hiding]

    @property
    def waiting(self) -> list[Report]:
        return [report for report in self.reports if report.decided_at is None]

    @property
    def standing(self) -> Hiding | None:
        """The hiding that hides it now."""
        return next((hiding for hiding in self.hidings if hiding.lifted_at is None), None)


def get_public_idea(reference: str) -> Idea:
    """Raises NotFound, also for one that its author has not confirmed."""
    return found(session.scalar(select(Idea).where(Idea.reference == reference, IS_PUBLIC)))


def reported(cursor: str | None = None, size: int = 30) -> tuple[Page[Report], dict[int, Reported]]:
    """The ideas whose reports wait, by the oldest report of each; and what is reported, by idea."""
    earlier = aliased(Report)
    is_first = ~exists().where(
        earlier.idea_id == Report.idea_id, earlier.decided_at.is_(None), earlier.id < Report.id
    )
    statement = (
        select(Report)
        .join(Report.idea)
        .where(Report.decided_at.is_(None), is_first)
        .options(contains_eager(Report.idea).defer(Idea.tokens))
    )
    first: Page[Report] = page(
        statement, Report.made_at, Report.id, cursor=cursor, size=size, descending=False
    )
    cases = {report.idea_id: Reported(report) for report in first}
    counts = select(Report.idea_id, Report.reason, func.count()).where(
        Report.decided_at.is_(None), Report.idea_id.in_(cases)
    )
    as_they_came = counts.group_by(Report.idea_id, Report.reason).order_by(func.min(Report.id))
    for idea_id, reason, count in session.execute(as_they_came):
        cases[idea_id].count += count
        cases[idea_id].reasons.append(reason)
    return first, cases


def contested(cursor: str | None = None, size: int = 30) -> Page[Hiding]:
    """The contests that wait, the oldest first."""
    statement = (
        select(Hiding)
        .join(Hiding.idea)
        .where(*AWAITS_DECISION)
        .options(contains_eager(Hiding.idea).defer(Idea.tokens))
    )
    return page(statement, Hiding.contested_at, Hiding.id, cursor=cursor, size=size, descending=False)


def get_case(reference: str) -> Case:
    """Raises NotFound."""
    idea = found(
        session.scalar(
            select(Idea)
            .where(Idea.reference == reference, IS_PUBLIC)
            .options(joinedload(Idea.theme), joinedload(Idea.region), SOURCE, defer(Idea.tokens))
        )
    )
    reports = select(Report).where(Report.idea_id == idea.id).order_by(Report.id.desc()).limit(SHOWN)
    hidings = select(Hiding).where(Hiding.idea_id == idea.id).order_by(Hiding.id.desc())
    return Case(idea, session.scalars(reports).all(), session.scalars(hidings).all())


def hidden_by_receipt(receipt: str) -> tuple[Idea, Hiding | None]:
    """The idea a receipt opens, and the last time it was hidden. Raises NotFound."""
    idea: Idea = found(session.scalar(select(Idea).where(Idea.receipt == receipt, IS_PUBLIC)))
    last = select(Hiding).where(Hiding.idea_id == idea.id).order_by(Hiding.id.desc()).limit(1)
    return idea, session.scalar(last)
