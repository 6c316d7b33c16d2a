"""Answers and the words that were changed because of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, and_, delete, select
from sqlalchemy.orm import joinedload

from cocreation.comment_answers.models import AnswerChange, CommentAnswer
from cocreation.comment_answers.refusals import AnswerChangesNothing, ChangeElsewhere
from cocreation.consultations.models import ConsultedText
from cocreation.core import audit
from cocreation.core.database import insert_new, lock, session
from cocreation.documents.models import CauseKind, Change, DocumentVersion
from cocreation.documents.services import clear_cause, locked_changes, name_cause


def attribute(answer_id: int, change_ids: Iterable[int], *, by: int, now: datetime) -> None:
    """These words were changed because of this answer; what was said of them before falls away, other answers
    stay. Raises NotFound, AnswerChangesNothing, ChangeElsewhere, ChangeAdopted.
    """
    answer, ids = _locked(answer_id), set(change_ids)
    if not answer.outcome.changes_words:
        raise AnswerChangesNothing
    if ids != set(session.scalars(_within(answer, ids))):
        raise ChangeElsewhere
    name_cause(ids, CauseKind.ANSWER, by=by, now=now)
    session.execute(
        insert_new(AnswerChange), [{"answer_id": answer.id, "change_id": key} for key in sorted(ids)]
    )
    audit.record(
        "words attributed", answer.consultation.reference, by=by, now=now, answer=answer.id, changes=len(ids)
    )


def detach(answer_id: int, change_ids: Iterable[int], *, by: int, now: datetime) -> None:
    """These words were not changed because of this answer; those left with no answer have no cause any more.
    Raises NotFound, ChangeAdopted.
    """
    answer = _locked(answer_id)
    own = AnswerChange.answer_id == answer.id, AnswerChange.change_id.in_(set(change_ids))
    ids = set(session.scalars(select(AnswerChange.change_id).where(*own)))
    if not ids:
        return
    locked_changes(ids)
    session.execute(delete(AnswerChange).where(*own))
    kept = set(session.scalars(select(AnswerChange.change_id).where(AnswerChange.change_id.in_(ids))))
    if alone := ids - kept:
        clear_cause(alone)
    audit.record(
        "words detached", answer.consultation.reference, by=by, now=now, answer=answer.id, changes=len(ids)
    )


def replace_answers(change_ids: Iterable[int]) -> None:
    """No answer is the cause of these words any more: whoever calls names another one. Raises NotFound,
    ChangeAdopted.
    """
    ids = {change.id for change in clear_cause(change_ids)}
    session.execute(delete(AnswerChange).where(AnswerChange.change_id.in_(ids)))


def _locked(answer_id: int) -> CommentAnswer:
    return lock(CommentAnswer, answer_id, joinedload(CommentAnswer.consultation))


def _within(answer: CommentAnswer, ids: set[int]) -> Select[int]:
    """Those of these changes that were made in a text of the answer's consultation after it began."""
    return (
        select(Change.id)
        .join(Change.version)
        .join(
            ConsultedText,
            and_(
                ConsultedText.document_id == DocumentVersion.document_id,
                ConsultedText.consultation_id == answer.consultation_id,
            ),
        )
        .where(Change.id.in_(ids), DocumentVersion.number > ConsultedText.version)
    )
