"""Restating: the solutions of published workshops become ideas that keep where they were said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import lock, session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, Origin
from cocreation.ideas.services.steps import receive
from cocreation.ideas.words import IdeaWords
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.submission.refusals import OutputsNotPublished
from cocreation.submission.services.ideas import new_idea
from cocreation.workshops.models import LineKind, OutputLine


def restate(line_ids: Sequence[int], *, by: int, now: datetime) -> list[Idea]:
    """Solutions of published workshops become ideas that keep where they were said; those that already
    are one stay as they are. Returns the new ideas. Raises OutputsNotPublished.
    """
    lines = _solutions(line_ids)
    if not lines:
        return []
    if not all(line.workshop.published_at for line in lines):
        raise OutputsNotPublished
    cycle = lock(Cycle, lines[0].workshop.meeting.cycle_id)
    done = set(session.scalars(select(Idea.source_line_id).where(Idea.source_line_id.in_(line_ids))))
    ideas = [_restated(cycle, line, now) for line in lines if line.id not in done]
    receive(cycle, ideas, now=now)
    for idea in ideas:
        audit.record("solution restated", str(idea.reference), by=by, now=now, line=idea.source_line_id)
    return ideas


def _solutions(line_ids: Sequence[int]) -> list[OutputLine]:
    meeting = joinedload(OutputLine.workshop).joinedload(Workshop.meeting).selectinload(Meeting.regions)
    statement = (
        select(OutputLine)
        .where(OutputLine.id.in_(line_ids), OutputLine.kind == LineKind.SOLUTION)
        .options(meeting, selectinload(OutputLine.follows_from), selectinload(OutputLine.leads_to))
        .order_by(OutputLine.workshop_id, OutputLine.number)
    )
    return list(session.scalars(statement))


def _restated(cycle: Cycle, line: OutputLine, now: datetime) -> Idea:
    workshop = line.workshop
    regions = workshop.meeting.regions
    words = IdeaWords(
        proposal=line.text,
        problem=_together(line.follows_from),
        expected_result=_together(line.leads_to),
        theme_id=workshop.theme_id,
        region_code=regions[0].code if regions else None,
    )
    idea = new_idea(cycle, words, Origin.WORKSHOP, once=f"line {line.id}", now=now)
    idea.source_line_id, idea.language = line.id, line.language
    return idea


def _together(lines: Sequence[OutputLine]) -> str | None:
    return "\n\n".join(line.text for line in lines) or None
