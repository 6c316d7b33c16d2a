"""Reads of a consultation with the texts it is about, and how far its answers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.comment_answers.models import AnswerChange, AnsweredComment, AnswerStage, CommentAnswer
from cocreation.comment_answers.policy import COUNTS
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.comments.policy import CONFIRM_WITHIN
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import found, session

NAMED = 20  # comments that a refusal names
WITH_TEXTS = (
    selectinload(Consultation.texts).joinedload(ConsultedText.document),
    joinedload(Consultation.cycle),
)
IS_ANSWERED = exists().where(AnsweredComment.comment_id == Comment.id).correlate_except(AnsweredComment)
# An answer whose comments were all taken back is nobody's.
ANSWERS_SOMEBODY = (
    exists()
    .where(AnsweredComment.answer_id == CommentAnswer.id, AnsweredComment.comment_id == Comment.id, COUNTS)
    .correlate_except(AnsweredComment, Comment)
)
LACKS_WORDS = CommentAnswer.outcome.in_([outcome for outcome in AnswerOutcome if outcome.changes_words]) & ~(
    exists().where(AnswerChange.answer_id == CommentAnswer.id).correlate_except(AnswerChange)
)


def consultation(reference: str) -> Consultation:
    """A consultation that was announced, with its texts. Raises NotFound."""
    statement = select(Consultation).where(
        Consultation.reference == reference, Consultation.announced_at.is_not(None)
    )
    return found(session.scalar(statement.options(*WITH_TEXTS)))


def all_consultations() -> list[tuple[Consultation, int, int]]:
    """Those that were announced, the latest first, with how many comments count and how many wait."""
    statement = (
        select(Consultation, func.count(Comment.id), func.count(Comment.id).filter(~IS_ANSWERED))
        .outerjoin(Comment, (Comment.consultation_id == Consultation.id) & COUNTS)
        .where(Consultation.announced_at.is_not(None))
        .group_by(Consultation.id)
        .order_by(Consultation.opens_at.desc(), Consultation.id.desc())
    )
    return list(session.execute(statement).all())


@dataclass(frozen=True)
class AnswerTally:
    """How many comments of a consultation count and how many of them have no answer; how many answers stand
    at each stage, and how many name no changed words though they have to.
    """

    comments: int
    unanswered: int
    stages: dict[AnswerStage, int]
    lacking: int

    @property
    def answers(self) -> int:
        return sum(self.stages.values())

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to do before they are published."""
        return bool(self.answers) and not (
            self.unanswered or self.lacking or self.stages[AnswerStage.APPROVED] != self.answers
        )


def tally(consultation_id: int) -> AnswerTally:
    """Two statements, however many comments there are."""
    of_comments = select(func.count(), func.count().filter(~IS_ANSWERED)).select_from(Comment)
    comments, unanswered = session.execute(
        of_comments.where(Comment.consultation_id == consultation_id, COUNTS)
    ).one()
    counts = [func.count().filter(of_stage(stage)) for stage in AnswerStage]
    of_answers = select(func.count().filter(LACKS_WORDS), *counts).select_from(CommentAnswer)
    lacking, *stages = session.execute(
        of_answers.where(CommentAnswer.consultation_id == consultation_id, ANSWERS_SOMEBODY)
    ).one()
    return AnswerTally(comments, unanswered, dict(zip(AnswerStage, stages, strict=True)), lacking)


def of_stage(stage: AnswerStage) -> ColumnElement[bool]:
    """What `CommentAnswer.stage` says of one row."""
    public, approved = CommentAnswer.published_at.is_not(None), CommentAnswer.approved_at.is_not(None)
    sent, returned = CommentAnswer.sent_at.is_not(None), CommentAnswer.returned_at.is_not(None)
    return {
        AnswerStage.PUBLISHED: public,
        AnswerStage.APPROVED: approved & ~public,
        AnswerStage.SENT: sent & ~approved & ~public,
        AnswerStage.RETURNED: returned & ~sent & ~approved & ~public,
        AnswerStage.DRAFT: ~returned & ~sent & ~approved & ~public,
    }[stage]


def without_approved_answer(consultation_id: int) -> tuple[int, list[str]]:
    """How many comments that count have no approved answer, and the references of the first of them."""
    approved = exists().where(
        AnsweredComment.comment_id == Comment.id,
        AnsweredComment.answer_id == CommentAnswer.id,
        CommentAnswer.approved_at.is_not(None),
    )
    lacking = select(Comment).where(
        Comment.consultation_id == consultation_id,
        COUNTS,
        ~approved.correlate_except(AnsweredComment, CommentAnswer),
    )
    return _named(lacking)


def without_changed_words(consultation_id: int) -> tuple[int, list[str]]:
    """How many comments are said to have changed the text by an answer that names no words, and the first."""
    lacking = (
        select(Comment)
        .join(AnsweredComment, AnsweredComment.comment_id == Comment.id)
        .join(CommentAnswer, CommentAnswer.id == AnsweredComment.answer_id)
        .where(CommentAnswer.consultation_id == consultation_id, COUNTS, LACKS_WORDS)
    )
    return _named(lacking)


def _named(comments: Select[Comment]) -> tuple[int, list[str]]:
    count = session.scalar(comments.with_only_columns(func.count()))
    first = comments.with_only_columns(Comment.reference).order_by(Comment.id).limit(NAMED)
    return count or 0, list(session.scalars(first))


def last_unconfirmed(consultation_id: int, now: datetime) -> datetime | None:
    """Until when the last of its comments that nobody confirmed yet can be confirmed; None where none can."""
    waiting = (Comment.confirmed_at.is_(None), Comment.withdrawn_at.is_(None), Comment.parent_id.is_(None))
    of_consultation = select(func.max(Comment.sent_at)).where(Comment.consultation_id == consultation_id)
    sent_at = session.scalar(of_consultation.where(*waiting, Comment.sent_at > now - CONFIRM_WITHIN))
    return sent_at + CONFIRM_WITHIN if sent_at else None
