"""Which ideas wait for a batch of fates, and who may do what with one beyond the roles of routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from cocreation.accounts.models import Person
from cocreation.batches.models import Batch, BatchStage, FateDraft
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.reasons.models import Fate
from cocreation.study.models import Referral

# Where an idea stands that only waits for its fate.
READY = (IdeaState.NOT_ACCEPTED, IdeaState.ANSWERED)
PART_OF_OTHERS = (Kinship.MERGED_INTO, Kinship.SPLIT_INTO)


@dataclass(frozen=True)
class ReadyFilter:
    """Which of the ideas that wait for a batch are meant: of a theme, answered by an institution, with this
    answer or verdict; None means any.
    """

    theme: int | None = None
    institution: int | None = None
    fate: Fate | None = None

    def __bool__(self) -> bool:
        return bool(self.theme or self.institution or self.fate)

    def holds(self) -> list[ColumnElement[bool]]:
        """The conditions that an idea is meant."""
        answered = select(Referral.id).where(Referral.idea_id == Idea.id, Referral.answer.is_not(None))
        states = {Fate.NOT_ACCEPTED: IdeaState.NOT_ACCEPTED, Fate.MERGED: IdeaState.JOINED}
        conditions = [Idea.theme_id == self.theme] if self.theme else []
        if self.institution:
            conditions.append(answered.where(Referral.institution_id == self.institution).exists())
        if self.fate:
            state = states.get(self.fate)
            given = answered.where(Referral.answer == self.fate)
            conditions.append(Idea.state == state if state else given.exists())
        return conditions


def can_prepare(person: Person, batch: Batch, now: datetime) -> bool:
    """The secretariat, until it is being published; committee members read it before everyone else."""
    return person.runs_everything and batch.stage(now) not in (BatchStage.PUBLISHING, BatchStage.PUBLISHED)


def can_review(person: Person, batch: Batch, now: datetime) -> bool:
    """Somebody else than who prepared it."""
    return batch.stage(now) is BatchStage.SENT and person.id not in (batch.created_by, batch.sent_by)


def waits_for_batch() -> ColumnElement[bool]:
    """The condition that an idea is in no batch and is answered, not accepted, or part of ideas that are, or
    that have their fate.
    """
    free = ~select(FateDraft).where(FateDraft.idea_id == Idea.id).exists()
    target = aliased(Idea)
    of = select(Lineage.id).join(target, Lineage.target_id == target.id)
    of = of.where(Lineage.source_id == Idea.id, makes_part()).correlate(Idea)
    waits = of.where(target.state.not_in((*READY, IdeaState.PUBLISHED)))
    is_part = (Idea.state == IdeaState.JOINED) & of.exists() & ~waits.exists()
    return and_(Idea.state.in_(READY) | is_part, free)


def makes_part() -> ColumnElement[bool]:
    """The condition that a link makes an idea part of another one, and was not undone."""
    return and_(Lineage.kind.in_(PART_OF_OTHERS), Lineage.undone_at.is_(None))
