"""How the ideas of a desk's list are loaded."""

from __future__ import annotations

from sqlalchemy.orm import defer, joinedload

from cocreation.ideas.models.idea import Idea
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import OutputLine

ROW = (defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result))
SOURCE = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
