"""Which ideas wait for a batch of fates, and who may do what with one beyond the roles of routes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from cocreation.accounts.models import Person
from cocreation.fates.models import Batch, BatchStage, FateDraft
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage

# Where an idea stands that only waits for its fate.
READY = (IdeaState.NOT_ACCEPTED, IdeaState.ANSWERED)
PART_OF_OTHERS = (Kinship.MERGED_INTO, Kinship.SPLIT_INTO)


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
