"""What the pages of consultations show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from cocreation.consultations.models import (
    Consultation,
    ConsultationStage,
    ConsultedText,
    Telling,
    TellingKind,
)
from cocreation.core.database import Translated, found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Axis
from cocreation.directory.models import Institution
from cocreation.documents.models import Document, DocumentVersion, Section, SectionKind, SectionText
from cocreation.plan.models import Commitment

MOST_SHOWN = 20  # consultations that are open or to come


@dataclass(frozen=True)
class ShownText:
    """A text of a consultation: what it is called in its consulted version; of a commitment, its axis and who
    leads it.
    """

    text: ConsultedText
    title: Translated
    axis: Translated | None
    institution: Translated | None


def get_consultation(reference: str) -> Consultation:
    """With its cycle and its texts. Raises NotFound."""
    texts = selectinload(Consultation.texts).options(joinedload(ConsultedText.document))
    statement = select(Consultation).where(Consultation.reference == reference)
    return found(session.scalar(statement.options(joinedload(Consultation.cycle), texts)))


def public_consultation(reference: str) -> Consultation:
    """The same, once it is announced. Raises NotFound."""
    consultation = get_consultation(reference)
    return found(consultation if consultation.announced_at else None)


def get_text(consultation: Consultation, text_id: int) -> ConsultedText:
    """Raises NotFound."""
    return found(next((text for text in consultation.texts if text.id == text_id), None))


def shown_texts(consultation: Consultation) -> list[ShownText]:
    """The texts in their order, as their frozen versions call them."""
    titles, leads = _titles(consultation.id), _leads(consultation.id)
    return [
        ShownText(
            text, titles.get(text.id) or text.document.title, *leads.get(text.document_id, (None, None))
        )
        for text in consultation.texts
    ]


def _titles(consultation_id: int) -> dict[int, Translated]:
    earlier, of_earlier = aliased(SectionText), aliased(DocumentVersion)
    since = (
        select(func.max(of_earlier.number))
        .join(earlier, earlier.version_id == of_earlier.id)
        .where(earlier.section_id == Section.id, of_earlier.number <= ConsultedText.version)
        .correlate(Section, ConsultedText)
        .scalar_subquery()
    )
    is_title = and_(Section.document_id == ConsultedText.document_id, Section.kind == SectionKind.TITLE)
    rows = session.execute(
        select(ConsultedText.id, SectionText.text)
        .join(Section, is_title)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(DocumentVersion, DocumentVersion.id == SectionText.version_id)
        .where(ConsultedText.consultation_id == consultation_id, DocumentVersion.number == since)
    )
    return dict(rows.all())


def _leads(consultation_id: int) -> dict[int, tuple[Translated, Translated]]:
    rows = session.execute(
        select(Commitment.document_id, Axis.name, Institution.name)
        .join(ConsultedText, ConsultedText.document_id == Commitment.document_id)
        .join(Axis, Axis.id == Commitment.axis_id)
        .join(Institution, Institution.id == Commitment.institution_id)
        .where(ConsultedText.consultation_id == consultation_id)
    )
    return {document_id or 0: (axis, institution) for document_id, axis, institution in rows}


def texts_to_choose(consultation: Consultation) -> Sequence[Document]:
    """The texts of its cycle that it does not have yet."""
    chosen = select(ConsultedText.document_id).where(ConsultedText.consultation_id == consultation.id)
    documents = select(Document).where(Document.cycle_id == consultation.cycle_id, Document.id.not_in(chosen))
    return session.scalars(documents.order_by(Document.reference)).all()


def tellings(consultation: Consultation) -> Sequence[Telling]:
    """What was told, or is being told, of it."""
    of_it = select(Telling).where(Telling.consultation_id == consultation.id)
    return session.scalars(of_it.order_by(Telling.id)).all()


def revised_at(consultation: Consultation) -> datetime | None:
    """When its window was last changed after the announcement: made longer, or called off."""
    kinds = (TellingKind.EXTENDED, TellingKind.CALLED_OFF)
    of_it = Telling.consultation_id == consultation.id, Telling.kind.in_(kinds)
    return session.scalar(select(func.max(Telling.asked_at)).where(*of_it))


def standing(now: datetime) -> Mapping[ConsultationStage, ColumnElement[bool]]:
    """Each stage at a moment, as a condition."""
    goes_on = Consultation.called_off_at.is_(None) & Consultation.announced_at.is_not(None)
    closed = goes_on & (Consultation.closes_at <= now)
    return {
        ConsultationStage.PREPARED: Consultation.announced_at.is_(None),
        ConsultationStage.ANNOUNCED: goes_on & (Consultation.opens_at > now),
        ConsultationStage.OPEN: goes_on & (Consultation.opens_at <= now) & (Consultation.closes_at > now),
        ConsultationStage.CLOSED: closed & Consultation.answered_at.is_(None),
        ConsultationStage.ANSWERED: closed & Consultation.answered_at.is_not(None),
        ConsultationStage.CALLED_OFF: Consultation.called_off_at.is_not(None),
    }


def counts(now: datetime) -> dict[ConsultationStage, int]:
    """How many there are at each stage."""
    stages = standing(now)
    row = session.execute(
        select(*(func.count().filter(condition) for condition in stages.values())).select_from(Consultation)
    ).one()
    return dict(zip(stages, row, strict=True))


def at_stage(
    stage: ConsultationStage | None, now: datetime, cursor: str | None
) -> tuple[Page[Consultation], dict[int, int]]:
    """Consultations at a stage, or all, the last to open first; and how many texts each has, by its id."""
    statement = select(Consultation)
    if stage:
        statement = statement.where(standing(now)[stage])
    return _paged(statement, cursor)


def over(now: datetime, cursor: str | None) -> tuple[Page[Consultation], dict[int, int]]:
    """Those that are closed or called off, the last first; and how many texts each has."""
    ended = Consultation.announced_at.is_not(None) & (
        (Consultation.closes_at <= now) | Consultation.called_off_at.is_not(None)
    )
    return _paged(select(Consultation).where(ended), cursor)


def running(now: datetime) -> list[Consultation]:
    """Those that are open, the first to close first, then those to come."""
    goes_on = (
        Consultation.announced_at.is_not(None),
        Consultation.called_off_at.is_(None),
        Consultation.closes_at > now,
    )
    rows = session.scalars(select(Consultation).where(*goes_on).limit(MOST_SHOWN)).all()
    return sorted(
        rows, key=lambda row: (row.opens_at > now, row.opens_at if row.opens_at > now else row.closes_at)
    )


def texts_of(consultations: Sequence[Consultation]) -> dict[int, int]:
    """How many texts each of these has, by its id."""
    ids = [consultation.id for consultation in consultations]
    rows = session.execute(
        select(ConsultedText.consultation_id, func.count())
        .where(ConsultedText.consultation_id.in_(ids))
        .group_by(ConsultedText.consultation_id)
    )
    return dict(rows.all())


def _paged(statement: Select[Consultation], cursor: str | None) -> tuple[Page[Consultation], dict[int, int]]:
    rows = page(statement, Consultation.opens_at, Consultation.id, cursor=cursor)
    return rows, texts_of(rows.items)
