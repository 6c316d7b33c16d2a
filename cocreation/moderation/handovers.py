"""What waits for moderation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.moderation.models import CommentHiding, CommentReport, Hiding, Report
from cocreation.moderation.queries import comments
from cocreation.moderation.queries.ideas import AWAITS_DECISION


def _reported(person: Person, now: datetime) -> WaitingRows:
    """One row for each idea, by its oldest report."""
    return waits(func.min(Report.made_at)).where(Report.decided_at.is_(None)).group_by(Report.idea_id)


def _contested(person: Person, now: datetime) -> WaitingRows:
    """Somebody else than who hid the words decides."""
    return waits(Hiding.contested_at).where(*AWAITS_DECISION, Hiding.hidden_by != person.id)


def _comments_reported(person: Person, now: datetime) -> WaitingRows:
    """One row for each comment, by its oldest report."""
    rows = waits(func.min(CommentReport.made_at)).where(CommentReport.decided_at.is_(None))
    return rows.group_by(CommentReport.comment_id)


def _comments_contested(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CommentHiding.contested_at).where(*comments.AWAITS_DECISION)
    return rows.where(CommentHiding.hidden_by != person.id)


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

COMMENTS_REPORTED = WaitingKind(
    "moderation.comments_reported",
    SECRETARIAT,
    _l("Reported comments"),
    "manage_moderation.comments",
    _comments_reported,
)
COMMENTS_CONTESTED = WaitingKind(
    "moderation.comments_contested",
    SECRETARIAT,
    _l("Hidden comments whose author contests it"),
    "manage_moderation.comments",
    _comments_contested,
)

WAITING = (REPORTED, CONTESTED, COMMENTS_REPORTED, COMMENTS_CONTESTED)
