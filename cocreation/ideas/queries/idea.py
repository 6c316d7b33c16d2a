"""One idea with everything that happened to it."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Author, Idea, Step
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.workshops.models import OutputLine


def get_idea(reference: str) -> Idea:
    """A public idea with its whole chain. Raises NotFound, also for one its author has not confirmed."""
    return found(
        session.scalars(_whole().where(Idea.reference == reference, IS_PUBLIC)).unique().one_or_none()
    )


def by_receipt(receipt: str) -> Idea:
    """The idea this receipt opens, confirmed or not, with its whole chain. Raises NotFound."""
    return found(session.scalars(_whole().where(Idea.receipt == receipt)).unique().one_or_none())


def _whole() -> Select[Idea]:
    line = joinedload(Idea.source_line)
    return select(Idea).options(
        joinedload(Idea.cycle).selectinload(Cycle.phases),
        joinedload(Idea.theme),
        joinedload(Idea.region),
        joinedload(Idea.author).joinedload(Author.association),
        joinedload(Idea.attachments),
        joinedload(Idea.institution),
        joinedload(Idea.commitment).joinedload(Commitment.cycle),
        selectinload(Idea.steps).options(
            joinedload(Step.institution), joinedload(Step.related).load_only(Idea.reference)
        ),
        line.joinedload(OutputLine.workshop).joinedload(Workshop.meeting),
        line.selectinload(OutputLine.follows_from),
        line.selectinload(OutputLine.leads_to),
        defer(Idea.tokens),
    )
