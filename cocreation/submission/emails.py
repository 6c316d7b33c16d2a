"""Mails to who sends an idea: the link that confirms it, and its receipt."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import outbox
from cocreation.core.outbox import Urgency
from cocreation.core.text import cleanup
from cocreation.ideas.models.idea import Idea


def ask_to_confirm(idea: Idea, *, until: datetime) -> None:
    """The link by which its author proves the address. Without the words: a stranger is not sent them."""
    _post(idea, "ideas/confirm", until=until.isoformat())


def send_receipt(idea: Idea) -> None:
    """The number of a received idea, and the address where its author follows it."""
    words = {"proposal": cleanup.excerpt(idea.proposal, 300), "said_in": idea.language}
    _post(idea, "ideas/received", reference=idea.reference, **words)


def _post(idea: Idea, template: str, **context: object) -> None:
    """A mail that its author waits for, once for each idea."""
    author = idea.author
    if author is None or not author.email:
        return
    outbox.post(
        to=author.email,
        language=author.language,
        template=template,
        key=f"{template} {idea.id}",
        urgency=Urgency.AWAITED,
        receipt=idea.receipt,
        **context,
    )
