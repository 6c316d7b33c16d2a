"""What waits for the staff in this room, and who acts next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ScalarSelect, Text, and_, cast, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.comment_answers.models import AnswerChange
from cocreation.documents.models import CauseKind, Change, Document, DocumentVersion, SectionText
from cocreation.languages.i18n import lazy_gettext as _l

PARTS = "text", "facts"
VersionNumber = InstrumentedAttribute[int | None] | InstrumentedAttribute[int]


def _words(part: str, number: VersionNumber) -> ScalarSelect[str]:
    """What the section of a change says in a version: as it was consulted, it needs no cause."""
    written, saved = aliased(SectionText), aliased(DocumentVersion)
    return (
        select(cast(getattr(written, part), Text))
        .join(saved, saved.id == written.version_id)
        .where(written.section_id == Change.section_id, saved.number <= number)
        .order_by(saved.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def _to_explain(person: Person, now: datetime) -> WaitingRows:
    answered = exists().where(AnswerChange.change_id == Change.id)
    consulted, latest = Document.consulted, Document.latest
    return (
        waits(DocumentVersion.at, about=Document.reference)
        .select_from(Change)
        .join(DocumentVersion, DocumentVersion.id == Change.version_id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            DocumentVersion.number > Document.consulted,
            or_(*(_words(part, consulted).is_distinct_from(_words(part, latest)) for part in PARTS)),
            or_(Change.cause.is_(None), and_(Change.cause == CauseKind.ANSWER, ~answered)),
        )
    )


TO_EXPLAIN = WaitingKind(
    "adoption.to_explain",
    SECRETARIAT,
    _l("Changes since a consultation of which it is not said why"),
    "manage_adoption.causes",
    _to_explain,
    "reference",
)

WAITING: tuple[WaitingKind, ...] = (TO_EXPLAIN,)
STATES: tuple[NextActor, ...] = ()
