"""What the pages of proposals and drafts show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Duty, Person, Role
from cocreation.coordination.models import DraftDiscussed
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.documents.models import Document
from cocreation.documents.queries import latest_texts
from cocreation.draft_commitments.models import (
    CommitmentProposal,
    DraftReading,
    DraftRemark,
    DraftStage,
    SharedDraft,
)
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.plan.sheet import CommitmentSheet

IS_DRAFT = or_(Document.published.is_(None), Document.published != Document.latest)


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list: how far it is, how complete, how many remarks wait; whether the reader, a member
    of the committee, has still to read it.
    """

    commitment: Commitment
    sheet: CommitmentSheet
    stage: DraftStage
    waiting: int
    is_unread: bool

    @property
    def can_be_shared(self) -> bool:
        return self.stage is DraftStage.PRELIMINARY


def drafts(cycle: Cycle, person: Person) -> list[DraftRow]:
    """The drafts of a cycle that this person reads, by axis, then by number. A few statements in all."""
    statement = commitments(cycle).outerjoin(Commitment.document).options(joinedload(Commitment.document))
    has_draft = Document.published != Document.latest
    statement = statement.where(or_(Commitment.published_at.is_(None), has_draft))
    if not person.runs_everything:
        own = Commitment.institution_id.in_(person.scopes(Role.FOCAL_POINT))
        is_shared = Commitment.document_id.in_(select(SharedDraft.document_id))
        statement = statement.where(or_(own, is_shared) if person.has_duty(Duty.COMMITTEE) else own)
    found_ones = list(session.scalars(statement))
    ids = [commitment.document_id for commitment in found_ones if commitment.document_id]
    texts, shared, waiting = latest_texts(ids), _shared(ids), _waiting(ids)
    read, discussed = _read_by(person, ids), _discussed([commitment.id for commitment in found_ones])
    is_member = person.has_duty(Duty.COMMITTEE)
    rows = []
    for commitment in found_ones:
        number = commitment.document_id or 0
        stage = _stage(number in shared, commitment.id in discussed)
        is_unread = is_member and number in shared and number not in read
        sheet = CommitmentSheet(texts.get(number, []))
        rows.append(DraftRow(commitment, sheet, stage, waiting.get(number, 0), is_unread))
    return rows


def stage_of(commitment: Commitment, *, is_shared: bool) -> DraftStage:
    """How far one commitment is; needs its document."""
    if commitment.published_at and not (commitment.document and commitment.document.has_draft):
        return DraftStage.PUBLIC
    return _stage(is_shared, commitment.id in _discussed([commitment.id]))


def _stage(is_shared: bool, is_discussed: bool) -> DraftStage:
    if is_discussed:
        return DraftStage.DISCUSSED
    return DraftStage.SHARED if is_shared else DraftStage.PRELIMINARY


def shared_at(document_id: int | None) -> datetime | None:
    return session.scalar(select(SharedDraft.shared_at).where(SharedDraft.document_id == document_id))


def last_reading(document_id: int | None, person_id: int) -> DraftReading | None:
    own = DraftReading.document_id == document_id, DraftReading.person_id == person_id
    return session.scalar(select(DraftReading).where(*own))


def remarks(document_id: int | None) -> dict[str, list[DraftRemark]]:
    """The remarks on a draft, the oldest first, by the name of their section; "" has those on the whole."""
    statement = (
        select(DraftRemark)
        .where(DraftRemark.document_id == document_id)
        .options(
            joinedload(DraftRemark.section), joinedload(DraftRemark.who), joinedload(DraftRemark.replier)
        )
        .order_by(DraftRemark.said_at, DraftRemark.id)
    )
    by_section: defaultdict[str, list[DraftRemark]] = defaultdict(list)
    for remark in session.scalars(statement):
        by_section[remark.section.uid if remark.section else ""].append(remark)
    return by_section


def get_remark(document_id: int | None, remark_id: int) -> DraftRemark:
    """Raises NotFound."""
    statement = select(DraftRemark).options(
        joinedload(DraftRemark.section), joinedload(DraftRemark.who), joinedload(DraftRemark.replier)
    )
    of_document = DraftRemark.id == remark_id, DraftRemark.document_id == document_id
    return found(session.scalar(statement.where(*of_document)))


def proposals(person: Person, cursor: str | None, size: int = 20) -> Page[CommitmentProposal]:
    """The proposals this person sees, the latest first: the secretariat all, a focal point their own."""
    statement = select(CommitmentProposal).options(*WHOLE)
    if not person.runs_everything:
        own = person.scopes(Role.FOCAL_POINT)
        statement = statement.where(CommitmentProposal.institution_id.in_(own))
    keys = CommitmentProposal.proposed_at, CommitmentProposal.id
    return page(statement, *keys, cursor=cursor, size=size)


def get_proposal(proposal_id: int) -> CommitmentProposal:
    """Raises NotFound."""
    statement = select(CommitmentProposal).where(CommitmentProposal.id == proposal_id)
    return found(session.scalar(statement.options(*WHOLE)))


WHOLE = (
    joinedload(CommitmentProposal.cycle),
    joinedload(CommitmentProposal.institution),
    joinedload(CommitmentProposal.commitment).joinedload(Commitment.cycle),
)


def institutions_of(person: Person) -> list[Institution]:
    """Those for which they are a focal point."""
    own = Institution.id.in_(person.scopes(Role.FOCAL_POINT))
    return list(session.scalars(select(Institution).where(own).order_by(Institution.slug)))


def _shared(document_ids: Collection[int]) -> set[int]:
    of_these = select(SharedDraft.document_id).where(SharedDraft.document_id.in_(document_ids))
    return set(session.scalars(of_these))


def _waiting(document_ids: Collection[int]) -> dict[int, int]:
    counted = (
        select(DraftRemark.document_id, func.count())
        .where(DraftRemark.document_id.in_(document_ids), DraftRemark.replied_at.is_(None))
        .group_by(DraftRemark.document_id)
    )
    return dict(session.execute(counted).all())


def _read_by(person: Person, document_ids: Collection[int]) -> set[int]:
    own = DraftReading.person_id == person.id, DraftReading.document_id.in_(document_ids)
    return set(session.scalars(select(DraftReading.document_id).where(*own)))


def _discussed(commitment_ids: Sequence[int]) -> set[int]:
    decided = DraftDiscussed.commitment_id.in_(commitment_ids), DraftDiscussed.decision.is_not(None)
    return set(session.scalars(select(DraftDiscussed.commitment_id).where(*decided)))
