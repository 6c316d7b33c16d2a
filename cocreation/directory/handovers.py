"""What waits in the directory, and who acts next on a declaration."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.directory.emails import REFUSED
from cocreation.directory.models import Association, AssociationState
from cocreation.directory.queries import STANDS
from cocreation.languages.i18n import lazy_gettext as _l


def _to_verify(person: Person, now: datetime) -> WaitingRows:
    return waits(Association.declared_at).where(STANDS[AssociationState.WAITING])


TO_VERIFY = WaitingKind(
    "directory.to_verify",
    SECRETARIAT,
    _l("Associations to verify"),
    "manage_directory.associations",
    _to_verify,
)

WAITING = (TO_VERIFY,)
STATES = (
    NextActor(AssociationState.WAITING, waits=(TO_VERIFY,)),
    NextActor(AssociationState.VERIFIED, nobody="it is listed"),
    NextActor(AssociationState.REFUSED, told=(REFUSED,)),
)
