"""How the ideas of a desk's list are loaded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer, joinedload

from cocreation.ideas.models.idea import Idea, Step
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import OutputLine

ROW = (defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result))
SOURCE = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)


def last_step_at() -> ColumnElement[datetime]:
    """When the last public step of an idea was taken: since when it stands where it stands."""
    steps = select(func.max(Step.at)).where(Step.idea_id == Idea.id).correlate(Idea)
    return steps.scalar_subquery()
