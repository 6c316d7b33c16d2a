"""Places kept for some people until a day, with the reason everyone reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, session
from cocreation.meetings.models.meeting import Meeting, Quota, QuotaKind
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places import refusals
from cocreation.places.services import places


@dataclass(frozen=True)
class KeptPlaces:
    """For whom how many places are kept, why, and from which day on they are everyone's."""

    kind: QuotaKind
    places: int
    reason: Translated
    release_on: date


def keep_places(meeting_id: int, kept: KeptPlaces, *, by: int, now: datetime) -> Quota:
    """Keep places for some. Who has a place keeps it; of the free ones as many are kept as there are.

    Raises NotFound, QuotaThere, QuotasAbovePlaces, ReleasedTooLate, CalledOff, AlreadyOver.
    """
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    _check(meeting, kept, None)
    quota = Quota(meeting_id=meeting.id)
    _write(quota, kept)
    session.add(quota)
    session.flush()
    audit.record("places kept", meeting.reference, by=by, now=now, kind=kept.kind.value, places=kept.places)
    return quota


def change_kept(meeting_id: int, quota_id: int, kept: KeptPlaces, *, by: int, now: datetime) -> Quota:
    """Change what is kept; places that are kept no more are offered to those who wait. Raises the same."""
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    quota = get_quota(meeting.id, quota_id)
    _check(meeting, kept, quota)
    _write(quota, kept)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    audit.record("places kept", meeting.reference, by=by, now=now, kind=kept.kind.value, places=kept.places)
    return quota


def release(meeting_id: int, quota_id: int, *, by: int, now: datetime) -> None:
    """Keep these places no more: they are offered to those who wait.

    Raises NotFound, CalledOff, AlreadyOver.
    """
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    quota = get_quota(meeting.id, quota_id)
    session.delete(quota)
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    audit.record("places released", meeting.reference, by=by, now=now, kind=quota.kind.value)


def get_quota(meeting_id: int, quota_id: int) -> Quota:
    """A quota of this meeting. Raises NotFound."""
    return found(session.scalar(select(Quota).where(Quota.id == quota_id, Quota.meeting_id == meeting_id)))


def _check(meeting: Meeting, kept: KeptPlaces, own: Quota | None) -> None:
    others = [Quota.meeting_id == meeting.id]
    if own is not None:
        others.append(Quota.id != own.id)
    if session.scalar(select(Quota.id).where(*others, Quota.kind == kept.kind)):
        raise refusals.QuotaThere
    total = kept.places + (session.scalar(select(func.sum(Quota.places)).where(*others)) or 0)
    if total > meeting.places:
        raise refusals.QuotasAbovePlaces(kept=total, places=meeting.places)
    if kept.release_on > day_of(meeting.starts_at):
        raise refusals.ReleasedTooLate


def _write(quota: Quota, kept: KeptPlaces) -> None:
    quota.kind, quota.places = kept.kind, kept.places
    quota.reason, quota.release_on = kept.reason, kept.release_on
