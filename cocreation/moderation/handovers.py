"""What waits for moderation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.moderation.models import Hiding, Report
from cocreation.moderation.queries import AWAITS_DECISION


def _reported(person: Person, now: datetime) -> WaitingRows:
    """One row for each idea, by its oldest report."""
    return waits(func.min(Report.made_at)).where(Report.decided_at.is_(None)).group_by(Report.idea_id)


def _contested(person: Person, now: datetime) -> WaitingRows:
    """Somebody else than who hid the words decides."""
    return waits(Hiding.contested_at).where(*AWAITS_DECISION, Hiding.hidden_by != person.id)


REPORTED = WaitingKind(
    "moderation.reported", SECRETARIAT, _l("Reported ideas"), "manage_moderation.index", _reported
)
CONTESTED = WaitingKind(
    "moderation.contested",
    SECRETARIAT,
    _l("Hidden ideas whose author contests it"),
    "manage_moderation.index",
    _contested,
)

WAITING = (REPORTED, CONTESTED)
