"""Drafts shared with the committee: its members read them and remark, and are replied to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import found, lock, session
from cocreation.core.errors import NotFound
from cocreation.documents.models import Document, Section
from cocreation.documents.queries import text_at
from cocreation.draft_commitments.models import DraftReading, DraftRemark, SharedDraft
from cocreation.draft_commitments.refusals import DraftIsPublic, NothingToShare, SectionGone
from cocreation.plan.services.commitments import document_of, locked


def share(commitment_ids: Sequence[int], *, by: int, now: datetime) -> int:
    """Let the committee read and remark on these drafts; how many were not shared yet.
    Raises NotFound, NothingToShare, DraftIsPublic.
    """
    shared = 0
    for commitment_id in sorted(set(commitment_ids)):
        commitment = locked(commitment_id)
        document = document_of(commitment, by=by, now=now)
        if not document.has_draft:
            raise DraftIsPublic
        if session.get(SharedDraft, document.id) is None:
            session.add(SharedDraft(document_id=document.id, shared_at=now, shared_by=by))
            audit.record("draft shared", commitment.reference, by=by, now=now, version=document.latest)
            shared += 1
    if not shared:
        raise NothingToShare
    return shared


def remark(commitment_id: int, uid: str, words: str, *, by: int, now: datetime) -> DraftRemark:
    """Say something of a shared draft, or of its section `uid`; who says something has read it.
    Raises NotFound, DraftIsPublic, SectionGone.
    """
    document = _shared(commitment_id)
    if not document.has_draft:
        raise DraftIsPublic
    remark = DraftRemark(
        document_id=document.id,
        section_id=_section(document, uid).id if uid else None,
        version=document.latest,
        words=words,
        said_by=by,
        said_at=now,
    )
    session.add(remark)
    _read(document, by=by, now=now)
    audit.record("draft remarked on", document.reference, by=by, now=now)
    return remark


def mark_read(commitment_id: int, *, by: int, now: datetime) -> None:
    """Note that a member has read a shared draft as it stands, and the replies to them. Raises NotFound."""
    _read(_shared(commitment_id), by=by, now=now)


def reply(commitment_id: int, remark_id: int, words: str, *, by: int, now: datetime) -> DraftRemark:
    """Reply to a remark, or correct the reply. Raises NotFound."""
    document = _shared(commitment_id)
    remark = lock(DraftRemark, remark_id)
    if remark.document_id != document.id:
        raise NotFound
    remark.reply, remark.replied_by, remark.replied_at = words, by, now
    audit.record("remark replied to", document.reference, by=by, now=now)
    return remark


def _shared(commitment_id: int) -> Document:
    """The document of a commitment that is shared, held with it."""
    document = found(locked(commitment_id).document)
    found(session.get(SharedDraft, document.id))
    return document


def _section(document: Document, uid: str) -> Section:
    if uid not in {section.uid for section in text_at(document.id, document.latest)}:
        raise SectionGone
    return session.scalars(
        select(Section).where(Section.document_id == document.id, Section.uid == uid)
    ).one()


def _read(document: Document, *, by: int, now: datetime) -> None:
    reading = session.get(DraftReading, (document.id, by)) or DraftReading(
        document_id=document.id, person_id=by
    )
    reading.version, reading.read_at = document.latest, now
    session.add(reading)
