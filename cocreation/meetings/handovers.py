"""Whose meetings somebody waits at: what the rooms of a meeting narrow what waits by."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import WaitingRows
from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.meetings.models.meeting import Meeting

RUNNERS = (*SECRETARIAT, *holders(Duty.MEETINGS))


def at_own(person: Person, rows: WaitingRows) -> WaitingRows:
    """Of rows joined with their meetings, those at the meetings a person runs that were not called off."""
    rows = rows.where(Meeting.cancelled_at.is_(None))
    return rows if person.runs_everything else rows.where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))


def at_own_to_come(person: Person, rows: WaitingRows, now: datetime) -> WaitingRows:
    """The same, of meetings that are not over."""
    return at_own(person, rows).where(Meeting.ends_at > now)
