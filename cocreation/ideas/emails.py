"""Mails about ideas."""

from __future__ import annotations

from cocreation.core import outbox
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Author, Idea

ASKED = MailKind(
    "ideas/asked",
    sample=lambda: {
        "reference": "2026-1",
        "receipt": SAMPLE_RECEIPT,
        "question": {"fr": "Où ?"},
        "answer_by": "2026-05-04",
    },
)

MAILS = (ASKED,)


def ask(idea: Idea, question: Question, author: Author | None) -> None:
    """A question of the screening, and the address where it is answered."""
    if author is None or not author.email:
        return
    outbox.post(
        ASKED,
        to=author.email,
        language=author.language,
        key=f"{ASKED.name} {question.id}",
        receipt=idea.receipt,
        reference=idea.reference,
        question=question.text,
        answer_by=question.answer_by.isoformat(),
    )
