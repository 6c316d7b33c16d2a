"""What waits for the staff in this room, and who acts next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import SECRETARIAT
from cocreation.documents.models import Document
from cocreation.draft_commitments.models import (
    CommitmentProposal,
    CommitmentProposalState,
    DraftReading,
    DraftRemark,
    DraftStage,
    SharedDraft,
)
from cocreation.draft_commitments.policy import MEMBERS
from cocreation.draft_commitments.queries import IS_DRAFT
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment


def _to_decide(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CommitmentProposal.proposed_at, about=CommitmentProposal.id)
    return rows.where(CommitmentProposal.state == CommitmentProposalState.PROPOSED)


def _returned(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CommitmentProposal.decided_at, about=CommitmentProposal.id)
    own = CommitmentProposal.institution_id.in_(person.scopes(Role.FOCAL_POINT))
    return rows.where(CommitmentProposal.state == CommitmentProposalState.RETURNED, own)


def _to_read(person: Person, now: datetime) -> WaitingRows:
    read = exists().where(
        DraftReading.document_id == SharedDraft.document_id, DraftReading.person_id == person.id
    )
    rows = waits(SharedDraft.shared_at, about=Document.reference).join(SharedDraft.document)
    return rows.where(IS_DRAFT, ~read)


def _to_reply(person: Person, now: datetime) -> WaitingRows:
    rows = waits(DraftRemark.said_at, about=Document.reference).join(DraftRemark.document)
    rows = rows.where(DraftRemark.replied_at.is_(None))
    if person.runs_everything:
        return rows
    own = Commitment.institution_id.in_(person.scopes(Role.FOCAL_POINT))
    return rows.join(Commitment, Commitment.document_id == Document.id).where(own)


def _replied(person: Person, now: datetime) -> WaitingRows:
    rows = waits(DraftRemark.replied_at, about=Document.reference).join(DraftRemark.document)
    own = DraftReading.document_id == DraftRemark.document_id, DraftReading.person_id == person.id
    rows = rows.outerjoin(DraftReading, (own[0]) & (own[1]))
    unread = or_(DraftReading.read_at.is_(None), DraftReading.read_at < DraftRemark.replied_at)
    return rows.where(DraftRemark.said_by == person.id, DraftRemark.replied_at.is_not(None), unread)


TO_DECIDE = WaitingKind(
    "draft_commitments.to_decide",
    SECRETARIAT,
    _l("Commitments that institutions propose"),
    "manage_drafts.proposal",
    _to_decide,
    "proposal_id",
)
RETURNED = WaitingKind(
    "draft_commitments.returned",
    (Role.FOCAL_POINT,),
    _l("Your proposed commitments that came back with a question"),
    "manage_drafts.proposal",
    _returned,
    "proposal_id",
)
TO_READ = WaitingKind(
    "draft_commitments.to_read",
    MEMBERS,
    _l("Draft commitments shared with the committee that you have not read yet"),
    "manage_drafts.show",
    _to_read,
    "reference",
)
TO_REPLY = WaitingKind(
    "draft_commitments.to_reply",
    (*SECRETARIAT, Role.FOCAL_POINT),
    _l("Remarks of the committee on draft commitments, without a reply"),
    "manage_drafts.show",
    _to_reply,
    "reference",
)
REPLIED = WaitingKind(
    "draft_commitments.replied",
    MEMBERS,
    _l("Replies to your remarks that you have not read yet"),
    "manage_drafts.show",
    _replied,
    "reference",
)

WAITING = (TO_DECIDE, RETURNED, TO_READ, TO_REPLY, REPLIED)
STATES = (
    NextActor(CommitmentProposalState.PROPOSED, waits=(TO_DECIDE,)),
    NextActor(CommitmentProposalState.RETURNED, waits=(RETURNED,)),
    NextActor(CommitmentProposalState.ACCEPTED, nobody="it is a draft of the plan"),
    NextActor(CommitmentProposalState.WITHDRAWN, nobody="its institution took it back"),
    NextActor(DraftStage.PRELIMINARY, nobody="the secretariat shares it once it can be read"),
    NextActor(DraftStage.SHARED, waits=(TO_READ, TO_REPLY, REPLIED)),
    NextActor(DraftStage.DISCUSSED, waits=(TO_READ, TO_REPLY, REPLIED)),
    NextActor(DraftStage.PUBLIC, nobody="everyone reads it"),
)
