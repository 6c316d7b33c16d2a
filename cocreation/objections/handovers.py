"""What waits of fates that are not what an institution answered, and who acts next on their batches."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import SECRETARIAT
from cocreation.batches.handovers import RETURNED, TO_SEND
from cocreation.batches.models import Batch, BatchStage, FateDraft, FateObjection
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.objections.queries import IS_OBJECTED


def _to_object(person: Person, now: datetime) -> WaitingRows:
    """Once, before the day is past: see `services`."""
    rows = waits(Batch.reviewed_at).select_from(FateDraft).join(FateDraft.batch)
    own = FateDraft.institution_id.in_(person.scopes(Role.FOCAL_POINT))
    return rows.where(own, FateDraft.overrules, ~IS_OBJECTED, Batch.publishing_at > now, Batch.settled == 0)


def _objected(person: Person, now: datetime) -> WaitingRows:
    rows = waits(FateObjection.objected_at, about=Batch.id).select_from(FateObjection)
    rows = rows.join(FateDraft, FateDraft.idea_id == FateObjection.idea_id).join(FateDraft.batch)
    return rows.where(Batch.publishing_at.is_(None), Batch.sent_at.is_(None))


TO_OBJECT = WaitingKind(
    "objections.to_object",
    (Role.FOCAL_POINT,),
    _l("Fates in your institution’s name that are not what it answered"),
    "manage_objections.index",
    _to_object,
)
OBJECTED = WaitingKind(
    "objections.objected",
    SECRETARIAT,
    _l("Fates to which an institution objects"),
    "manage_batches.batch",
    _objected,
    "batch_id",
)

WAITING = (TO_OBJECT, OBJECTED)
STATES = (
    NextActor(BatchStage.DRAFT, waits=(TO_SEND, RETURNED, OBJECTED)),
    NextActor(BatchStage.PLANNED, waits=(TO_OBJECT,), chore="publishing fates"),
)
