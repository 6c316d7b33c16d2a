"""A consultation before it is announced: its words, its window, its texts in frozen versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.consultations.services.announcement import AlreadyAnnounced, AnswersBeforeClosing
from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document
from cocreation.languages.i18n import lazy_gettext as _l


class ConsultationWindowReversed(Invalid):
    sentence = _l("A consultation closes after it opens.")


class TextOfAnotherCycle(Invalid):
    sentence = _l("This text is of another cycle.")


@dataclass(frozen=True)
class ConsultationDetails:
    """What the secretariat says of a consultation; moments are aware."""

    title: Translated
    note: Translated
    questions: Translated
    follow_up: Translated
    opens_at: datetime
    closes_at: datetime
    answers_by: date
    shortened_why: Translated | None = None

    def check(self) -> None:
        """Raises ConsultationWindowReversed, AnswersBeforeClosing."""
        if self.opens_at >= self.closes_at:
            raise ConsultationWindowReversed
        if self.answers_by < day_of(self.closes_at):
            raise AnswersBeforeClosing

    def write_to(self, consultation: Consultation) -> None:
        for field in fields(self):
            setattr(consultation, field.name, getattr(self, field.name) or None)


def prepare(cycle_id: int, details: ConsultationDetails, *, by: int, now: datetime) -> Consultation:
    """A new consultation, which nobody reads yet but the secretariat. Raises what `check` raises."""
    cycle = lock(Cycle, cycle_id)
    details.check()
    numbers = select(func.max(Consultation.number)).where(Consultation.cycle_id == cycle.id)
    number = (session.scalar(numbers) or 0) + 1
    consultation = Consultation(
        cycle_id=cycle.id, number=number, reference=f"{cycle.code}-PC{number}", created_at=now
    )
    details.write_to(consultation)
    session.add(consultation)
    session.flush()
    audit.record("consultation prepared", consultation.reference, by=by, now=now)
    return consultation


def change(consultation_id: int, details: ConsultationDetails, *, by: int, now: datetime) -> Consultation:
    """Other words or another window. Raises AlreadyAnnounced, and what `check` raises."""
    consultation = _prepared(consultation_id)
    details.check()
    details.write_to(consultation)
    audit.record("consultation changed", consultation.reference, by=by, now=now)
    return consultation


def remove(consultation_id: int, *, by: int, now: datetime) -> None:
    """It was never announced, and is no more. Raises AlreadyAnnounced."""
    consultation = _prepared(consultation_id)
    session.delete(consultation)
    audit.record("consultation removed", consultation.reference, by=by, now=now)


def choose_texts(consultation_id: int, documents: Sequence[str], *, by: int, now: datetime) -> int:
    """Put texts (by their references) into it, each frozen in the version that is its last one now; how many
    came in anew. Raises AlreadyAnnounced, TextOfAnotherCycle.
    """
    consultation = _prepared(consultation_id)
    chosen = {text.document_id for text in consultation.texts}
    named = select(Document).where(Document.reference.in_(documents)).order_by(Document.reference)
    new = [document for document in session.scalars(named) if document.id not in chosen]
    if any(document.cycle_id != consultation.cycle_id for document in new):
        raise TextOfAnotherCycle
    last = max((text.position for text in consultation.texts), default=0)
    for position, document in enumerate(new, last + 1):
        consultation.texts.append(
            ConsultedText(document=document, version=document.latest, summary=Translated(), position=position)
        )
    session.flush()
    _note(consultation, by, now)
    return len(new)


def take_latest(consultation_id: int, text_id: int, *, by: int, now: datetime) -> int:
    """Freeze a text anew, in the version that is its last one now; its number. Raises AlreadyAnnounced."""
    consultation = _prepared(consultation_id)
    text = _text(consultation, text_id)
    text.version = text.document.latest
    _note(consultation, by, now)
    return text.version


def summarise(consultation_id: int, text_id: int, summary: Translated, *, by: int, now: datetime) -> None:
    """Say in plain language what a text is about. Raises AlreadyAnnounced."""
    consultation = _prepared(consultation_id)
    _text(consultation, text_id).summary = summary
    _note(consultation, by, now)


def take_out(consultation_id: int, text_id: int, *, by: int, now: datetime) -> None:
    """Raises AlreadyAnnounced."""
    consultation = _prepared(consultation_id)
    consultation.texts.remove(_text(consultation, text_id))
    _note(consultation, by, now)


def move(consultation_id: int, text_id: int, *, up: bool, by: int, now: datetime) -> None:
    """One place up or down the list; at its end nothing happens. Raises AlreadyAnnounced."""
    consultation = _prepared(consultation_id)
    order = list(consultation.texts)
    at = order.index(_text(consultation, text_id))
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, text in enumerate(order, 1):
        text.position = position
    _note(consultation, by, now)


def _prepared(consultation_id: int) -> Consultation:
    """The consultation with its texts, locked. Raises NotFound, AlreadyAnnounced."""
    texts = selectinload(Consultation.texts).options(joinedload(ConsultedText.document))
    consultation = lock(Consultation, consultation_id, texts)
    if consultation.announced_at:
        raise AlreadyAnnounced
    return consultation


def _text(consultation: Consultation, text_id: int) -> ConsultedText:
    return found(next((text for text in consultation.texts if text.id == text_id), None))


def _note(consultation: Consultation, by: int, now: datetime) -> None:
    audit.record("texts of a consultation changed", consultation.reference, by=by, now=now)
