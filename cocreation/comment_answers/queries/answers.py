"""Answers on their way: one with all it answers and changed, those of a consultation, templates."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.accounts.models import Person
from cocreation.comment_answers.models import (
    AnswerChange,
    AnsweredComment,
    AnswerStage,
    AnswerTemplate,
    CommentAnswer,
)
from cocreation.comment_answers.policy import COUNTS
from cocreation.comment_answers.queries.consultations import ANSWERS_SOMEBODY, LACKS_WORDS, of_stage
from cocreation.comments.models import Comment, Commenter, CommentSupport
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.directory.models import Institution
from cocreation.documents.models import Change, Document, DocumentVersion, Section

CHANGED = (
    selectinload(CommentAnswer.changes).joinedload(AnswerChange.change).joinedload(Change.section),
    selectinload(CommentAnswer.changes).joinedload(AnswerChange.change).joinedload(Change.version),
)
_COMMENT = selectinload(CommentAnswer.answered).joinedload(AnsweredComment.comment)
ANSWERED = (
    _COMMENT.joinedload(Comment.section),
    _COMMENT.joinedload(Comment.text).joinedload(ConsultedText.document),
    _COMMENT.joinedload(Comment.commenter).joinedload(Commenter.association),
)


def answer(consultation_id: int, answer_id: int, *, public: bool = False) -> CommentAnswer:
    """An answer with the words it changed, what it said before and all its comments; those of one for the
    `public` are read page by page. Raises NotFound.
    """
    statement = select(CommentAnswer).where(
        CommentAnswer.id == answer_id, CommentAnswer.consultation_id == consultation_id
    )
    if public:
        statement = statement.where(CommentAnswer.published_at.is_not(None))
    relations = joinedload(CommentAnswer.institution), selectinload(CommentAnswer.revisions)
    comments = () if public else ANSWERED
    return found(session.scalar(statement.options(*CHANGED, *comments, *relations)))


def answered_by(answer_id: int, cursor: str | None = None, size: int = 6) -> tuple[Page[Comment], int]:
    """The comments that a public answer answers, with how many they are."""
    statement = select(Comment).where(Comment.answer_id == answer_id)
    relations = (
        joinedload(Comment.section),
        joinedload(Comment.text).joinedload(ConsultedText.document),
        joinedload(Comment.commenter).joinedload(Commenter.association),
    )
    rows = page(statement.options(*relations), Comment.id, cursor=cursor, size=size, descending=False)
    number = session.scalar(select(func.count(Comment.id)).where(Comment.answer_id == answer_id))
    return rows, number or 0


def answers(
    consultation_id: int, stage: AnswerStage | None, *, lacking: bool, cursor: str | None, size: int = 40
) -> Page[CommentAnswer]:
    """The answers of a consultation that stand at a stage, or of all; with `lacking` those that say that the
    text changed and name no words.
    """
    statement = select(CommentAnswer).where(
        CommentAnswer.consultation_id == consultation_id, ANSWERS_SOMEBODY
    )
    if stage:
        statement = statement.where(of_stage(stage))
    if lacking:
        statement = statement.where(LACKS_WORDS)
    shown = selectinload(CommentAnswer.changes), joinedload(CommentAnswer.institution), _COMMENT
    return page(statement.options(*shown), CommentAnswer.id, cursor=cursor, size=size, descending=False)


def ids_at(consultation_id: int, stages: Collection[AnswerStage], chosen: Collection[int] = ()) -> list[int]:
    """The answers that stand at one of these stages; of those `chosen`, where some are."""
    at = [of_stage(stage) for stage in stages]
    either = at[0]
    for condition in at[1:]:
        either = either | condition
    statement = select(CommentAnswer.id).where(
        CommentAnswer.consultation_id == consultation_id, ANSWERS_SOMEBODY, either
    )
    if chosen:
        statement = statement.where(CommentAnswer.id.in_(chosen))
    return list(session.scalars(statement.order_by(CommentAnswer.id)))


def references_of(answer_ids: Collection[int]) -> list[str]:
    """The references of the comments that these answers answer."""
    statement = (
        select(Comment.reference)
        .join(AnsweredComment, AnsweredComment.comment_id == Comment.id)
        .where(AnsweredComment.answer_id.in_(answer_ids))
    )
    return list(session.scalars(statement.order_by(Comment.id)))


def names(people: Collection[int | None]) -> dict[int, str]:
    """What members of the staff are called."""
    statement = select(Person.id, Person.name).where(Person.id.in_([number for number in people if number]))
    return dict(session.execute(statement).all())


def changes(consultation: Consultation, texts: Collection[int] = ()) -> list[tuple[Document, Change]]:
    """What changed in the texts of a consultation since they were put to comment, text by text; of those
    consulted texts alone whose ids are given, where some are.
    """
    statement = (
        select(Document, Change)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(Change, Change.version_id == DocumentVersion.id)
        .join(ConsultedText, ConsultedText.document_id == Document.id)
        .join(Section, Section.id == Change.section_id)
        .where(
            ConsultedText.consultation_id == consultation.id, DocumentVersion.number > ConsultedText.version
        )
        .options(joinedload(Change.section), joinedload(Change.version))
    )
    if texts:
        statement = statement.where(ConsultedText.id.in_(texts))
    order = ConsultedText.position, DocumentVersion.number, Section.position, Change.language, Change.place
    return list(session.execute(statement.order_by(*order, Change.id)).all())


def changes_of(answer_ids: Collection[int]) -> dict[int, list[Change]]:
    """The words that these answers changed, by the answers' ids, with section and version."""
    statement = (
        select(AnswerChange.answer_id, Change)
        .join(Change, Change.id == AnswerChange.change_id)
        .where(AnswerChange.answer_id.in_(answer_ids))
        .options(joinedload(Change.section), joinedload(Change.version))
        .order_by(Change.id)
    )
    found: dict[int, list[Change]] = {}
    for answer_id, change in session.execute(statement):
        found.setdefault(answer_id, []).append(change)
    return found


def institutions() -> list[Institution]:
    statement = select(Institution).where(Institution.is_consultative.is_(False))
    return list(session.scalars(statement.order_by(Institution.id)))


def templates() -> list[AnswerTemplate]:
    return list(session.scalars(select(AnswerTemplate).order_by(AnswerTemplate.name, AnswerTemplate.id)))


def template(template_id: int) -> AnswerTemplate:
    """Raises NotFound."""
    return found(session.get(AnswerTemplate, template_id))


def movable(consultation_id: int, most: int = 200) -> list[CommentAnswer]:
    """The answers that are not public, to choose one from, the latest first."""
    statement = select(CommentAnswer).where(
        CommentAnswer.consultation_id == consultation_id, CommentAnswer.published_at.is_(None)
    )
    return list(session.scalars(statement.options(_COMMENT).order_by(CommentAnswer.id.desc()).limit(most)))


def addresses(consultation_id: int, *, supporters: bool) -> int:
    """How many addresses a publication tells: of who wrote comments that count, with who supported them."""
    counts = Comment.consultation_id == consultation_id, COUNTS
    wrote = select(func.lower(Commenter.email)).join(Comment, Comment.id == Commenter.comment_id)
    told = wrote.where(*counts, Commenter.email.is_not(None))
    if not supporters:
        return session.scalar(select(func.count()).select_from(told.distinct().subquery())) or 0
    supported = select(func.lower(CommentSupport.email)).join(
        Comment, Comment.id == CommentSupport.comment_id
    )
    both = told.union(supported.where(*counts, CommentSupport.confirmed_at.is_not(None)))
    return session.scalar(select(func.count()).select_from(both.subquery())) or 0
