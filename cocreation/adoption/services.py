"""Acts of adoption: causes named, a plan adopted and amended, ideas tied to the sections that carry them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from cocreation.adoption.refusals import CauseMissing, SittingUnknown
from cocreation.comment_answers.services.changes import attribute, replace_answers
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import audit
from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.documents.models import CauseKind, Change, Document, Section
from cocreation.documents.services import name_cause


@dataclass(frozen=True)
class NamedCause:
    """Why words were changed: by these answers, by a decision of the sitting `source`, by a note."""

    kind: CauseKind
    answers: Collection[int] = ()
    source: str | None = None
    reason: Translated = field(default_factory=Translated)


def name_causes(
    document_id: int, change_ids: Collection[int], cause: NamedCause, *, by: int, now: datetime
) -> int:
    """Say why these words of a document were changed, in place of what was said before; how many changes.
    Raises NotFound, CauseMissing, SittingUnknown, ChangeElsewhere, AnswerChangesNothing, ReasonMissing,
    ChangeAdopted.
    """
    document = found(session.get(Document, document_id))
    own = select(Change.id).join(Change.section).where(Section.document_id == document.id)
    ids = set(change_ids)
    if ids != set(session.scalars(own.where(Change.id.in_(ids)))):
        raise NotFound
    replace_answers(ids)
    if cause.kind is CauseKind.ANSWER:
        if not cause.answers:
            raise CauseMissing
        for answer_id in cause.answers:
            attribute(answer_id, ids, by=by, now=now)
    else:
        source = _sitting(document, cause.source, now) if cause.kind is CauseKind.DECISION else None
        name_cause(ids, cause.kind, reason=cause.reason, source=source, by=by, now=now)
    audit.record("causes named", document.reference, by=by, now=now, cause=cause.kind.value, changes=len(ids))
    return len(ids)


def _sitting(document: Document, reference: str | None, now: datetime) -> str:
    """The reference of a meeting of the document's cycle that was held. Raises SittingUnknown."""
    held = CoordinationMeeting.cycle_id == document.cycle_id, CoordinationMeeting.starts_at <= now
    named = select(CoordinationMeeting.reference).where(CoordinationMeeting.reference == reference, *held)
    if (sitting := session.scalar(named)) is None:
        raise SittingUnknown
    return sitting
