"""Mails about ideas."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import outbox, text
from cocreation.ideas.models import Author, Idea, Question


def ask_to_confirm(idea: Idea, *, until: datetime) -> None:
    """The link by which its author proves the address. Without the words: a stranger is not sent them."""
    _post(idea, "ideas/confirm", until=until.isoformat())


def send_receipt(idea: Idea) -> None:
    """The number of a received idea, and the address where its author follows it."""
    words = {"proposal": text.excerpt(idea.proposal, 300), "said_in": idea.language}
    _post(idea, "ideas/received", reference=idea.reference, **words)


def ask(idea: Idea, question: Question, author: Author | None) -> None:
    """A question of the screening, and the address where it is answered."""
    if author is None or not author.email:
        return
    outbox.post(
        to=author.email,
        language=author.language,
        template="ideas/asked",
        key=f"ideas/asked {question.id}",
        receipt=idea.receipt,
        reference=idea.reference,
        question=question.text,
        answer_by=question.answer_by.isoformat(),
    )


def _post(idea: Idea, template: str, **context: str | None) -> None:
    author = idea.author
    if author is None or not author.email:
        return
    outbox.post(
        to=author.email,
        language=author.language,
        template=template,
        key=f"{template} {idea.id}",
        receipt=idea.receipt,
        **context,
    )
