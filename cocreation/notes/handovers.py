"""Whom a note waits for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_, true

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.notes.models import Note
from cocreation.study.models import Referral
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import is_whose


def _to_read(person: Person, now: datetime) -> WaitingRows:
    """Those addressed to the person, to an institution they speak for, or to the secretariat they are of; and
    of an idea that they can still open.
    """
    rows = waits(Note.written_at, about=Idea.reference).join(Note.idea)
    to_all = Note.to_id.is_(None)
    own = [Note.to_id == person.id, to_all & Note.for_id.in_(person.scopes(Role.FOCAL_POINT))]
    if person.runs_everything:
        own.append(to_all & Note.for_id.is_(None) & Note.from_id.is_not(None))
    studied = exists().where(Referral.idea_id == Note.idea_id, is_whose(bundle_of(person)))
    opens = true() if person.runs_everything else studied
    return rows.where(Note.resolved_at.is_(None), Note.waits, or_(*own), opens)


TO_READ = WaitingKind(
    "notes.to_read",
    (*SECRETARIAT, *holders(Duty.STUDY)),
    _l("Notes of colleagues to you, not settled yet"),
    "manage_notes.show",
    _to_read,
    "reference",
)
WAITING = (TO_READ,)
