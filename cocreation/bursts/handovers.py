"""What waits of those who register: many at once whom nobody has confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.bursts.queries import JUDGED
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS, at_own_to_come
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.confirmation import Burst
from cocreation.places.models.registration import LIVE, Registration


def _to_judge(person: Person, now: datetime) -> WaitingRows:
    """What `queries.to_judge` shows."""
    pending = Registration.state.in_(LIVE) & Registration.address_confirmed_at.is_(None)
    rows = waits(Burst.began_at, about=Meeting.reference).join(Meeting, Meeting.id == Burst.meeting_id)
    return at_own_to_come(person, rows, now).where(
        Burst.taken_back_at.is_(None),
        Burst.last_at > now - JUDGED,
        exists().where(Registration.burst_id == Burst.id, pending),
    )


BURSTS = WaitingKind(
    "participants.bursts",
    RUNNERS,
    _l("Many registrations at once, not confirmed"),
    "manage_participants.participants",
    _to_judge,
    "reference",
)

WAITING = (BURSTS,)
