"""Reads of what was changed after a consultation and why, and of adopted plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.adoption.models import Adoption
from cocreation.comment_answers.models import AnswerChange, AnsweredComment, CommentAnswer
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Change, Document
from cocreation.documents.provenance import FollowedText, followed
from cocreation.documents.queries import texts_at

WITH_COMMENTS = (
    selectinload(CommentAnswer.answered)
    .joinedload(AnsweredComment.comment)
    .load_only(Comment.reference, Comment.section_id, Comment.number)
)


def get_consulted(reference: str) -> Document:
    """A document that was put to public comment, with its cycle. Raises NotFound."""
    named = Document.reference == reference, Document.consulted.is_not(None)
    return found(session.scalar(select(Document).where(*named).options(joinedload(Document.cycle))))


def followed_since(document: Document, number: int, changes: Iterable[Change]) -> list[FollowedText]:
    """Each text of a document from the consulted version to its version `number`."""
    consulted = document.consulted or number
    said = texts_at({document.id: {consulted, number}})
    until = [change for change in changes if change.version.number <= number]
    return followed(said[document.id, consulted], said[document.id, number], until)


def answers_to(change_ids: Collection[int]) -> dict[int, list[CommentAnswer]]:
    """The answers for which each of these changes was made, with the references of their comments."""
    statement = (
        select(AnswerChange.change_id, CommentAnswer)
        .join(AnswerChange.answer)
        .where(AnswerChange.change_id.in_(change_ids))
        .options(WITH_COMMENTS)
        .order_by(CommentAnswer.id)
    )
    by_change: dict[int, list[CommentAnswer]] = defaultdict(list)
    for change_id, answer in session.execute(statement):
        by_change[change_id].append(answer)
    return by_change


def answers_of(document: Document) -> list[CommentAnswer]:
    """The answers that take something up, of the consultations on a document."""
    own = select(ConsultedText.consultation_id).where(ConsultedText.document_id == document.id)
    takes_up = [outcome for outcome in AnswerOutcome if outcome.changes_words]
    statement = (
        select(CommentAnswer)
        .where(CommentAnswer.consultation_id.in_(own), CommentAnswer.outcome.in_(takes_up))
        .options(WITH_COMMENTS)
        .order_by(CommentAnswer.id)
    )
    return list(session.scalars(statement))


def sittings(cycle_id: int, now: datetime) -> list[CoordinationMeeting]:
    """The coordination meetings of a cycle that were held, the latest first."""
    held = CoordinationMeeting.cycle_id == cycle_id, CoordinationMeeting.starts_at <= now
    newest = select(CoordinationMeeting).where(*held).order_by(CoordinationMeeting.starts_at.desc())
    return list(session.scalars(newest))


def is_answered(document: Document) -> bool:
    """Whether all comments of a consultation on this document were answered in public."""
    answered = (
        select(Consultation.id)
        .join(Consultation.texts)
        .where(ConsultedText.document_id == document.id, Consultation.answered_at.is_not(None))
    )
    return session.scalar(answered.limit(1)) is not None


def adoptions(cycle: Cycle) -> list[Adoption]:
    """What was adopted of a plan: the first, then each amendment."""
    of_cycle = select(Adoption).where(Adoption.cycle_id == cycle.id).order_by(Adoption.number)
    return list(session.scalars(of_cycle))
