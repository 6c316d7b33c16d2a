"""Mails about fates: one combined message to each person, however many ideas concern them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from cocreation.core import outbox, secrets
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.fates.models import Batch, FateDraft
from cocreation.fates.queries.batches import FateRecipient, participants
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea, Step
from cocreation.meetings.models.meeting import Workshop
from cocreation.reasons.models import Fate, Reason
from cocreation.text.cleanup import excerpt
from cocreation.workshops.models import OutputLine

SHOWN = 160  # characters of the idea's words: enough to know it again
CHUNK = 1000


def _sample_row() -> dict[str, object]:
    return {
        "reference": "2026-1",
        "words": None,
        "source": None,
        "fate": Fate.INCLUDED.label.message,
        "reason": Reason.FITS_THE_PLAN.label.message,
        "reason_text": {"fr": "…"},
    }


FATES = MailKind(
    "dispositions/fates",
    folder="fates/published",
    sample=lambda: {"sent": [_sample_row()], "said": []},
    urgency=Urgency.MAILING,
)
REVISED = MailKind(
    "dispositions/revised",
    folder="fates/revised",
    sample=lambda: {"idea": _sample_row(), "why": {"fr": "…"}},
    urgency=Urgency.MAILING,
)
HEARD = MailKind(
    "dispositions/heard",
    folder="fates/heard",
    sample=lambda: {
        "idea": _sample_row(),
        "outcome": Hearing.UPHELD.label.message,
        "answer": {"fr": "…"},
    },
)

MAILS = (
    FATES,
    REVISED,
    HEARD,
)


def tell(batch: Batch, recipients: Sequence[FateRecipient]) -> int:
    """Queue the mail of each of `recipients`, unless it is queued already; how many were."""
    rows = _rows({idea_id for recipient in recipients for idea_id in (*recipient.sent, *recipient.said)})
    return outbox.post_all(
        FATES,
        [
            {
                "to": recipient.address,
                "language": recipient.language,
                "key": f"fates:{batch.id}:{secrets.digest(recipient.address)}",
                "context": {
                    "sent": [rows[idea_id] for idea_id in recipient.sent],
                    "said": [rows[idea_id] for idea_id in recipient.said],
                },
            }
            for recipient in recipients
        ],
    )


def tell_reworded(idea: Idea, step: Step, *, also_author: bool = True) -> None:
    """Tell its author, unless told otherwise, and who took part in its workshop that the reasons changed."""
    author = idea.author
    author_at = {author.email.lower(): author.language} if author and author.email else {}
    concerned = dict(author_at)
    if idea.source_line:
        of_batch = select(Batch.tells_imported).join(FateDraft, FateDraft.batch_id == Batch.id)
        imported = bool(session.scalar(of_batch.where(FateDraft.idea_id == idea.id)))
        workshop = [idea.source_line.workshop_id]
        for email, language, _workshop in participants(workshop, imported=imported):
            concerned.setdefault(email.lower(), language)
    outbox.post_all(
        REVISED,
        [
            {
                "to": address,
                "language": language,
                "key": f"revised:{step.id}:{secrets.digest(address)}",
                "context": {"idea": row(idea), "why": step.why},
            }
            for address, language in concerned.items()
            if also_author or address not in author_at
        ],
    )


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


def row(idea: Idea) -> dict[str, object]:
    """What a mail says of an idea; the platform's words in English, to be translated when it leaves. The
    words of a silent idea are told to nobody.
    """
    assert idea.fate
    assert idea.reason
    return {
        "reference": idea.reference,
        "words": None if idea.is_silent else excerpt(idea.proposal, SHOWN),
        "source": idea.source_line.reference if idea.source_line else None,
        "fate": idea.fate.label.message,
        "reason": idea.reason.label.message,
        "reason_text": idea.reason_text,
    }


def _rows(idea_ids: set[int]) -> dict[int, dict[str, object]]:
    meeting = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    unread = defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result)
    rows: dict[int, dict[str, object]] = {}
    ids = sorted(idea_ids)
    for start in range(0, len(ids), CHUNK):
        some = select(Idea).where(Idea.id.in_(ids[start : start + CHUNK])).options(meeting, *unread)
        rows |= {idea.id: row(idea) for idea in session.scalars(some)}
    return rows
