"""Mails of moderation about comments. None repeats the words that are hidden."""

from __future__ import annotations

from cocreation.comments.models import Comment
from cocreation.core import outbox
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind
from cocreation.languages import i18n
from cocreation.moderation.models import CommentHiding, CommentReport, Harm

COMMENT_HIDDEN = MailKind(
    "moderation/comment_hidden",
    sample=lambda: {
        "reference": "2026-PC1-0017",
        "receipt": SAMPLE_RECEIPT,
        "reason": Harm.INSULT.label.message,
        "text": {"fr": "…"},
        "until": "2026-05-04",
    },
)
COMMENT_DECIDED = MailKind(
    "moderation/comment_decided",
    sample=lambda: {
        "reference": "2026-PC1-0017",
        "receipt": SAMPLE_RECEIPT,
        "shown": True,
        "text": {"fr": "…"},
    },
)
COMMENT_REPORTED = MailKind(
    "moderation/comment_reported", sample=lambda: {"reference": "2026-PC1-0017", "hidden": True}
)

MAILS = (COMMENT_HIDDEN, COMMENT_DECIDED, COMMENT_REPORTED)


def tell_hidden(comment: Comment, hiding: CommentHiding) -> None:
    """Tell who commented that the words are hidden, why, and where that may be contested."""
    _tell_commenter(
        comment,
        COMMENT_HIDDEN,
        f"comment hidden:{hiding.id}",
        reason=hiding.reason.label.message,
        text=hiding.text,
        until=hiding.contest_until.isoformat(),
    )


def tell_decided(comment: Comment, hiding: CommentHiding) -> None:
    """Tell who commented what became of the contest."""
    shown, text = hiding.lifted_at is not None, hiding.decided_text
    _tell_commenter(comment, COMMENT_DECIDED, f"comment contest:{hiding.id}", shown=shown, text=text)


def tell_reporter(comment: Comment, report: CommentReport) -> None:
    """Tell somebody who reported a comment what was decided."""
    outbox.post(
        COMMENT_REPORTED,
        to=report.email or "",
        language=report.language,
        key=f"comment report:{report.id}",
        reference=comment.reference,
        hidden=report.hiding_id is not None,
    )


def _tell_commenter(comment: Comment, kind: MailKind, key: str, **context: object) -> None:
    """In the language of what they wrote; nobody else's is known."""
    commenter = comment.commenter
    if commenter is None or not commenter.email:
        return
    language = comment.language if comment.language in i18n.LANGUAGES else i18n.DEFAULT.code
    outbox.post(
        kind,
        to=commenter.email,
        language=language,
        key=key,
        reference=comment.reference,
        receipt=comment.receipt,
        **context,
    )
