"""Who may do what with a batch of fates, beyond the roles that routes declare."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.models import Person
from cocreation.fates.models import Batch, BatchStage


def can_prepare(person: Person, batch: Batch, now: datetime) -> bool:
    """The secretariat, until it is being published; committee members read it before everyone else."""
    return person.runs_everything and batch.stage(now) not in (BatchStage.PUBLISHING, BatchStage.PUBLISHED)


def can_review(person: Person, batch: Batch, now: datetime) -> bool:
    """Somebody else than who prepared it."""
    return batch.stage(now) is BatchStage.SENT and person.id not in (batch.created_by, batch.sent_by)
