"""How the ideas of a desk's list are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, Step
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import OutputLine

ROW = (defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result))
SOURCE = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)


def last_step_at() -> ColumnElement[datetime]:
    """When the last public step of an idea was taken: since when it stands where it stands."""
    steps = select(func.max(Step.at)).where(Step.idea_id == Idea.id).correlate(Idea)
    return steps.scalar_subquery()


def references_of(idea_ids: Sequence[int]) -> list[str]:
    """The references of these ideas, those that are public, in the order in which they came."""
    chosen = select(Idea.reference).where(Idea.id.in_(idea_ids), Idea.reference.is_not(None))
    return [reference for reference in session.scalars(chosen.order_by(Idea.id)) if reference]
