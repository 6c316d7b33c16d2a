"""Who may do what at the desks of this room, beyond the roles that routes declare."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.dispositions.models import Batch, Referral, Stage


def can_answer(person: Person, referral: Referral) -> bool:
    """Only the institution's own focal points answer in its name; the secretariat never does."""
    return person.has(Role.FOCAL_POINT, scope=referral.institution_id)


def can_prepare(person: Person, batch: Batch, now: datetime) -> bool:
    """The secretariat, until it is being published; committee members read it before everyone else."""
    return runs_everything(person) and batch.stage(now) not in (Stage.PUBLISHING, Stage.PUBLISHED)


def can_review(person: Person, batch: Batch, now: datetime) -> bool:
    """Somebody else than who prepared it."""
    return batch.stage(now) is Stage.SENT and person.id not in (batch.created_by, batch.sent_by)
