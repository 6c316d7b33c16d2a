"""Acts of adoption: causes named, a plan adopted and amended, ideas tied to the sections that carry them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import joinedload

from cocreation.adoption import paper, queries
from cocreation.adoption.events import PlanAdopted
from cocreation.adoption.gate import TextGate
from cocreation.adoption.models import AdoptedPaper, AdoptedText, Adoption, CarriedIdea
from cocreation.adoption.refusals import (
    AmendmentWithoutReason,
    CauseMissing,
    IdeaUnknown,
    NothingToAdopt,
    SittingUnknown,
    TextsHindered,
)
from cocreation.comment_answers.services.changes import attribute, replace_answers
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import audit, events
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.documents.models import CauseKind, Change, Document, Section
from cocreation.documents.services import name_cause
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import REQUIRED
from cocreation.ledger import journal
from cocreation.plan.services import commitments as publication


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


def adopt(
    cycle_id: int, commitment_ids: Collection[int], message: Translated, *, by: int, now: datetime
) -> Adoption:
    """Adopt these commitments in their last version, or amend by them what was adopted: what was adopted
    before and is not among them stays as it was. Raises NotFound, TextsHindered, NothingToAdopt,
    AmendmentWithoutReason.
    """
    chosen = sorted(set(commitment_ids))
    cycle = _held(cycle_id, chosen)
    before = next(iter(reversed(queries.adoptions(cycle.code))), None)
    texts = [text for text in queries.gate(cycle, now) if text.commitment.id in chosen]
    _check(texts, chosen, before, message)
    for text in texts:
        _publish(text, message, by=by, now=now)
    plan = _plan(cycle, before, texts, message, now=now)
    adoption = Adoption(
        cycle_id=cycle.id,
        number=plan.number,
        message=message,
        digest=plan.digest,
        adopted_by=by,
        adopted_at=now,
        texts=[
            AdoptedText(document_id=text.document.id, version=text.version, position=position)
            for position, text in enumerate(plan.commitments, 1)
        ],
        papers=[_paper(plan, code) for code in REQUIRED],
    )
    session.add(adoption)
    session.flush()
    events.tell(PlanAdopted(cycle, plan.number, by, now))
    _register(plan, adoption)
    audit.record("plan amended" if before else "plan adopted", cycle.code, by=by, now=now, number=plan.number)
    return adoption


def _held(cycle_id: int, commitment_ids: Sequence[int]) -> Cycle:
    """The plan and these commitments of it, held until the transaction ends: nobody writes, and nobody names
    or takes away a cause meanwhile. Raises NotFound.
    """
    held = [publication.locked(key) for key in commitment_ids]
    cycle = lock(Cycle, cycle_id)
    for key in sorted(row.document_id for row in held if row.document_id):
        lock(Document, key)
    return cycle


def _plan(
    cycle: Cycle, before: Adoption | None, texts: Sequence[TextGate], message: Translated, *, now: datetime
) -> paper.AdoptedPlan:
    """The whole plan: what is adopted now, and what was before and is not among it."""
    versions = {text.document_id: text.version for text in before.texts} if before else {}
    versions |= {text.document.id: text.document.latest for text in texts}
    adopted = queries.adopted_texts(cycle, versions)
    number = before.number + 1 if before else 1
    return paper.AdoptedPlan(cycle, number, message, journal.seal(paper.digests(adopted)), now, adopted)


def _check(
    texts: Sequence[TextGate], chosen: Collection[int], before: Adoption | None, message: Translated
) -> None:
    if not chosen or len(texts) != len(chosen):
        raise NotFound
    if hindered := [text.commitment.reference for text in texts if text.hindrances]:
        raise TextsHindered(references=", ".join(hindered))
    if not any(text.is_changed for text in texts):
        raise NothingToAdopt
    if before and not any(message.values()):
        raise AmendmentWithoutReason


def _publish(text: TextGate, message: Translated, *, by: int, now: datetime) -> None:
    if text.document.has_draft or not text.commitment.published_at:
        publication.publish(text.commitment.id, message, by=by, now=now, is_adopted=True)
    text.document.adopted = text.document.latest


def _paper(plan: paper.AdoptedPlan, code: str) -> AdoptedPaper:
    content = paper.drawn(plan, code)
    return AdoptedPaper(language=code, content=content, digest=hashlib.sha256(content).hexdigest())


def _register(plan: paper.AdoptedPlan, adoption: Adoption) -> None:
    """The register has the digests of all texts, of them together, and of the papers."""
    journal.append(
        journal.Action.ADOPTED if plan.number == 1 else journal.Action.AMENDED,
        plan.cycle.code,
        plan.at,
        number=plan.number,
        digest=plan.digest,
        texts=paper.digests(plan.commitments),
        papers={row.language: row.digest for row in adoption.papers},
    )


def carry(document_id: int, uid: str, references: Sequence[str], *, by: int, now: datetime) -> int:
    """Note that a section carries these ideas; how many of them it did not carry before. Raises NotFound,
    IdeaUnknown.
    """
    document = lock(Document, document_id, joinedload(Document.cycle))
    section_id = _section(document, uid).id
    before = set(session.scalars(_carried(section_id)))
    new = {_public_idea(document, reference) for reference in references} - before
    session.add_all(
        CarriedIdea(idea_id=key, section_id=section_id, added_by=by, added_at=now) for key in sorted(new)
    )
    if new:
        audit.record("ideas tied to a section", document.reference, by=by, now=now, name=uid, ideas=len(new))
    return len(new)


def carry_no_more(document_id: int, uid: str, reference: str, *, by: int, now: datetime) -> None:
    """A section does not carry an idea after all. Raises NotFound, IdeaUnknown."""
    document = lock(Document, document_id)
    of_section = CarriedIdea.section_id == _section(document, uid).id
    idea_id = _public_idea(document, reference)
    session.execute(delete(CarriedIdea).where(of_section, CarriedIdea.idea_id == idea_id))
    audit.record("idea untied from a section", document.reference, by=by, now=now, name=uid, idea=reference)


def _section(document: Document, uid: str) -> Section:
    named = Section.document_id == document.id, Section.uid == uid
    return found(session.scalar(select(Section).where(*named)))


def _carried(section_id: int) -> Select[int]:
    return select(CarriedIdea.idea_id).where(CarriedIdea.section_id == section_id)


def _public_idea(document: Document, reference: str) -> int:
    """The id of an idea of the document's cycle that everyone can read about. Raises IdeaUnknown."""
    own = Idea.cycle_id == document.cycle_id, Idea.reference == reference
    idea_id = session.scalar(select(Idea.id).where(*own, Idea.state != IdeaState.UNCONFIRMED))
    if idea_id is None:
        raise IdeaUnknown(reference=reference)
    return idea_id


def _sitting(document: Document, reference: str | None, now: datetime) -> str:
    """The reference of a meeting of the document's cycle that was held. Raises SittingUnknown."""
    held = CoordinationMeeting.cycle_id == document.cycle_id, CoordinationMeeting.starts_at <= now
    named = select(CoordinationMeeting.reference).where(CoordinationMeeting.reference == reference, *held)
    if (sitting := session.scalar(named)) is None:
        raise SittingUnknown
    return sitting
