"""What waits of the mails: those that did not arrive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person, Role
from cocreation.core.outbox import FAILED, Mail
from cocreation.core.undelivered import of_meetings
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS
from cocreation.meetings.models.meeting import Meeting


def _not_arrived(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Mail.failed_at).where(FAILED)
    if person.runs_everything:
        return rows
    own = select(Meeting.reference).where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))
    return rows.where(of_meetings(own))


NOT_ARRIVED = WaitingKind(
    "mails.not_arrived", RUNNERS, _l("Mails that did not arrive"), "manage_mails.index", _not_arrived
)

WAITING = (NOT_ARRIVED,)
