"""How many ideas a plan began with, and what they became: the way from ideas to commitments, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select

from cocreation.core.database import Translated
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.tally import Tally
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


def figures() -> list[ScalarSelect[int]]:
    """The figures of a Funnel as columns beside `Cycle`."""
    of_cycle = Commitment.cycle_id == Cycle.id
    ideas = select(func.coalesce(func.sum(Tally.count), 0)).where(Tally.cycle_id == Cycle.id)
    counts = (
        ideas,
        ideas.where(Tally.accepted.is_(True)),
        ideas.where(Tally.accepted.is_(False)),
        select(func.count(Commitment.id)).where(of_cycle),
        select(func.count(Commitment.institution_id.distinct())).where(of_cycle),
        select(func.count(Commitment.published_at)).where(of_cycle),
    )
    return [count.correlate(Cycle).scalar_subquery() for count in counts]


def latest_plan() -> ScalarSelect[int]:
    """The id of the latest cycle that has adopted commitments, as a subquery."""
    adopted = select(Commitment.id).where(
        Commitment.cycle_id == Cycle.id, Commitment.published_at.is_not(None)
    )
    latest = select(Cycle.id).where(adopted.exists())
    return latest.order_by(Cycle.starts_on.desc(), Cycle.id.desc()).limit(1).scalar_subquery()
