"""Answering comments: alone or together, changed, taken back, moved from one answer to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cocreation.comment_answers.models import AnsweredComment, AnswerReason, CommentAnswer
from cocreation.comment_answers.policy import COUNTS
from cocreation.comment_answers.queries.consultations import WITH_TEXTS
from cocreation.comment_answers.refusals import (
    AnswersPublic,
    CommentsAnsweredAlready,
    NoCommentsChosen,
    NotOfThisConsultation,
    ReasonOfAnother,
)
from cocreation.comment_answers.services.changes import detach
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.consultations.models import Consultation
from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import NotFound
from cocreation.text.markup import isolate_text

NAMED = 20  # comments that a refusal names


@dataclass(frozen=True)
class GivenAnswer:
    """What is answered: the outcome, why, in words (still none in a draft), and who is responsible."""

    outcome: AnswerOutcome
    reason: AnswerReason
    text: Translated
    institution_id: int | None = None


def answer_comments(
    consultation_id: int, comment_ids: Collection[int], given: GivenAnswer, *, by: int, now: datetime
) -> CommentAnswer:
    """One answer to one comment or to several. Raises NotFound, AnswersPublic, ReasonOfAnother,
    NoCommentsChosen, CommentsAnsweredAlready.
    """
    consultation = _being_answered(consultation_id)
    _must_fit(given)
    ids = _of(consultation_id, comment_ids)
    _must_be_free(ids)
    answer = CommentAnswer(consultation_id=consultation_id, drafted_by=by, drafted_at=now, **vars(given))
    answer.answered = [AnsweredComment(comment_id=comment_id) for comment_id in ids]
    session.add(answer)
    session.flush()
    audit.record(
        "comments answered", consultation.reference, by=by, now=now, answer=answer.id, comments=len(ids)
    )
    return answer


def change_answer(answer_id: int, given: GivenAnswer, *, by: int, now: datetime) -> CommentAnswer:
    """Other words, or another outcome: it is then read anew. An answer that no longer says that the text
    changed lets go of the words it named. Raises NotFound, AnswersPublic, ReasonOfAnother.
    """
    answer = drafted(answer_id)
    _must_fit(given)
    if not given.outcome.changes_words:
        _let_go(answer, by, now)
    before = answer.outcome, answer.reason, answer.text, answer.institution_id
    if before != tuple(vars(given).values()):
        for name, value in vars(given).items():
            setattr(answer, name, value)
        answer.reopen(by, now)
        audit.record("comment answer changed", f"answer {answer.id}", by=by, now=now)
    return answer


def remove_answer(answer_id: int, *, by: int, now: datetime) -> None:
    """Take back an answer that is not public: its comments wait again, its changes have no cause any more.
    Raises NotFound, AnswersPublic.
    """
    answer = drafted(answer_id)
    _let_go(answer, by, now)
    session.delete(answer)
    audit.record("comment answer removed", f"answer {answer_id}", by=by, now=now)


def move_comment(comment_id: int, to_answer_id: int | None, *, by: int, now: datetime) -> None:
    """Let a comment be answered by another answer, or wait again; both are not public. An answer that has no
    comment left is taken back; the one that gets it is read anew.

    Raises NotFound, AnswersPublic, NotOfThisConsultation.
    """
    row = session.get(AnsweredComment, comment_id)
    if row is None:
        raise NotFound
    source = drafted(row.answer_id)
    target = drafted(to_answer_id) if to_answer_id else None
    if target and target.consultation_id != source.consultation_id:
        raise NotOfThisConsultation
    if target is source:
        return
    session.delete(row)
    session.flush()
    if target:
        session.add(AnsweredComment(comment_id=comment_id, answer_id=target.id))
        target.reopen(by, now)
    left = select(func.count()).select_from(AnsweredComment).where(AnsweredComment.answer_id == source.id)
    audit.record("comment moved", f"answer {source.id}", by=by, now=now, comment=comment_id, to=to_answer_id)
    session.flush()
    if not session.scalar(left):
        session.expire(source, ["answered"])
        remove_answer(source.id, by=by, now=now)


def drafted(answer_id: int) -> CommentAnswer:
    """An answer that is not public, locked, with its comments and changes. Raises NotFound, AnswersPublic."""
    answer = session.get(CommentAnswer, answer_id)
    if answer is None:
        raise NotFound
    _being_answered(answer.consultation_id)
    loaded = selectinload(CommentAnswer.answered), selectinload(CommentAnswer.changes)
    return lock(CommentAnswer, answer_id, *loaded, selectinload(CommentAnswer.revisions))


def _being_answered(consultation_id: int) -> Consultation:
    """Everybody who answers comments of a consultation does so one after the other."""
    consultation = lock(Consultation, consultation_id, *WITH_TEXTS)
    if consultation.answered_at:
        raise AnswersPublic
    return consultation


def _let_go(answer: CommentAnswer, by: int, now: datetime) -> None:
    """The words it named were not changed because of it."""
    if answer.changes:
        detach(answer.id, [change.change_id for change in answer.changes], by=by, now=now)
        session.expire(answer, ["changes"])
        session.refresh(answer, ["changes"])


def _must_fit(given: GivenAnswer) -> None:
    if given.outcome not in given.reason.outcomes:
        raise ReasonOfAnother


def _of(consultation_id: int, comment_ids: Collection[int]) -> list[int]:
    """Those of these comments that are of the consultation and have to be answered."""
    statement = select(Comment.id).where(
        Comment.consultation_id == consultation_id, Comment.id.in_(comment_ids), COUNTS
    )
    ids = list(session.scalars(statement.order_by(Comment.id)))
    if not ids:
        raise NoCommentsChosen
    return ids


def _must_be_free(comment_ids: Collection[int]) -> None:
    statement = select(Comment.reference).join(AnsweredComment, AnsweredComment.comment_id == Comment.id)
    taken = statement.where(Comment.id.in_(comment_ids)).order_by(Comment.id).limit(NAMED)
    if references := list(session.scalars(taken)):
        raise CommentsAnsweredAlready(references=named(references))


def named(references: Collection[str]) -> str:
    """References in a sentence of a refusal."""
    return " · ".join(isolate_text(reference) for reference in references)
