"""What waits for the staff in this room, and who acts next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, or_

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.comment_answers.models import AnswerChange
from cocreation.documents.models import CauseKind, Change, Document, DocumentVersion
from cocreation.languages.i18n import lazy_gettext as _l


def _to_explain(person: Person, now: datetime) -> WaitingRows:
    answered = exists().where(AnswerChange.change_id == Change.id)
    return (
        waits(DocumentVersion.at, about=Document.reference)
        .select_from(Change)
        .join(DocumentVersion, DocumentVersion.id == Change.version_id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            DocumentVersion.number > Document.consulted,
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
