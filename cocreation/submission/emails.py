"""Mails to who sends an idea: the link that confirms it, and its receipt."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import outbox
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency
from cocreation.ideas.models.idea import Idea
from cocreation.text import cleanup

DRAFT = MailKind(
    "ideas/draft",
    folder="submission/draft",
    sample=lambda: {"receipt": SAMPLE_RECEIPT, "until": "2026-05-04"},
    urgency=Urgency.AWAITED,
)
CONFIRM = MailKind(
    "ideas/confirm",
    folder="submission/confirm",
    sample=lambda: {"receipt": SAMPLE_RECEIPT, "until": "2026-05-04"},
    urgency=Urgency.AWAITED,
)
RECEIVED = MailKind(
    "ideas/received",
    folder="submission/received",
    sample=lambda: {"reference": "2026-1", "receipt": SAMPLE_RECEIPT, "proposal": "Un banc", "said_in": "fr"},
    urgency=Urgency.AWAITED,
)
VOUCH = MailKind(
    "ideas/vouch",
    folder="submission/vouch",
    sample=lambda: {"reference": "2026-1", "voucher": SAMPLE_RECEIPT, "association": "ADJ"},
)

MAILS = (
    DRAFT,
    CONFIRM,
    RECEIVED,
    VOUCH,
)


# How often the address of one idea is asked to confirm, corrections included.
MOST_TO_CONFIRM = 5


def ask_to_confirm(idea: Idea, *, until: datetime, key: str = "") -> None:
    """The link by which its author proves the address. Without the words: a stranger is not sent them."""
    _post(idea, CONFIRM, key or _key(idea, CONFIRM), until=until.isoformat())


def another_to_confirm(idea: Idea) -> str | None:
    """The key of one more mail with that link; None when there were enough."""
    return outbox.another(_key(idea, CONFIRM), MOST_TO_CONFIRM)


def send_receipt(idea: Idea) -> None:
    """The number of a received idea, and the address where its author follows it."""
    words = {"proposal": cleanup.excerpt(idea.proposal, 300), "said_in": idea.language}
    _post(idea, RECEIVED, _key(idea, RECEIVED), reference=idea.reference, **words)


def _key(idea: Idea, kind: MailKind) -> str:
    return f"{kind.name} {idea.id}"


def _post(idea: Idea, kind: MailKind, key: str, **context: object) -> None:
    """A mail that its author waits for, once for each idea."""
    author = idea.author
    if author is None or not author.email:
        return
    outbox.post(
        kind,
        to=author.email,
        language=author.language,
        key=key,
        receipt=idea.receipt,
        **context,
    )
