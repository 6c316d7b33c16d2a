"""What a door reads: whom it may expect, whom it finds, how many are there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from cocreation.core.clock import day_of, moment_in_morocco
from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.core.secrets import read_receipt
from cocreation.languages.i18n import ZONE
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import EXPECTED, Registration, RegistrationState
from cocreation.text.spelling import fold

FEWEST_LETTERS = 3
MOST_FOUND = 20


@dataclass(frozen=True)
class Presence:
    """How many people have a place or come by an invitation, and how many of them have arrived."""

    expected: int
    present: int
    invited: int


def presence(meeting: Meeting) -> Presence:
    expected = (Registration.meeting_id == meeting.id, Registration.state.in_(EXPECTED))
    invited = func.count(case((Registration.state == RegistrationState.INVITED, 1)))
    counted = select(func.count(), func.count(Registration.present_at), invited).where(*expected)
    return Presence(*session.execute(counted).one())


def find(meeting: Meeting, typed: str) -> list[Registration]:
    """Whom a door finds by letters of a name, by a receipt, or by the address that a QR code holds."""
    people = _registrations_of(meeting)
    if receipt := read_receipt(typed.rstrip("/").rpartition("/")[2]):
        people = people.where(Registration.receipt == receipt)
    elif len(fold(typed).replace(" ", "")) >= FEWEST_LETTERS:
        for word in fold(typed).split():
            people = people.where(Registration.folded.contains(word, autoescape=True))
    else:
        return []
    people = people.options(joinedload(Registration.workshop))
    return list(session.scalars(people.order_by(Registration.folded, Registration.id).limit(MOST_FOUND)))


def latest(meeting: Meeting, size: int = 8) -> list[Registration]:
    """Those who arrived last, so that a mistake can be undone."""
    arrived = _registrations_of(meeting).where(Registration.present_at.is_not(None))
    ordered = arrived.order_by(Registration.present_at.desc(), Registration.id.desc())
    return list(session.scalars(ordered.options(joinedload(Registration.workshop)).limit(size)))


def list_for_device(meeting: Meeting) -> list[dict[str, object]]:
    """What a device keeps of each registration for the day: no address, no number of a telephone, and of
    the receipt only what recognises it.
    """
    columns = (
        Registration.id,
        Registration.name,
        Registration.state,
        Registration.workshop_id,
        Registration.receipt,
        Registration.present_at,
        Registration.association,
    )
    rows = session.execute(
        _registrations_of(meeting).with_only_columns(*columns).order_by(Registration.folded)
    )
    return [
        {
            "number": number,
            "name": name,
            "state": state.value,
            "workshop": workshop_id,
            "code": badge_code(receipt),
            "at": present_at.isoformat() if present_at else None,
            "about": association if state == RegistrationState.INVITED else None,
        }
        for number, name, state, workshop_id, receipt, present_at, association in rows
    ]


def badge_code(receipt: str) -> str:
    """What a badge shows of a receipt: enough to recognise it (80 bits), nothing that opens its page."""
    return hashlib.sha256(receipt.encode()).hexdigest()[:20]


def kept_until(meeting: Meeting) -> datetime:
    """The end of the meeting's last day in Morocco: what a device keeps goes then."""
    day = day_of(meeting.ends_at) + timedelta(days=1)
    return moment_in_morocco(datetime(day.year, day.month, day.day))  # noqa: DTZ001 — typed in Morocco


def kept_from(meeting: Meeting) -> datetime:
    """From the day before on a device may keep the list."""
    day = day_of(meeting.starts_at) - timedelta(days=1)
    return moment_in_morocco(datetime(day.year, day.month, day.day))  # noqa: DTZ001 — typed in Morocco


def minutes_from_utc(meeting: Meeting) -> int:
    """How far the clocks of Morocco are from UTC on the day: devices may know other rules than we do."""
    return int((meeting.starts_at.astimezone(ZONE).utcoffset() or timedelta()).total_seconds() // 60)


def attendance(meeting: Meeting, workshop_id: int | None, cursor: str | None = None) -> Page[Registration]:
    """Whom the door expects in the order of the printed sheet, one workshop's or everyone."""
    people = _registrations_of(meeting).where(Registration.state.in_(EXPECTED))
    if workshop_id is not None:
        people = people.where(Registration.workshop_id == workshop_id)
    people = people.options(joinedload(Registration.workshop))
    return page(people, Registration.folded, Registration.id, cursor=cursor, size=50, descending=False)


def expected(meeting: Meeting, workshop_id: int | None = None) -> Sequence[Registration]:
    """Everyone who has a place or comes by an invitation, in the order of the printed sheet."""
    people = _registrations_of(meeting).where(Registration.state.in_(EXPECTED))
    if workshop_id is not None:
        people = people.where(Registration.workshop_id == workshop_id)
    return session.scalars(people.order_by(Registration.folded, Registration.id)).all()


def _registrations_of(meeting: Meeting) -> Select[Registration]:
    """The registrations of a meeting that still have a name, and stand for somebody."""
    stands = (Registration.erased_at.is_(None), Registration.state != RegistrationState.REPEATED)
    return select(Registration).where(Registration.meeting_id == meeting.id, *stands)
