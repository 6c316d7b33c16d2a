"""How many ideas a plan began with, and what they became: the way from ideas to commitments, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.dispositions.models import Screening
from cocreation.ideas.models import Idea
from cocreation.plan.models import Commitment


@dataclass(frozen=True)
class Funnel:
    """The figures of one cycle. `drafts` are all commitments ever drafted, `commitments` those adopted."""

    code: str
    title: Translated
    received: int
    accepted: int
    not_accepted: int
    drafts: int
    institutions: int
    commitments: int


def funnel(code: str | None = None) -> Funnel | None:
    """The figures of the cycle `code`; without one, of the latest that has adopted commitments."""
    of_cycle = Commitment.cycle_id == Cycle.id
    screened = select(func.count(Screening.idea_id)).join(Idea).where(Idea.cycle_id == Cycle.id)
    received = select(func.count(Idea.received_at)).where(Idea.cycle_id == Cycle.id)
    drafts = select(func.count(Commitment.id)).where(of_cycle)
    bodies = select(func.count(Commitment.institution_id.distinct())).where(of_cycle)
    adopted = select(func.count(Commitment.published_at)).where(of_cycle)
    counts = (received, screened.where(Screening.accepted), screened.where(~Screening.accepted))
    figures = (*counts, drafts, bodies, adopted)
    statement = select(
        Cycle.code, Cycle.title, *(each.correlate(Cycle).scalar_subquery() for each in figures)
    )
    if code:
        statement = statement.where(Cycle.code == code)
    else:
        has_plan = select(Commitment.id).where(of_cycle, Commitment.published_at.is_not(None)).exists()
        statement = statement.where(has_plan).order_by(Cycle.starts_on.desc(), Cycle.id.desc())
    row = session.execute(statement.limit(1)).one_or_none()
    return Funnel(*row) if row else None
