"""Comments reported, hidden in public, contested with their receipt, decided by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.comments.models import Comment
from cocreation.comments.services import campaigns
from cocreation.core import audit, clock, outbox
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import NotFound
from cocreation.languages import i18n
from cocreation.ledger.journal import Action
from cocreation.moderation import comment_emails as emails
from cocreation.moderation.models import CommentHiding, CommentReport, Harm
from cocreation.moderation.services import hidings
from cocreation.moderation.services.hidings import (
    CONTEST_WITHIN,
    AlreadySilent,
    Complaint,
    NothingContested,
    NothingReported,
    WordsMissing,
)


def report(comment_id: int, complaint: Complaint, *, once: str, now: datetime) -> None:
    """Somebody says that a comment's words are harmful. The same `once` counts once; of words that nobody
    sees any more nothing is noted. Raises NotFound.
    """
    comment = _public(comment_id)
    if comment.is_silent or session.scalar(select(CommentReport.id).where(CommentReport.once == once)):
        return
    session.add(
        CommentReport(
            comment_id=comment.id,
            once=once,
            reason=complaint.reason,
            words=complaint.words or None,
            email=complaint.email or None,
            language=i18n.current().code,
            made_at=now,
        )
    )


def dismiss(comment_id: int, note: str, *, by: int, now: datetime) -> int:
    """Decide that a comment stays as it is, whatever was reported of it; how many reports that answers.

    Raises NotFound, WordsMissing, NothingReported.
    """
    comment = _public(comment_id)
    if not note:
        raise WordsMissing
    reports = _waiting(comment)
    if not reports:
        raise NothingReported
    for report in reports:
        report.note = note
    _settle(comment, reports, by, now)
    audit.record("reports dismissed", comment.reference, by=by, now=now, reports=len(reports))
    return len(reports)


def hide(comment_id: int, reason: Harm, text: Translated, *, by: int, now: datetime) -> CommentHiding:
    """Show a comment's words to nobody, and tell who wrote it why and until when that may be contested. It
    still waits for its answer, and counts in its campaign.

    Raises NotFound, WordsMissing, AlreadySilent.
    """
    comment = _public(comment_id)
    if not text:
        raise WordsMissing
    if comment.is_silent:
        raise AlreadySilent
    hiding = CommentHiding(
        comment_id=comment.id,
        reason=reason,
        text=text,
        hidden_by=by,
        hidden_at=now,
        contest_until=clock.day_of(now + CONTEST_WITHIN),
    )
    session.add(hiding)
    comment.hidden_at = now
    session.flush()
    reports = _waiting(comment)
    for report in reports:
        report.hiding_id = hiding.id
    _settle(comment, reports, by, now)
    _count_campaign(comment)
    emails.tell_hidden(comment, hiding)
    for words in filter(None, (comment.words, comment.wording)):
        outbox.unsay(words, about=comment.reference, but=_address(comment))
    audit.record("comment hidden", comment.reference, by=by, now=now, reason=str(reason))
    _write(Action.HIDDEN, comment, reason, text, now)
    return hiding


def contest(receipt: str, words: str, *, now: datetime) -> CommentHiding:
    """Who wrote a comment says that its words should be shown: once, in time. Raises NotFound, and what
    `hidings.contest` raises.
    """
    key = session.scalar(select(Comment.id).where(Comment.receipt == receipt)) if receipt else None
    return hidings.contest(_standing(_public(key or 0)), words, now=now)


def decide(comment_id: int, *, lifts: bool, text: Translated, by: int, now: datetime) -> CommentHiding:
    """Somebody else than who hid a comment decides its author's contest: shown again, or hidden for good.

    Raises NotFound, WordsMissing, NothingContested, OwnHiding.
    """
    comment = _public(comment_id)
    hiding = _standing(comment)
    if hiding is None:
        raise NothingContested
    hidings.decide(hiding, text, lifts=lifts, by=by, now=now)
    if lifts:
        comment.hidden_at = None
        session.flush()
        _count_campaign(comment)
    emails.tell_decided(comment, hiding)
    what = "comment shown again" if lifts else "hiding upheld"
    audit.record(what, comment.reference, by=by, now=now)
    _write(Action.SHOWN if lifts else Action.UPHELD, comment, hiding.reason, text, now)
    return hiding


def _public(comment_id: int) -> Comment:
    """The comment, locked: whatever happens to its words happens one after the other. Raises NotFound."""
    comment = lock(Comment, comment_id, joinedload(Comment.commenter), joinedload(Comment.consultation))
    if comment.confirmed_at is None:
        raise NotFound
    return comment


def _waiting(comment: Comment) -> Sequence[CommentReport]:
    of_it = CommentReport.comment_id == comment.id, CommentReport.decided_at.is_(None)
    return session.scalars(select(CommentReport).where(*of_it).order_by(CommentReport.id)).all()


def _standing(comment: Comment) -> CommentHiding | None:
    """The hiding that hides it now. Only one can: the comment is locked, and a silent one is not hidden."""
    standing = CommentHiding.comment_id == comment.id, CommentHiding.lifted_at.is_(None)
    last = select(CommentHiding).where(*standing).order_by(CommentHiding.id.desc()).limit(1)
    found: CommentHiding | None = session.scalar(last.execution_options(populate_existing=True))
    return found


def _settle(comment: Comment, reports: Sequence[CommentReport], by: int, now: datetime) -> None:
    for report in reports:
        report.decided_by, report.decided_at = by, now
        if report.email:
            emails.tell_reporter(comment, report)
            report.email = None  # it was only for this


def _count_campaign(comment: Comment) -> None:
    if comment.campaign_id is not None:
        campaigns.count(comment.campaign_id)


def _address(comment: Comment) -> str | None:
    return comment.commenter.email if comment.commenter else None


def _write(action: Action, comment: Comment, reason: Harm, text: Translated, now: datetime) -> None:
    of_it = {"consultation": comment.consultation.reference, "number": comment.number}
    hidings.write(action, comment.reference, reason, text, now, **of_it)
