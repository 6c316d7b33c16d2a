"""Whom a question about a fate waits for: who answers it, then who asked."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.batches.handovers import READERS, TO_READ
from cocreation.batches.models import Batch, BatchStage, FateDraft, FateQuestion
from cocreation.batches.queries.batches import IS_OPEN
from cocreation.languages.i18n import lazy_gettext as _l


def _asked(person: Person, now: datetime) -> WaitingRows:
    rows = waits(FateQuestion.asked_at, about=Batch.id).join(FateQuestion.draft).join(FateDraft.batch)
    return rows.where(IS_OPEN, Batch.publishing_at.is_(None))


def _answered(person: Person, now: datetime) -> WaitingRows:
    """What they asked and the team answered, until they have said what they think of the batch."""
    rows = waits(FateQuestion.answered_at, about=Batch.id).join(FateQuestion.draft).join(FateDraft.batch)
    own = FateQuestion.asked_by == person.id, FateQuestion.answered_at.is_not(None)
    unread = Batch.sent_at.is_not(None), Batch.reviewed_at.is_(None), Batch.publishing_at.is_(None)
    return rows.where(*own, *unread)


ASKED = WaitingKind(
    "questions.asked",
    SECRETARIAT,
    _l("Questions of second readers about single fates"),
    "manage_batches.batch",
    _asked,
    "batch_id",
)
ANSWERED = WaitingKind(
    "questions.answered",
    READERS,
    _l("Answers to your questions about fates"),
    "manage_batches.batch",
    _answered,
    "batch_id",
)
WAITING = (ASKED, ANSWERED)
STATES = (NextActor(BatchStage.SENT, waits=(TO_READ, *WAITING)),)
