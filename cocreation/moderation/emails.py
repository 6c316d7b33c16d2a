"""Mails of moderation. None repeats the words that are hidden."""

from __future__ import annotations

from cocreation.core import outbox
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind
from cocreation.ideas.models.idea import Idea
from cocreation.moderation import comment_emails
from cocreation.moderation.models import Harm, Hiding, Report

HIDDEN = MailKind(
    "moderation/hidden",
    sample=lambda: {
        "reference": "2026-1",
        "receipt": SAMPLE_RECEIPT,
        "reason": Harm.INSULT.label.message,
        "text": {"fr": "…"},
        "until": "2026-05-04",
    },
)
DECIDED = MailKind(
    "moderation/decided",
    sample=lambda: {"reference": "2026-1", "receipt": SAMPLE_RECEIPT, "shown": True, "text": {"fr": "…"}},
)
REPORTED = MailKind("moderation/reported", sample=lambda: {"reference": "2026-1", "hidden": True})

MAILS = (
    HIDDEN,
    DECIDED,
    REPORTED,
    *comment_emails.MAILS,
)


def tell_hidden(idea: Idea, hiding: Hiding) -> None:
    """Tell an author that the words are hidden, why, and where that may be contested."""
    _tell_author(
        idea,
        HIDDEN,
        f"hidden:{hiding.id}",
        reason=hiding.reason.label.message,
        text=hiding.text,
        until=hiding.contest_until.isoformat(),
    )


def tell_decided(idea: Idea, hiding: Hiding) -> None:
    """Tell an author what became of the contest."""
    shown, text = hiding.lifted_at is not None, hiding.decided_text
    _tell_author(idea, DECIDED, f"contest:{hiding.id}", shown=shown, text=text)


def tell_reporter(idea: Idea, report: Report) -> None:
    """Tell somebody who reported an idea what was decided."""
    outbox.post(
        REPORTED,
        to=report.email or "",
        language=report.language,
        key=f"report:{report.id}",
        reference=idea.reference,
        hidden=report.hiding_id is not None,
    )


def _tell_author(idea: Idea, kind: MailKind, key: str, **context: object) -> None:
    author = idea.author
    if author is None or not author.email:
        return
    outbox.post(
        kind,
        to=author.email,
        language=author.language,
        key=key,
        reference=idea.reference,
        receipt=idea.receipt,
        **context,
    )
