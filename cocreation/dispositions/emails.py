"""Mails about fates: one combined message to each person, however many ideas concern them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core import outbox, secrets
from cocreation.core.database import session
from cocreation.core.text import excerpt
from cocreation.dispositions.models import Batch, FateDraft
from cocreation.ideas.models import Author, Idea
from cocreation.meetings.models import Registration, RegistrationState, Workshop
from cocreation.workshops.models import OutputLine

SHOWN = 160  # characters of the idea's words: enough to know it again


@dataclass
class _Reader:
    language: str
    sent: list[Idea] = field(default_factory=list)
    said: list[Idea] = field(default_factory=list)


def tell_authors(batch: Batch) -> None:
    """Tell everyone who sent an idea of the batch, or took part in the workshop where it was said."""
    readers: dict[str, _Reader] = {}
    ideas = _ideas(batch)
    for author, idea in _authors(batch):
        readers.setdefault(author.email.lower(), _Reader(author.language)).sent.append(idea)
    of_workshop: dict[int, list[Idea]] = {}
    for idea in ideas:
        if idea.source_line:
            of_workshop.setdefault(idea.source_line.workshop_id, []).append(idea)
    for participant in _participants(set(of_workshop)):
        reader = readers.setdefault(participant.email.lower(), _Reader(participant.language))
        known = {idea.id for idea in (*reader.sent, *reader.said)}
        reader.said += [idea for idea in of_workshop[participant.workshop_id] if idea.id not in known]
    for address, reader in readers.items():
        outbox.post(
            to=address,
            language=reader.language,
            template="dispositions/fates",
            key=f"fates:{batch.id}:{secrets.digest(address)}",
            sent=[_row(idea) for idea in reader.sent],
            said=[_row(idea) for idea in reader.said],
        )


def _row(idea: Idea) -> dict[str, Any]:
    """What the mail says of an idea; the platform's words in English, to be translated when it leaves."""
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


def _ideas(batch: Batch) -> list[Idea]:
    meeting = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    drafted = select(Idea).join(FateDraft, FateDraft.idea_id == Idea.id).where(FateDraft.batch_id == batch.id)
    return list(session.scalars(drafted.options(meeting).order_by(Idea.id)))


def _authors(batch: Batch) -> Any:
    statement = (
        select(Author, Idea)
        .join(Author.idea)
        .join(FateDraft, FateDraft.idea_id == Idea.id)
        .where(FateDraft.batch_id == batch.id, Author.email.is_not(None))
        .order_by(Idea.id)
    )
    return session.execute(statement)


def _participants(workshop_ids: set[int]) -> Any:
    confirmed = Registration.state == RegistrationState.CONFIRMED
    statement = select(Registration).where(
        Registration.workshop_id.in_(workshop_ids), confirmed, Registration.email.is_not(None)
    )
    return session.scalars(statement.order_by(Registration.id))
