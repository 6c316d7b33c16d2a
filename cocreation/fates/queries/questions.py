"""Reads of what second readers ask of single fates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.fates import policy
from cocreation.fates.models import Batch, FateDraft, FateQuestion
from cocreation.ideas.models.idea import Idea

IS_OPEN = FateQuestion.answered_at.is_(None)


def open_question(idea_id: int) -> FateQuestion | None:
    """The question about a fate that waits for its answer."""
    return session.scalar(select(FateQuestion).where(FateQuestion.idea_id == idea_id, IS_OPEN))


def open_questions(batch: Batch) -> list[FateQuestion]:
    """The questions of a batch that wait for an answer, with their ideas and who asks."""
    statement = (
        select(FateQuestion)
        .join(FateQuestion.draft)
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == batch.id, IS_OPEN)
        .options(
            contains_eager(FateQuestion.draft).contains_eager(FateDraft.idea).load_only(Idea.reference),
            joinedload(FateQuestion.asker),
        )
        .order_by(FateQuestion.id)
    )
    return list(session.scalars(statement))


def questions(draft: FateDraft) -> list[FateQuestion]:
    """All that was asked of a fate, the first question first, with who asked and who answered."""
    asked = select(FateQuestion).where(FateQuestion.idea_id == draft.idea_id).order_by(FateQuestion.id)
    people = joinedload(FateQuestion.asker), joinedload(FateQuestion.answerer)
    return list(session.scalars(asked.options(*people)))


def has_answered(person_id: int) -> ColumnElement[bool]:
    """The condition that a person answered a question about a batch: they had a hand in it."""
    answered = exists().where(
        FateQuestion.idea_id == FateDraft.idea_id,
        FateDraft.batch_id == Batch.id,
        FateQuestion.answered_by == person_id,
    )
    return answered.correlate(Batch)


def may_read(person: Person, batch: Batch, now: datetime) -> bool:
    """Whether a person can be the second reader of a batch: somebody else than who had a hand in it."""
    if not policy.can_review(person, batch, now):
        return False
    return not session.scalar(select(has_answered(person.id)).where(Batch.id == batch.id))
