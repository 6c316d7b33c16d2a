"""Reads of what was changed after a consultation and why, and of adopted plans."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from cocreation.adoption.gate import TextGate, Unanswered, is_named
from cocreation.adoption.models import AdoptedPaper, Adoption
from cocreation.adoption.paper import AdoptedCommitment
from cocreation.comment_answers.models import AnswerChange, AnsweredComment, CommentAnswer
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.documents.models import CauseKind, Change, Document, DocumentVersion
from cocreation.documents.provenance import FollowedText, followed
from cocreation.documents.queries import changes_since_consulted, texts_at
from cocreation.ledger.models import RegisterEntry
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.plan.sheet import CommitmentSheet

WITH_COMMENTS = (
    selectinload(CommentAnswer.answered)
    .joinedload(AnsweredComment.comment)
    .load_only(Comment.reference, Comment.section_id, Comment.number)
)


def get_consulted(reference: str) -> Document:
    """A document that was put to public comment, with its cycle. Raises NotFound."""
    named = Document.reference == reference, Document.consulted.is_not(None)
    return found(session.scalar(select(Document).where(*named).options(joinedload(Document.cycle))))


def followed_since(document: Document, number: int, changes: Iterable[Change]) -> list[FollowedText]:
    """Each text of a document from the consulted version to its version `number`."""
    consulted = document.consulted or number
    said = texts_at({document.id: {consulted, number}})
    until = [change for change in changes if change.version.number <= number]
    return followed(said[document.id, consulted], said[document.id, number], until)


def answers_to(change_ids: Collection[int], *, drafts: bool = True) -> dict[int, list[CommentAnswer]]:
    """The answers for which each of these changes was made, with the references of their comments; without
    `drafts` those that are public.
    """
    statement = (
        select(AnswerChange.change_id, CommentAnswer)
        .join(AnswerChange.answer)
        .where(AnswerChange.change_id.in_(change_ids))
        .options(WITH_COMMENTS)
        .order_by(CommentAnswer.id)
    )
    if not drafts:
        statement = statement.where(CommentAnswer.published_at.is_not(None))
    by_change: dict[int, list[CommentAnswer]] = defaultdict(list)
    for change_id, answer in session.execute(statement):
        by_change[change_id].append(answer)
    return by_change


def answers_of(document: Document) -> list[CommentAnswer]:
    """The answers that take something up, of the consultations on a document."""
    own = select(ConsultedText.consultation_id).where(ConsultedText.document_id == document.id)
    takes_up = [outcome for outcome in AnswerOutcome if outcome.changes_words]
    statement = (
        select(CommentAnswer)
        .where(CommentAnswer.consultation_id.in_(own), CommentAnswer.outcome.in_(takes_up))
        .options(WITH_COMMENTS)
        .order_by(CommentAnswer.id)
    )
    return list(session.scalars(statement))


def sittings(cycle_id: int, now: datetime) -> list[CoordinationMeeting]:
    """The coordination meetings of a cycle that were held, the latest first."""
    held = CoordinationMeeting.cycle_id == cycle_id, CoordinationMeeting.starts_at <= now
    newest = select(CoordinationMeeting).where(*held).order_by(CoordinationMeeting.starts_at.desc())
    return list(session.scalars(newest))


def is_answered(document: Document) -> bool:
    """Whether all comments of a consultation on this document were answered in public."""
    answered = (
        select(Consultation.id)
        .join(Consultation.texts)
        .where(ConsultedText.document_id == document.id, Consultation.answered_at.is_not(None))
    )
    return session.scalar(answered.limit(1)) is not None


def gate(cycle: Cycle, now: datetime) -> list[TextGate]:
    """The texts of a plan before its adoption, by axis and number, and what hinders each."""
    of_cycle = commitments(cycle).where(Commitment.document_id.is_not(None))
    rows = list(session.scalars(of_cycle.options(joinedload(Commitment.document))))
    documents = [row.document for row in rows if row.document]
    said = texts_at({d.id: {d.consulted or d.latest, d.latest} for d in documents})
    changes = _by_document(documents)
    explained = _explained([change for own in changes.values() for change in own])
    ids = [document.id for document in documents]
    closing, unanswered, naming_nothing = _closing(ids, now), _unanswered(ids), _naming_nothing(ids)
    return [
        TextGate(
            row,
            d,
            CommitmentSheet(said[d.id, d.latest]),
            followed(said[d.id, d.consulted or d.latest], said[d.id, d.latest], changes[d.id]),
            explained,
            closing.get(d.id),
            unanswered.get(d.id),
            naming_nothing.get(d.id, ()),
        )
        for row, d in zip(rows, documents, strict=True)
    ]


def _by_document(documents: Iterable[Document]) -> Mapping[int, list[Change]]:
    changes: dict[int, list[Change]] = defaultdict(list)
    for change in changes_since_consulted(*documents):
        changes[change.section.document_id].append(change)
    return changes


def _explained(changes: Collection[Change]) -> set[int | None]:
    """Those that have a cause; an answer that was taken away is none any more."""
    ids = [change.id for change in changes if change.cause is CauseKind.ANSWER]
    answered = set(session.scalars(select(AnswerChange.change_id).where(AnswerChange.change_id.in_(ids))))
    return {change.id for change in changes if is_named(change, answered & {change.id})}


def _closing(documents: Collection[int], now: datetime) -> dict[int, datetime]:
    """When the consultations close that are not closed yet."""
    closing = (
        select(ConsultedText.document_id, func.max(Consultation.closes_at))
        .join(ConsultedText.consultation)
        .where(ConsultedText.document_id.in_(documents), Consultation.closes_at > now)
        .where(Consultation.announced_at.is_not(None))
        .group_by(ConsultedText.document_id)
    )
    return {row[0]: row[1] for row in session.execute(closing)}


def _unanswered(documents: Collection[int]) -> dict[int, Unanswered]:
    """The comments that count and have no public answer; replies are answered by who reads them."""
    waiting = (
        select(ConsultedText.document_id, func.count(), func.min(Comment.reference))
        .join(Comment.text)
        .where(
            ConsultedText.document_id.in_(documents),
            *(Comment.parent_id.is_(None), Comment.confirmed_at.is_not(None)),
            *(Comment.withdrawn_at.is_(None), Comment.hidden_at.is_(None), Comment.answered_at.is_(None)),
        )
        .group_by(ConsultedText.document_id)
    )
    return {document: Unanswered(count, first) for document, count, first in session.execute(waiting)}


def _naming_nothing(documents: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The comments whose answer takes something up and names no changed words."""
    takes_up = [outcome for outcome in AnswerOutcome if outcome.changes_words]
    named = exists().where(AnswerChange.answer_id == CommentAnswer.id)
    answered = (
        select(ConsultedText.document_id, Comment.reference)
        .join(Comment.text)
        .join(AnsweredComment, AnsweredComment.comment_id == Comment.id)
        .join(AnsweredComment.answer)
        .where(ConsultedText.document_id.in_(documents), CommentAnswer.outcome.in_(takes_up), ~named)
        .order_by(Comment.id)
    )
    found_of: dict[int, tuple[str, ...]] = {}
    for document, reference in session.execute(answered):
        found_of[document] = (*found_of.get(document, ()), reference)
    return found_of


def adoptions(cycle: Cycle) -> list[Adoption]:
    """What was adopted of a plan: the first, then each amendment."""
    of_cycle = select(Adoption).where(Adoption.cycle_id == cycle.id).order_by(Adoption.number)
    loaded = selectinload(Adoption.texts), selectinload(Adoption.papers)
    return list(session.scalars(of_cycle.options(*loaded)))


def adopted_texts(cycle: Cycle, versions: Mapping[int, int]) -> list[AdoptedCommitment]:
    """The commitments of these documents in these versions, by axis and number."""
    of_cycle = commitments(cycle).where(Commitment.document_id.in_(versions))
    rows = session.scalars(of_cycle.options(joinedload(Commitment.document)))
    of_documents = select(DocumentVersion).where(DocumentVersion.document_id.in_(versions))
    digests = {(v.document_id, v.number): v.digest for v in session.scalars(of_documents)}
    said = texts_at({document: {number} for document, number in versions.items()})
    return [
        AdoptedCommitment(
            row, document, number, digests[document.id, number], CommitmentSheet(said[document.id, number])
        )
        for row in rows
        if (document := row.document) and (number := versions[document.id])
    ]


def entries_of(cycle: Cycle) -> dict[int, int]:
    """The number of the register's entry of each adoption of a plan, by the number of the adoption."""
    entries = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == cycle.code))
    return {json.loads(entry.content)["number"]: entry.number for entry in entries}


def paper_of(cycle: Cycle, number: int, code: str) -> bytes:
    """The PDF of an adoption in a language. Raises NotFound."""
    drawn = (
        select(AdoptedPaper)
        .join(Adoption, Adoption.id == AdoptedPaper.adoption_id)
        .where(Adoption.cycle_id == cycle.id, Adoption.number == number, AdoptedPaper.language == code)
        .options(undefer(AdoptedPaper.content))
    )
    return found(session.scalar(drawn)).content
