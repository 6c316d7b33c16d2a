"""What waits of the workshops: outputs that were written down and not published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS, at_own
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.workshops.models import OutputLine


def _to_publish(person: Person, now: datetime) -> WaitingRows:
    """Those of meetings that are over. To publish them is on the checklist of who runs the meeting."""
    rows = waits(Meeting.ends_at).select_from(Workshop).join(Workshop.meeting)
    written = exists().where(OutputLine.workshop_id == Workshop.id)
    return at_own(person, rows).where(written, Workshop.published_at.is_(None), Meeting.ends_at <= now)


TO_PUBLISH = WaitingKind(
    "workshops.to_publish",
    RUNNERS,
    _l("Workshops whose outputs are not published"),
    "manage_workshops.index",
    _to_publish,
)

WAITING = (TO_PUBLISH,)
