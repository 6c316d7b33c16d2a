"""Mails about fates: one combined message to each person, however many ideas concern them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Result, select
from sqlalchemy.orm import defer, joinedload

from cocreation.batches.models import Batch, FateDraft
from cocreation.core import outbox, secrets
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.ideas.models.idea import Author, Idea, Step
from cocreation.meetings.models.meeting import Workshop
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.reasons.models import Fate, Reason
from cocreation.text.cleanup import excerpt
from cocreation.workshops.models import OutputLine

SHOWN = 160  # characters of the idea's words: enough to know it again
CHUNK = 1000


def sample_row() -> dict[str, object]:
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
    folder="batches/published",
    sample=lambda: {"sent": [sample_row()], "said": []},
    urgency=Urgency.MAILING,
)
REVISED = MailKind(
    "dispositions/revised",
    folder="batches/revised",
    sample=lambda: {"idea": sample_row(), "why": {"fr": "…"}},
    urgency=Urgency.MAILING,
)
MAILS = (
    FATES,
    REVISED,
)


@dataclass
class FateRecipient:
    """Somebody to tell, with the ids of the ideas they sent and of those said in their workshop."""

    address: str
    language: str
    sent: list[int] = field(default_factory=list)
    said: list[int] = field(default_factory=list)


def recipients(batch_id: int, *, imported: bool) -> list[FateRecipient]:
    """Everyone who sent an idea of the batch, or took part in the workshop where it was said, each once; with
    those whom somebody wrote in from a list when `imported`.
    """
    found: dict[str, FateRecipient] = {}

    def recipient_at(email: str, language: str) -> FateRecipient:
        return found.setdefault(email.lower(), FateRecipient(email.lower(), language))

    for email, language, idea_id in _authors(batch_id):
        recipient_at(email, language).sent.append(idea_id)
    of_workshop: dict[int, list[int]] = {}
    for idea_id, workshop_id in _said(batch_id):
        of_workshop.setdefault(workshop_id, []).append(idea_id)
    for email, language, workshop_id in participants(of_workshop, imported=imported):
        recipient = recipient_at(email, language)
        named = {*recipient.sent, *recipient.said}
        recipient.said += [idea_id for idea_id in of_workshop[workshop_id] if idea_id not in named]
    return [found[address] for address in sorted(found)]


def recipient_counts(batch_id: int) -> tuple[int, int]:
    """How many people a publication tells, and how many more of those who were written in from a list."""
    people = len(recipients(batch_id, imported=False))
    return people, len(recipients(batch_id, imported=True)) - people


def participants(workshop_ids: Iterable[int], *, imported: bool) -> Iterator[tuple[str, str, int]]:
    """(address, language, workshop) of everyone who took part in these workshops, those `imported` too."""
    confirmed = Registration.state == RegistrationState.CONFIRMED
    statement = select(Registration.email, Registration.language, Registration.workshop_id).where(
        Registration.workshop_id.in_(list(workshop_ids)), confirmed, Registration.email.is_not(None)
    )
    if not imported:
        statement = statement.where(Registration.entry != EntryChannel.IMPORT)
    for address, language, workshop_id in session.execute(statement.order_by(Registration.id)):
        assert address
        assert workshop_id
        yield address, language, workshop_id


def _said(batch_id: int) -> Result[int, int]:
    """(idea, workshop) of the ideas of a batch that were said in one."""
    statement = (
        select(Idea.id, OutputLine.workshop_id)
        .join(FateDraft, FateDraft.idea_id == Idea.id)
        .join(OutputLine, OutputLine.id == Idea.source_line_id)
        .where(FateDraft.batch_id == batch_id)
        .order_by(Idea.id)
    )
    return session.execute(statement)


def _authors(batch_id: int) -> Iterator[tuple[str, str, int]]:
    """(address, language, idea) of the authors of a batch who have an address."""
    statement = (
        select(Author.email, Author.language, Author.idea_id)
        .join(FateDraft, FateDraft.idea_id == Author.idea_id)
        .where(FateDraft.batch_id == batch_id, Author.email.is_not(None))
        .order_by(Author.idea_id)
    )
    for address, language, idea_id in session.execute(statement):
        assert address
        yield address, language, idea_id


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
