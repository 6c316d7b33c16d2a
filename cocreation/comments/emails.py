"""Mails to who comments, replies or supports; and to the association somebody speaks for."""

from __future__ import annotations

from datetime import datetime

from cocreation.comments.models import Comment, CommentSupport
from cocreation.core import clock, outbox
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency
from cocreation.directory.models import Association

CONFIRM = MailKind(
    "comments/confirm",
    sample=lambda: {
        "receipt": SAMPLE_RECEIPT,
        "reference": "2026-PC1-0017",
        "sent_at": "2026-05-04T09:00:07+00:00",
        "until": "2026-05-11",
    },
    urgency=Urgency.AWAITED,
)
RECEIVED = MailKind(
    "comments/received",
    sample=lambda: {
        "receipt": SAMPLE_RECEIPT,
        "reference": "2026-PC1-0017",
        "sent_at": "2026-05-04T09:00:07+00:00",
        "consultation": "2026-PC1",
        "number": 17,
    },
    urgency=Urgency.AWAITED,
)
VOUCH = MailKind(
    "comments/vouch",
    sample=lambda: {"reference": "2026-PC1-0017", "voucher": SAMPLE_RECEIPT, "association": "ADJ"},
)
SUPPORT = MailKind(
    "comments/support",
    sample=lambda: {
        "receipt": SAMPLE_RECEIPT,
        "reference": "2026-PC1-0017",
        "consultation": "2026-PC1",
        "number": 17,
    },
    urgency=Urgency.AWAITED,
)

MAILS = (CONFIRM, RECEIVED, VOUCH, SUPPORT)

# How often the address of one comment is asked to confirm, corrections included.
MOST_TO_CONFIRM = 5


def ask_to_confirm(comment: Comment, *, language: str, until: datetime, key: str = "") -> None:
    """The link by which who commented proves the address. Without the words: a stranger is not sent them."""
    outbox.post(
        CONFIRM,
        to=comment.commenter.email or "",
        language=language,
        key=key or _key(comment),
        receipt=comment.receipt,
        reference=comment.reference,
        sent_at=comment.sent_at.isoformat(),
        until=clock.day_of(until).isoformat(),
    )


def another_to_confirm(comment: Comment) -> str | None:
    """The key of one more mail with that link; None when there were enough."""
    return outbox.another(_key(comment), MOST_TO_CONFIRM)


def send_receipt(comment: Comment, *, language: str, consultation: str) -> None:
    """The number of a comment, the moment it came, and the address where its author follows it."""
    if not comment.commenter.email:
        return
    outbox.post(
        RECEIVED,
        to=comment.commenter.email,
        language=language,
        key=f"{RECEIVED.name} {comment.id}",
        receipt=comment.receipt,
        reference=comment.reference,
        sent_at=comment.sent_at.isoformat(),
        consultation=consultation,
        number=comment.number,
    )


def ask_association(comment: Comment, association: Association) -> None:
    """Whether a comment sent on its behalf is its own."""
    if not association.email:
        return
    outbox.post(
        VOUCH,
        to=association.email,
        language=association.language,
        key=f"{VOUCH.name} {comment.id}",
        voucher=comment.commenter.voucher,
        reference=comment.reference,
        association=association.name,
    )


def ask_supporter(
    support: CommentSupport, comment: Comment, *, consultation: str, now: datetime, most: int = 1
) -> None:
    """The link by which an address says that it supports a comment; `most` times a day."""
    key = outbox.another(f"{SUPPORT.name} {support.id} {clock.day_of(now)}", most)
    if key is None:
        return
    outbox.post(
        SUPPORT,
        to=support.email,
        language=support.language,
        key=key,
        receipt=support.receipt,
        reference=comment.reference,
        consultation=consultation,
        number=comment.number,
    )


def _key(comment: Comment) -> str:
    return f"{CONFIRM.name} {comment.id}"
