"""What stands on a theme, an axis or a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import joinedload

from cocreation.consultations.models import Following
from cocreation.core.database import session
from cocreation.cycles.models import Axis, Theme
from cocreation.ideas.models.idea import Idea
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem, Workshop
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.registration import Registration
from cocreation.plan.models import Commitment
from cocreation.workshops.models import OutputLine

NAMED = 8  # so many are named, the others counted


@dataclass(frozen=True)
class PartUses:
    """How many stand on a theme or an axis; some meetings or commitments by their references."""

    ideas: int = 0
    workshops: int = 0
    followers: int = 0
    commitments: int = 0
    references: Sequence[str] = ()

    @property
    def count(self) -> int:
        return self.ideas + self.workshops + self.followers + self.commitments


@dataclass(frozen=True)
class WorkshopUses:
    """How many people are in a workshop or wish it, its lines, the items of the programme it stands in."""

    people: int
    lines: int
    items: int


def uses_of(part: Theme | Axis) -> PartUses:
    if isinstance(part, Axis):
        own = Commitment.axis_id == part.id
        some = select(Commitment).where(own).options(joinedload(Commitment.cycle)).order_by(Commitment.number)
        (commitments,) = _counts((Commitment.id, own))
        references = [commitment.reference for commitment in session.scalars(some.limit(NAMED))]
        return PartUses(commitments=commitments, references=references)
    ideas, workshops, followers = _counts(
        (Idea.id, Idea.theme_id == part.id),
        (Workshop.id, Workshop.theme_id == part.id),
        (Following.id, Following.theme_id == part.id),
    )
    meetings = select(Meeting.reference).join(Workshop).where(Workshop.theme_id == part.id)
    once = meetings.group_by(Meeting.reference, Meeting.id).order_by(Meeting.id).limit(NAMED)
    return PartUses(ideas, workshops, followers, references=session.scalars(once).all())


def workshop_uses(workshop: Workshop) -> WorkshopUses:
    wishing = select(WorkshopWish.registration_id).where(WorkshopWish.workshop_id == workshop.id)
    chosen = (Registration.workshop_id == workshop.id) | Registration.id.in_(wishing)
    return WorkshopUses(
        *_counts(
            (Registration.id, chosen),
            (OutputLine.id, OutputLine.workshop_id == workshop.id),
            (ProgrammeItem.id, ProgrammeItem.workshop_id == workshop.id),
        )
    )


def _counts(*asked: tuple[SQLColumnExpression[int], SQLColumnExpression[bool]]) -> Sequence[int]:
    """How many rows hold for each condition: one statement."""
    counts = [select(func.count(column)).where(condition).scalar_subquery() for column, condition in asked]
    return tuple(session.execute(select(*counts)).one())
