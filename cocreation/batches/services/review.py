"""The second reader: nothing is published that only one person has read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.batches.models import Batch, BatchReview
from cocreation.batches.queries.batches import has_answered, open_questions
from cocreation.batches.refusals import (
    AlreadyReviewed,
    AlreadySent,
    BatchChanged,
    BatchNotSent,
    OwnBatch,
    QuestionsOpen,
    RemarkMissing,
)
from cocreation.batches.services.drafts import open_batch
from cocreation.batches.services.gate import must_be_complete
from cocreation.core import audit
from cocreation.core.database import session
from cocreation.text.markup import isolate_text


def send_for_review(batch_id: int, *, by: int, now: datetime) -> Batch:
    """Ask a second person to read a batch that is complete.

    Raises NotFound, BatchAlreadyPublished, BeingPublished, AlreadySent, EmptyBatch, BatchIncomplete.
    """
    batch = open_batch(batch_id, now)
    if batch.sent_at:
        raise AlreadySent(at=batch.sent_at)
    must_be_complete(batch)
    batch.sent_by, batch.sent_at = by, now
    audit.record("batch sent for review", f"batch {batch.id}", by=by, now=now)
    return batch


def review(
    batch_id: int,
    *,
    approves: bool,
    note: str | None = None,
    version: int | None = None,
    by: int,
    now: datetime,
) -> Batch:
    """What the second reader says: it may be published, or it goes back with the remark `note`.

    `version` is the one that was read. Raises NotFound, BatchAlreadyPublished, BeingPublished, BatchNotSent,
    AlreadyReviewed, OwnBatch, BatchChanged, RemarkMissing, QuestionsOpen.
    """
    batch = open_batch(batch_id, now)
    must_be_readable(batch, by)
    if version not in (None, batch.version):
        raise BatchChanged
    if not approves and not note:
        raise RemarkMissing
    if approves and (waiting := open_questions(batch)):
        references = (isolate_text(question.draft.idea.reference) for question in waiting)
        raise QuestionsOpen(references=" · ".join(references))
    said = BatchReview(batch_id=batch.id, reader_id=by, approves=approves, note=note or None, read_at=now)
    session.add(said)
    if approves:
        batch.reviewed_by, batch.reviewed_at = by, now
    else:
        batch.sent_by = batch.sent_at = None
    audit.record("batch reviewed", f"batch {batch.id}", by=by, now=now, approves=approves)
    return batch


def must_be_readable(batch: Batch, by: int) -> None:
    """Raises AlreadyReviewed, BatchNotSent, OwnBatch when `by` cannot be the second reader of a batch now."""
    if batch.reviewed_at:
        raise AlreadyReviewed(at=batch.reviewed_at)
    if not batch.sent_at:
        raise BatchNotSent
    answered = session.scalar(select(has_answered(by)).where(Batch.id == batch.id))
    if answered or by in (batch.created_by, batch.sent_by):
        raise OwnBatch
