"""The mail that answers an appeal."""

from __future__ import annotations

from cocreation.batches.emails import row, sample_row
from cocreation.core import outbox
from cocreation.core.mail_kinds import MailKind
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea

HEARD = MailKind(
    "dispositions/heard",
    folder="appeals/heard",
    sample=lambda: {
        "idea": sample_row(),
        "outcome": Hearing.UPHELD.label.message,
        "answer": {"fr": "…"},
    },
)

MAILS = (HEARD,)


def tell_heard(idea: Idea, appeal: Appeal) -> None:
    """Tell its author what became of the appeal."""
    author = idea.author
    if author is None or not author.email:
        return
    assert appeal.outcome
    outbox.post(
        HEARD,
        to=author.email,
        language=author.language,
        key=f"heard:{idea.id}",
        idea=row(idea),
        outcome=appeal.outcome.label.message,
        answer=appeal.reason_text,
    )
