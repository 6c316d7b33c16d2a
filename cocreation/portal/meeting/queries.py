"""What came of a meeting: the ideas its workshops brought, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.portal.figures import FateFigures, fate_figures
from cocreation.reasons.models import Fate
from cocreation.workshops.models import OutputLine

NOTHING = FateFigures([], 0)


@dataclass(frozen=True)
class Harvest:
    """The ideas of a meeting in figures, and those of each of its workshops by its id."""

    figures: FateFigures
    by_workshop: dict[int, FateFigures]

    def of(self, workshop: Workshop) -> FateFigures:
        return self.by_workshop.get(workshop.id, NOTHING)


def harvest(meeting: Meeting) -> Harvest:
    """What came of the workshops of a meeting whose outputs are public. One statement."""
    statement = (
        select(OutputLine.workshop_id, Idea.fate, func.count())
        .join(OutputLine, OutputLine.id == Idea.source_line_id)
        .join(Workshop, Workshop.id == OutputLine.workshop_id)
        .where(Workshop.meeting_id == meeting.id, Workshop.published_at.is_not(None), IS_PUBLIC)
        .group_by(OutputLine.workshop_id, Idea.fate)
    )
    counts: dict[int, list[tuple[Fate | None, int]]] = defaultdict(list)
    for workshop_id, fate, count in session.execute(statement):
        counts[workshop_id].append((fate, count))
    every = (count for counted in counts.values() for count in counted)
    return Harvest(fate_figures(every), {key: fate_figures(counted) for key, counted in counts.items()})
