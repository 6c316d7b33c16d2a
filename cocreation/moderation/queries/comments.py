"""Reads of moderation of comments: what waits, one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from cocreation.comments.models import Comment, Commenter
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.moderation.models import CommentHiding, CommentReport, Harm

AWAITS_DECISION = (CommentHiding.contested_at.is_not(None), CommentHiding.decided_at.is_(None))
# Reports of one case that are shown; the others are counted.
SHOWN = 50


@dataclass(frozen=True)
class ModeratedComment:
    """A comment in moderation: its reports, the latest first, and its hidings, the latest first."""

    comment: Comment
    reports: Sequence[CommentReport]
    hidings: Sequence[CommentHiding]

    @property
    def waiting(self) -> list[CommentReport]:
        return [report for report in self.reports if report.decided_at is None]

    @property
    def standing(self) -> CommentHiding | None:
        """The hiding that hides it now."""
        return next((hiding for hiding in self.hidings if hiding.lifted_at is None), None)


@dataclass(frozen=True)
class ReportedComments:
    """A page of comments by the oldest report of each, and for what each is reported, by its id."""

    page: Page[CommentReport]
    counts: dict[int, int]
    reasons: dict[int, list[Harm]]


def reported(cursor: str | None = None, size: int = 30) -> ReportedComments:
    """The comments whose reports wait."""
    earlier = aliased(CommentReport)
    is_first = ~exists().where(
        earlier.comment_id == CommentReport.comment_id,
        earlier.decided_at.is_(None),
        earlier.id < CommentReport.id,
    )
    statement = (
        select(CommentReport)
        .join(CommentReport.comment)
        .where(CommentReport.decided_at.is_(None), is_first)
        .options(contains_eager(CommentReport.comment))
    )
    keys = CommentReport.made_at, CommentReport.id
    first: Page[CommentReport] = page(statement, *keys, cursor=cursor, size=size, descending=False)
    counts: dict[int, int] = {}
    reasons: dict[int, list[Harm]] = {}
    waiting = select(CommentReport.comment_id, CommentReport.reason, func.count()).where(
        CommentReport.decided_at.is_(None),
        CommentReport.comment_id.in_([report.comment_id for report in first]),
    )
    grouped = waiting.group_by(CommentReport.comment_id, CommentReport.reason)
    for comment_id, reason, count in session.execute(grouped.order_by(func.min(CommentReport.id))):
        counts[comment_id] = counts.get(comment_id, 0) + count
        reasons.setdefault(comment_id, []).append(reason)
    return ReportedComments(first, counts, reasons)


def contested(cursor: str | None = None, size: int = 30) -> Page[CommentHiding]:
    """The contests that wait, the oldest first."""
    statement = (
        select(CommentHiding)
        .join(CommentHiding.comment)
        .where(*AWAITS_DECISION)
        .options(contains_eager(CommentHiding.comment))
    )
    keys = CommentHiding.contested_at, CommentHiding.id
    return page(statement, *keys, cursor=cursor, size=size, descending=False)


def get_confirmed(reference: str) -> Comment:
    """A comment everyone may read of, by 2026-PC1-0017, with who wrote it. Raises NotFound."""
    named = Comment.reference == reference, Comment.confirmed_at.is_not(None)
    author = joinedload(Comment.commenter).joinedload(Commenter.association)
    statement = select(Comment).where(*named).options(author, joinedload(Comment.consultation))
    return found(session.scalar(statement))


def get_case(reference: str) -> ModeratedComment:
    """Raises NotFound."""
    comment = get_confirmed(reference)
    reports = select(CommentReport).where(CommentReport.comment_id == comment.id)
    hidings = select(CommentHiding).where(CommentHiding.comment_id == comment.id)
    return ModeratedComment(
        comment,
        session.scalars(reports.order_by(CommentReport.id.desc()).limit(SHOWN)).all(),
        session.scalars(hidings.order_by(CommentHiding.id.desc())).all(),
    )


def hidden_by_receipt(receipt: str) -> tuple[Comment, CommentHiding | None]:
    """The comment a receipt opens, and the last time it was hidden. Raises NotFound."""
    opened = Comment.receipt == receipt, Comment.confirmed_at.is_not(None)
    comment: Comment = found(
        session.scalar(select(Comment).where(*opened).options(joinedload(Comment.consultation)))
        if receipt
        else None
    )
    last = select(CommentHiding).where(CommentHiding.comment_id == comment.id)
    return comment, session.scalar(last.order_by(CommentHiding.id.desc()).limit(1))
