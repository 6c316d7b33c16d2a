"""The desk of a consultation: comments to answer, narrowed and ordered; one of them; those like it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from cocreation.comment_answers.models import AnsweredComment, CommentAnswer
from cocreation.comment_answers.policy import COUNTS
from cocreation.comment_answers.queries.consultations import IS_ANSWERED
from cocreation.comments.models import AnswerOutcome, Comment, Commenter, CommenterKind, Stance
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import found, session
from cocreation.core.enums import Named
from cocreation.core.paging import Page, cursor_after, page
from cocreation.directory.models import Region
from cocreation.documents.models import Section
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text.spelling import fold
from cocreation.text.stems import search_query, search_tokens

Selected = TypeVar("Selected")
LIKE = 60  # of a hundred: how much of their words two comments share to be shown beside each other
COMPARED, SHOWN = 500, 8


class AnsweredOrNot(Named):
    NO = "no", _l("to answer")
    YES = "yes", _l("answered")


class CommentDeskOrder(Named):
    """In which order they stand."""

    CAME = "came", _l("As they came")
    SUPPORTED = "supported", _l("Most supported first")
    TEXT = "text", _l("As the texts go")


@dataclass(frozen=True)
class CommentFilter:
    """What narrows the comments of a consultation, and their order; None and "" narrow nothing."""

    q: str = ""
    text: int | None = None
    section: int | None = None
    stance: Stance | None = None
    region: str | None = None
    kind: CommenterKind | None = None
    campaign: int | None = None
    answered: AnsweredOrNot | None = None
    outcome: AnswerOutcome | None = None
    order: CommentDeskOrder = CommentDeskOrder.CAME

    @property
    def chosen(self) -> list[str]:
        """The names of what narrows."""
        return [field.name for field in fields(self) if field.name != "order" and getattr(self, field.name)]


# What a row shows.
ROW = (
    joinedload(Comment.text).joinedload(ConsultedText.document),
    joinedload(Comment.section),
    joinedload(Comment.commenter).joinedload(Commenter.association),
    joinedload(Comment.commenter).joinedload(Commenter.region),
)
KEYS: dict[CommentDeskOrder, tuple[tuple[InstrumentedAttribute[int], ...], bool]] = {
    CommentDeskOrder.CAME: ((Comment.id,), False),
    CommentDeskOrder.SUPPORTED: ((Comment.supports, Comment.id), True),
    CommentDeskOrder.TEXT: ((Comment.text_id, Comment.place, Comment.id), False),
}


def comments(
    consultation_id: int, narrowed: CommentFilter, cursor: str | None = None, size: int = 40
) -> Page[Comment]:
    keys, descending = KEYS[narrowed.order]
    statement = _narrowed(select(Comment), consultation_id, narrowed).options(*ROW)
    return page(statement, *keys, cursor=cursor, size=size, descending=descending)


def count(consultation_id: int, narrowed: CommentFilter) -> int:
    return session.scalar(_narrowed(select(func.count(Comment.id)), consultation_id, narrowed)) or 0


def ids_to_answer(consultation_id: int, narrowed: CommentFilter) -> list[int]:
    """All that a filter leaves of those without an answer."""
    statement = _narrowed(select(Comment.id), consultation_id, narrowed).where(~IS_ANSWERED)
    return list(session.scalars(statement.order_by(Comment.id)))


def references(comment_ids: Collection[int], consultation_id: int) -> list[str]:
    """The references of those of these comments that are of the consultation and count."""
    statement = select(Comment.reference).where(Comment.id.in_(comment_ids), COUNTS)
    return list(
        session.scalars(statement.where(Comment.consultation_id == consultation_id).order_by(Comment.id))
    )


def answers_of(rows: Collection[Comment]) -> dict[int, CommentAnswer]:
    """The answers of these comments, by the comments' ids."""
    statement = (
        select(AnsweredComment.comment_id, CommentAnswer)
        .join(CommentAnswer, CommentAnswer.id == AnsweredComment.answer_id)
        .where(AnsweredComment.comment_id.in_([comment.id for comment in rows]))
    )
    return dict(session.execute(statement).all())


def campaign_sizes(consultation_id: int) -> dict[int, int]:
    """How many comments each campaign has, the largest first."""
    size = func.count(Comment.id)
    statement = (
        select(Comment.campaign_id, size)
        .where(Comment.consultation_id == consultation_id, COUNTS, Comment.campaign_id.is_not(None))
        .group_by(Comment.campaign_id)
        .order_by(size.desc(), Comment.campaign_id)
    )
    return {campaign_id: number for campaign_id, number in session.execute(statement) if campaign_id}


def sections(consultation: Consultation) -> list[Section]:
    """The sections of its texts that somebody commented on, in their order."""
    commented = select(Comment.section_id).where(Comment.consultation_id == consultation.id, COUNTS)
    statement = select(Section).where(Section.id.in_(commented))
    return list(session.scalars(statement.order_by(Section.document_id, Section.position, Section.id)))


def regions() -> list[Region]:
    return list(session.scalars(select(Region).order_by(Region.code)))


def comment(consultation_id: int, number: int) -> Comment:
    """A comment that has to be answered, by its number. Raises NotFound."""
    statement = select(Comment).where(
        Comment.consultation_id == consultation_id, Comment.number == number, COUNTS
    )
    return found(session.scalar(statement.options(*ROW)))


def replies(comment_id: int) -> list[Comment]:
    """What is replied to a comment."""
    statement = select(Comment).where(Comment.parent_id == comment_id, Comment.confirmed_at.is_not(None))
    return list(session.scalars(statement.options(*ROW).order_by(Comment.id)))


def next_to_answer(consultation_id: int, after: Comment, narrowed: CommentFilter) -> Comment | None:
    """The comment without an answer that stands next after one in the list, else the first one of all."""
    keys, descending = KEYS[narrowed.order]
    waits = _narrowed(select(Comment), consultation_id, narrowed).where(~IS_ANSWERED, Comment.id != after.id)
    for cursor in (cursor_after(after, *keys), None):
        if later := page(waits, *keys, cursor=cursor, size=1, descending=descending).items:
            return later[0]
    return None


def like(comment: Comment) -> list[tuple[Comment, int]]:
    """Comments without an answer on the same section that say much the same, with how much (of a hundred);
    those of its campaign are wholly alike.
    """
    others = (
        select(Comment)
        .where(
            Comment.consultation_id == comment.consultation_id,
            Comment.id != comment.id,
            COUNTS,
            ~IS_ANSWERED,
            Comment.hidden_at.is_(None),
        )
        .options(*ROW)
    )
    campaign: Sequence[Comment] = ()
    if comment.campaign_id:
        of_campaign = others.where(Comment.campaign_id == comment.campaign_id)
        campaign = session.scalars(of_campaign.order_by(Comment.id).limit(SHOWN)).all()
    beside = others.where(Comment.text_id == comment.text_id, Comment.section_id == comment.section_id)
    if comment.section_id is None:
        beside = others.where(Comment.text_id == comment.text_id, Comment.section_id.is_(None))
    rows = session.scalars(beside.order_by(Comment.id.desc()).limit(COMPARED)).all()
    named = {row.id for row in campaign}
    said = {row: _stems(row) for row in rows if row.id not in named}
    near = process.extract(
        _stems(comment), said, scorer=fuzz.token_set_ratio, score_cutoff=LIKE, limit=SHOWN - len(campaign)
    )
    return [*((row, 100) for row in campaign), *((row, round(score)) for _words, score, row in near)]


def _stems(comment: Comment) -> str:
    return search_tokens(comment.words, comment.wording)


def _narrowed(statement: Select[Selected], consultation_id: int, narrowed: CommentFilter) -> Select[Selected]:
    statement = statement.where(Comment.consultation_id == consultation_id, COUNTS)
    if narrowed.region or narrowed.kind:
        statement = statement.join(Commenter, Commenter.comment_id == Comment.id)
    return statement.where(*_conditions(consultation_id, narrowed))


def _conditions(consultation_id: int, narrowed: CommentFilter) -> list[ColumnElement[bool]]:
    outcomes = select(AnsweredComment.comment_id).join(
        CommentAnswer, CommentAnswer.id == AnsweredComment.answer_id
    )
    is_answered = IS_ANSWERED if narrowed.answered is AnsweredOrNot.YES else ~IS_ANSWERED
    conditions = {
        "q": Comment.id.in_(_saying(consultation_id, narrowed.q) if narrowed.q else ()),
        "text": Comment.text_id == narrowed.text,
        "section": Comment.section_id == narrowed.section,
        "stance": Comment.stance == narrowed.stance,
        "region": Commenter.region_code == narrowed.region,
        "kind": Commenter.kind == narrowed.kind,
        "campaign": Comment.campaign_id == narrowed.campaign,
        "answered": is_answered,
        "outcome": Comment.id.in_(outcomes.where(CommentAnswer.outcome == narrowed.outcome)),
    }
    return [conditions[name] for name in narrowed.chosen]


def _saying(consultation_id: int, typed: str) -> list[int]:
    """The comment of that reference, or those in whose words all that was typed stands, in any spelling."""
    asked = search_query(typed)
    statement = select(Comment.id, Comment.reference, Comment.words, Comment.wording)
    rows = session.execute(statement.where(Comment.consultation_id == consultation_id, COUNTS)).all()
    named = [row.id for row in rows if row.reference == typed.strip()]
    if named or not asked:
        return named
    said = ((row.id, fold(f"{row.words} {row.wording or ''}")) for row in rows)
    return [comment_id for comment_id, words in said if all(stem in words for stem in asked)]
