"""What the pages of comments read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, undefer

from cocreation.comments.models import LISTED, Comment, Commenter, CommentSupport, Memorandum
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core import paging
from cocreation.core.database import found, session
from cocreation.core.enums import Named
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page
from cocreation.documents.models import Document, Section
from cocreation.languages.i18n import lazy_gettext as _l

SIZE = 20  # threads a page
REPLIES = 20  # of a thread at once


class CommentOrder(Named):
    """In which order the comments on a text stand."""

    NEW = "new", _l("newest")
    SUPPORTED = "supported", _l("most supported")
    SECTION = "section", _l("by section")


_KEYS: dict[CommentOrder, tuple[InstrumentedAttribute[object], bool]] = {
    CommentOrder.NEW: (Comment.confirmed_at, True),
    CommentOrder.SUPPORTED: (Comment.supports, True),
    CommentOrder.SECTION: (Comment.place, False),
}


def consulted_text(reference: str, document: str) -> ConsultedText:
    """A text of a public consultation, with both and its document. Raises NotFound."""
    statement = (
        _texts()
        .join(ConsultedText.document)
        .where(Consultation.reference == reference, Document.reference == document)
    )
    return found(session.scalar(statement))


def text_of(comment: Comment) -> ConsultedText:
    """The text a comment is on, with its consultation and its document."""
    return found(session.scalar(_texts().where(ConsultedText.id == comment.text_id)))


def _texts() -> Select[ConsultedText]:
    return (
        select(ConsultedText)
        .join(ConsultedText.consultation)
        .where(Consultation.announced_at.is_not(None))
        .options(contains_eager(ConsultedText.consultation), joinedload(ConsultedText.document))
    )


def counts(text_id: int) -> dict[int, int]:
    """How many comments each place of a text has, a campaign counted once."""
    rows = select(Comment.place, func.count()).where(Comment.text_id == text_id, LISTED)
    return dict(session.execute(rows.group_by(Comment.place)).all())


def threads(
    text_id: int, order: CommentOrder, *, place: int | None = None, cursor: str | None = None
) -> Page[Comment]:
    """A page of the comments on a text, or on the section at one place of it, with who wrote each."""
    statement = _with_authors().where(Comment.text_id == text_id, LISTED)
    if place is not None:
        statement = statement.where(Comment.place == place)
    key, descending = _KEYS[order]
    return paging.page(statement, key, Comment.id, cursor=cursor, size=SIZE, descending=descending)


def signatures(campaign_id: int, cursor: str | None = None) -> Page[Comment]:
    """Those who signed a campaign, in the order in which they came."""
    statement = _with_authors().where(Comment.campaign_id == campaign_id)
    return paging.page(statement, Comment.id, cursor=cursor, size=SIZE * 2, descending=False)


@dataclass(frozen=True)
class Thread:
    """A comment with some replies to it, and which of all these was asked for."""

    head: Comment
    replies: Page[Comment]
    asked: Comment


def thread(reference: str, number: int, cursor: str | None = None) -> Thread:
    """The thread in which a confirmed comment stands; opened at a reply, its page begins with that one.
    Raises NotFound.
    """
    asked = get_comment(reference, number)
    head = asked
    if asked.parent_id is not None:
        head = found(session.scalar(_with_authors().where(Comment.id == asked.parent_id)))
    if not head.replies:
        return Thread(head, Page([]), asked)
    confirmed = Comment.parent_id == head.id, Comment.confirmed_at.is_not(None)
    if cursor is None and asked.parent_id is not None:
        earlier = select(Comment).where(*confirmed, Comment.id < asked.id).order_by(Comment.id.desc())
        if last := session.scalar(earlier.limit(1)):
            cursor = paging.cursor_after(last, Comment.id)
    statement = _with_authors().where(*confirmed)
    replies = paging.page(statement, Comment.id, cursor=cursor, size=REPLIES, descending=False)
    return Thread(head, replies, asked)


def get_comment(reference: str, number: int) -> Comment:
    """A confirmed comment of a public consultation, by its number. Raises NotFound."""
    statement = (
        _with_authors()
        .join(Comment.consultation)
        .where(
            Consultation.reference == reference,
            Consultation.announced_at.is_not(None),
            Comment.number == number,
            Comment.confirmed_at.is_not(None),
        )
    )
    return found(session.scalar(statement.options(contains_eager(Comment.consultation))))


def by_receipt(receipt: str) -> Comment:
    """The comment this receipt opens, confirmed or not. Raises NotFound."""
    statement = _with_authors().where(Comment.receipt == receipt).options(joinedload(Comment.consultation))
    return found(session.scalar(statement) if receipt else None)


def sent_comment(comment_id: int) -> Comment | None:
    """A comment by its id; None once it is forgotten."""
    statement = _with_authors().where(Comment.id == comment_id).options(joinedload(Comment.consultation))
    return session.scalar(statement)


def to_vouch_for(voucher: str) -> Commenter:
    """Who wrote a comment in the name of the association that holds this secret. Raises NotFound."""
    statement = (
        select(Commenter)
        .where(Commenter.voucher == voucher)
        .options(
            joinedload(Commenter.association),
            joinedload(Commenter.comment).joinedload(Comment.consultation),
            joinedload(Commenter.comment).joinedload(Comment.section),
        )
    )
    return found(session.scalar(statement) if voucher else None)


def memorandum(comment_id: int) -> Memorandum | None:
    """What an association attached to its comment, without the content."""
    return session.get(Memorandum, comment_id)


def memorandum_to_read(reference: str, number: int) -> Memorandum:
    """The same with its content, once its association has confirmed the comment. Raises NotFound."""
    comment = get_comment(reference, number)
    if comment.is_silent or not comment.commenter or not comment.commenter.speaks_for:
        raise NotFound
    statement = select(Memorandum).where(Memorandum.comment_id == comment.id)
    return found(session.scalar(statement.options(undefer(Memorandum.content))))


def support_of(receipt: str) -> CommentSupport | None:
    """What the secret of a mail opens, with its comment."""
    statement = (
        select(CommentSupport)
        .where(CommentSupport.receipt == receipt)
        .options(joinedload(CommentSupport.comment).joinedload(Comment.consultation))
    )
    return session.scalar(statement) if receipt else None


def sections_of(document_id: int) -> dict[str, Section]:
    """The sections of a document by their names."""
    rows = session.scalars(select(Section).where(Section.document_id == document_id))
    return {section.uid: section for section in rows}


def _with_authors() -> Select[Comment]:
    author = joinedload(Comment.commenter)
    return select(Comment).options(
        author.joinedload(Commenter.association),
        author.joinedload(Commenter.region),
        joinedload(Comment.section),
        joinedload(Comment.campaign),
    )


def stale_comments(before: object, most: int) -> Sequence[int]:
    """Comments that nobody confirmed and that were sent before this moment."""
    old = Comment.confirmed_at.is_(None), Comment.sent_at <= before
    return session.scalars(select(Comment.id).where(*old).order_by(Comment.id).limit(most)).all()
