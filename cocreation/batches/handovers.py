"""What waits on its way to a published fate, and who acts next at each stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, or_, select

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Duty, Person
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.batches import policy
from cocreation.batches.emails import FATES
from cocreation.batches.models import Batch, BatchReview, BatchStage
from cocreation.batches.queries.batches import has_answered
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.rows import last_step_at
from cocreation.languages.i18n import lazy_gettext as _l

READERS = (*SECRETARIAT, *holders(Duty.COMMITTEE))
LAST_REVIEW = (
    select(func.max(BatchReview.id))
    .where(BatchReview.batch_id == Batch.id)
    .correlate(Batch)
    .scalar_subquery()
)
CAME_BACK = exists().where(BatchReview.id == LAST_REVIEW, ~BatchReview.approves)


def _to_prepare(person: Person, now: datetime) -> WaitingRows:
    return waits(last_step_at()).select_from(Idea).where(policy.waits_for_batch())


def _to_send(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Batch.created_at, about=Batch.id)
    return rows.where(Batch.publishing_at.is_(None), Batch.sent_at.is_(None), ~CAME_BACK)


def _returned(person: Person, now: datetime) -> WaitingRows:
    rows = waits(BatchReview.read_at, about=Batch.id).join(Batch, Batch.id == BatchReview.batch_id)
    unsent = Batch.publishing_at.is_(None), Batch.sent_at.is_(None)
    return rows.where(BatchReview.id == LAST_REVIEW, ~BatchReview.approves, *unsent)


def _to_read(person: Person, now: datetime) -> WaitingRows:
    """Whom `policy.can_review` lets read it."""
    rows = waits(Batch.sent_at, about=Batch.id).where(Batch.sent_at.is_not(None), Batch.reviewed_at.is_(None))
    another = or_(Batch.created_by.is_(None), Batch.created_by != person.id)
    reads = another, Batch.sent_by != person.id, ~has_answered(person.id)
    return rows.where(Batch.publishing_at.is_(None), *reads)


def _to_publish(person: Person, now: datetime) -> WaitingRows:
    read = Batch.reviewed_at.is_not(None), Batch.publishing_at.is_(None)
    return waits(Batch.reviewed_at, about=Batch.id).where(*read)


TO_PREPARE = WaitingKind(
    "fates.to_prepare",
    SECRETARIAT,
    _l("Ideas ready for a batch of fates"),
    "manage_batches.new_batch",
    _to_prepare,
)
TO_SEND = WaitingKind(
    "fates.to_send",
    SECRETARIAT,
    _l("Batches of fates to complete and to send to a second reader"),
    "manage_batches.batch",
    _to_send,
    "batch_id",
)
RETURNED = WaitingKind(
    "fates.returned",
    SECRETARIAT,
    _l("Batches of fates that came back from their second reader with a remark"),
    "manage_batches.batch",
    _returned,
    "batch_id",
)
TO_READ = WaitingKind(
    "fates.to_read",
    READERS,
    _l("Batches of fates to read as their second reader"),
    "manage_batches.batch",
    _to_read,
    "batch_id",
)
TO_PUBLISH = WaitingKind(
    "fates.to_publish",
    SECRETARIAT,
    _l("Batches of fates that were approved, to publish"),
    "manage_batches.batch",
    _to_publish,
    "batch_id",
)

WAITING = (TO_READ, RETURNED, TO_PUBLISH, TO_SEND, TO_PREPARE)
STATES = (
    NextActor(IdeaState.NOT_ACCEPTED, waits=(TO_PREPARE, TO_SEND)),
    NextActor(IdeaState.ANSWERED, waits=(TO_PREPARE, TO_SEND)),
    NextActor(IdeaState.JOINED, waits=(TO_PREPARE, TO_SEND)),
    NextActor(IdeaState.WITHDRAWN, nobody="its author took it back"),
    NextActor(BatchStage.REVIEWED, waits=(TO_PUBLISH,)),
    NextActor(BatchStage.PUBLISHING, chore="publishing fates"),
    NextActor(BatchStage.PUBLISHED, told=(FATES,)),
)
