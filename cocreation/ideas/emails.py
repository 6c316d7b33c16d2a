"""Mails about ideas."""

from __future__ import annotations

from cocreation.core import outbox
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Author, Idea


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
