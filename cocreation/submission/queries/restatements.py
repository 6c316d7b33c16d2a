"""What can be restated as an idea."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from cocreation.core.database import found, session
from cocreation.ideas.models.idea import Idea
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.workshops.models import LineKind, OutputLine


def workshop_to_restate(meeting_reference: str, number: int) -> Workshop:
    """A workshop with its meeting. Raises NotFound."""
    statement = (
        select(Workshop)
        .join(Workshop.meeting)
        .where(Meeting.reference == meeting_reference, Workshop.number == number)
        .options(contains_eager(Workshop.meeting))
    )
    return found(session.scalar(statement))


def solutions(workshop: Workshop) -> list[tuple[OutputLine, str | None]]:
    """The solutions of a workshop with what they answer and lead to, each with the reference of its idea."""
    statement = (
        select(OutputLine, Idea.reference)
        .outerjoin(Idea, Idea.source_line_id == OutputLine.id)
        .where(OutputLine.workshop_id == workshop.id, OutputLine.kind == LineKind.SOLUTION)
        .options(selectinload(OutputLine.follows_from), selectinload(OutputLine.leads_to))
        .order_by(OutputLine.number)
    )
    return [(line, reference) for line, reference in session.execute(statement)]
