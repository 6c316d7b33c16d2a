"""Appeals that wait for their answer, and who may give it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.batches.emails import FATES
from cocreation.batches.handovers import READERS
from cocreation.batches.models import Batch, FateDraft
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import IdeaState
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.reasons.models import Fate
from cocreation.screening.models import Reading, Screening
from cocreation.study.models import Referral


def _to_hear(person: Person, now: datetime) -> WaitingRows:
    """Not for whom `queries.first_deciders` names: somebody else answers."""
    draft = FateDraft.idea_id == Appeal.idea_id
    refused = draft & (FateDraft.fate == Fate.NOT_ACCEPTED)
    published = exists().where(draft, Batch.id == FateDraft.batch_id, Batch.published_by == person.id)
    answered = exists().where(Referral.idea_id == Appeal.idea_id, Referral.answered_by == person.id)
    screened = exists().where(refused, Screening.idea_id == Appeal.idea_id, Screening.decided_by == person.id)
    read = exists().where(refused, Reading.idea_id == Appeal.idea_id, Reading.reader_id == person.id)
    rows = waits(Appeal.filed_at).where(Appeal.outcome.is_(None))
    return rows.where(~or_(published, answered, screened, read))


TO_HEAR = WaitingKind("appeals.to_hear", READERS, _l("Appeals to answer"), "manage_appeals.index", _to_hear)

WAITING = (TO_HEAR,)
STATES = (NextActor(IdeaState.PUBLISHED, waits=(TO_HEAR,), told=(FATES,)),)
