"""The mail to the author of an idea whose screening is reopened."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import outbox
from cocreation.core.database import Translated
from cocreation.core.mail_kinds import MailKind
from cocreation.ideas.models.idea import Author, Idea

REOPENED = MailKind(
    "screening/reopened",
    sample=lambda: {"reference": "2026-1", "accepted": False, "why": {"fr": "Une erreur de lecture"}},
)

MAILS = (REOPENED,)


def tell(idea: Idea, author: Author | None, why: Translated, *, accepted: bool, now: datetime) -> None:
    """Tell the author, where there is an address; who follows the idea reads it in the digest."""
    if author is None or not author.email:
        return
    outbox.post(
        REOPENED,
        to=author.email,
        language=author.language,
        key=f"{REOPENED.name} {idea.id} {now.isoformat()}",
        reference=idea.reference,
        accepted=accepted,
        why=why,
    )
