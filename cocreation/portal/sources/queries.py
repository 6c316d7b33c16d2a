"""Reads of the chain: from a sentence of a workshop to its idea, from a commitment back to its sources."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only

from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Axis, Cycle
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.workshops.models import OutputLine

# What became part of a commitment is known once the fate is public.
_SOURCES = Idea.state == IdeaState.PUBLISHED


def ideas_of(workshop: Workshop) -> dict[int, Idea]:
    """The public ideas that restate lines of a workshop, by the id of the line."""
    statement = (
        select(Idea)
        .join(OutputLine, OutputLine.id == Idea.source_line_id)
        .where(OutputLine.workshop_id == workshop.id, Idea.state != IdeaState.UNCONFIRMED)
        .options(load_only(Idea.reference, Idea.state, Idea.fate, Idea.source_line_id))
    )
    return {idea.source_line_id: idea for idea in session.scalars(statement) if idea.source_line_id}


def sources(commitment: Commitment, cursor: str | None) -> tuple[int, Page[Idea]]:
    """How many ideas went into a commitment, and one page of them with where each came from."""
    of_commitment = (Idea.commitment_id == commitment.id, _SOURCES)
    origin = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    ideas = select(Idea).where(*of_commitment).options(origin, joinedload(Idea.region))
    count = session.scalar(select(func.count()).select_from(Idea).where(*of_commitment))
    return count or 0, page(ideas, Idea.id, cursor=cursor, size=30, descending=False)


def plan_of(cycle: Cycle) -> list[tuple[Axis, list[tuple[Commitment, int]]]]:
    """The published commitments of a cycle under their axes, each with how many ideas went into it."""
    count = (
        select(func.count())
        .select_from(Idea)
        .where(Idea.commitment_id == Commitment.id, _SOURCES)
        .correlate(Commitment)
        .scalar_subquery()
    )
    statement = commitments(cycle).where(Commitment.published_at.is_not(None)).add_columns(count)
    rows = [(commitment, ideas) for commitment, ideas in session.execute(statement)]
    return [(axis, list(group)) for axis, group in groupby(rows, lambda row: row[0].axis)]
