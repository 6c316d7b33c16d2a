"""Many registrations at once that nobody confirms: found, shown to those who run the meeting, taken back as a
whole and given back as a whole.

A network is kept of each registration for a week, as a keyed digest that says nothing but “the same one”, and
for this purpose alone. What was found is judged by people: an association may well register its members from
one room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select, update

from cocreation.accounts.models import Grant, Person, Role
from cocreation.bursts import refusals
from cocreation.bursts.emails import BURST
from cocreation.core import audit, outbox
from cocreation.core.database import found, lock, session
from cocreation.meetings import emails
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places.models.confirmation import Burst
from cocreation.places.models.registration import (
    LIVE,
    EntryChannel,
    Registration,
    RegistrationEvent,
    RegistrationState,
)
from cocreation.places.services import places, terms

MANY, WITHIN = 8, timedelta(minutes=10)  # of one network
SHARE, HOUR = 0.5, timedelta(hours=1)  # of the places, whatever the networks
TIME_TO_CONFIRM = timedelta(minutes=20)  # younger ones tell nothing: at an announcement all come at once
KEPT = timedelta(days=7)  # how long networks are kept
PUBLIC = (EntryChannel.WEB, EntryChannel.DELEGATION)


def chore(now: datetime) -> int:
    """Find what came together, tell those who run the meeting once, forget old networks; how many were found.
    Commits.
    """
    _forget(now)
    count = 0
    for meeting_id, rows in _recent(now).items():
        session.rollback()
        meeting = lock_meeting(meeting_id)
        count += sum([_note(meeting, network, some, now) for network, some in _together(meeting, rows, now)])
        session.commit()
    session.commit()
    return count


def take_back(meeting_id: int, burst_id: int, *, by: int, now: datetime) -> int:
    """Cancel all of a burst that nobody has confirmed, at once; how many. Their addresses are strangers', so
    no mail is sent: their pages say it. Freed places go to those who wait.

    Raises NotFound, NothingToTakeBack, CalledOff, AlreadyOver.
    """
    meeting, burst = _locked(meeting_id, burst_id, now)
    rows = _of(burst, Registration.state.in_(LIVE), Registration.address_confirmed_at.is_(None))
    if not rows:
        raise refusals.NothingToTakeBack
    for row in rows:
        row.state, row.cancelled_at = RegistrationState.CANCELLED, now
        row.answer_by = row.yields_at = row.workshop_id = None
        session.add(RegistrationEvent(registration_id=row.id, at=now, state=row.state, by=by))
    burst.taken_back_at, burst.taken_back_by = now, by
    session.flush()
    places.fill(meeting, now=now, asks=True, most=places.AT_ONCE)
    audit.record("burst taken back", meeting.reference, by=by, now=now, people=len(rows))
    return len(rows)


def give_back(meeting_id: int, burst_id: int, *, by: int, now: datetime) -> int:
    """Undo `take_back`: all of them stand again, unconfirmed, in the order they came, with a place as long as
    there is one; how many. Whoever has registered again meanwhile keeps the later one.

    Raises NotFound, NothingToTakeBack, CalledOff, AlreadyOver.
    """
    meeting, burst = _locked(meeting_id, burst_id, now)
    cancelled = (Registration.state == RegistrationState.CANCELLED, Registration.erased_at.is_(None))
    rows = _of(burst, *cancelled, Registration.cancelled_at == burst.taken_back_at)
    rows = [row for row in rows if not _came_again(meeting, row)]
    if not rows:
        raise refusals.NothingToTakeBack
    occupancy = places.places_of(meeting, now)
    somebody_waits = places.somebody_is_next(meeting, occupancy)
    for row in rows:
        row.state, row.cancelled_at = RegistrationState.WAITING, None
        if row.email and not somebody_waits and occupancy.is_open_to(row.claims):
            occupancy.take(row.claims)
            row.state, row.yields_at = RegistrationState.OFFERED, terms.yields_at(meeting, now)
        session.add(RegistrationEvent(registration_id=row.id, at=now, state=row.state, by=by))
    burst.taken_back_at = burst.taken_back_by = None
    audit.record("burst given back", meeting.reference, by=by, now=now, people=len(rows))
    return len(rows)


class Came(NamedTuple):
    """A registration that came of late."""

    id: int
    meeting_id: int
    network: str | None
    registered_at: datetime
    burst_id: int | None


def _recent(now: datetime) -> dict[int, list[Came]]:
    """What came by a public form of late and is not confirmed, by the meeting, in the order it came."""
    columns = (
        Registration.id,
        Registration.meeting_id,
        Registration.network,
        Registration.registered_at,
        Registration.burst_id,
    )
    rows = session.execute(
        select(*columns)
        .join(Meeting, Meeting.id == Registration.meeting_id)
        .where(
            Registration.registered_at > now - HOUR - TIME_TO_CONFIRM,
            Registration.state.in_(LIVE),
            Registration.address_confirmed_at.is_(None),
            Registration.entry.in_(PUBLIC),
            Meeting.ends_at > now,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Registration.registered_at, Registration.id)
    )
    by_meeting: dict[int, list[Came]] = defaultdict(list)
    for row in map(Came._make, rows):
        by_meeting[row.meeting_id].append(row)
    return {meeting: came for meeting, came in by_meeting.items() if len(came) >= MANY}


def _together(
    meeting: Meeting, rows: Sequence[Came], now: datetime
) -> Iterable[tuple[str | None, list[Came]]]:
    """The bursts among what came: those of each network within minutes, then those of all within the hour."""
    by_network: dict[str, list[Came]] = defaultdict(list)
    for row in rows:
        if row.network:
            by_network[row.network].append(row)
    named: set[int] = set()
    for network, came in by_network.items():
        if close := _close(came):
            named |= {row.id for row in close}
            yield network, close
    slow = [row for row in rows if row.registered_at <= now - TIME_TO_CONFIRM and row.id not in named]
    if len(slow) >= max(MANY, meeting.places * SHARE):
        yield None, slow


def _close(came: Sequence[Came]) -> list[Came]:
    """Those of one network that stand in a row of MANY within WITHIN."""
    close: dict[int, Came] = {}
    for first, last in zip(came, came[MANY - 1 :], strict=False):
        if last.registered_at - first.registered_at <= WITHIN:
            start = came.index(first)
            close |= {row.id: row for row in came[start : start + MANY]}
    return list(close.values())


def _note(meeting: Meeting, network: str | None, came: Sequence[Came], now: datetime) -> bool:
    """Mark what came together as one burst, the one it goes on with if there is one; whether it is new."""
    fresh = [row.id for row in came if row.burst_id is None]
    if not fresh:
        return False
    last, numbers = came[-1].registered_at, {row.burst_id for row in came} - {None}
    same = Burst.network.is_(None) if network is None else Burst.network == network
    bursts = select(Burst).where(Burst.id.in_(numbers), Burst.taken_back_at.is_(None), same)
    burst = session.scalar(bursts.order_by(Burst.id.desc()).limit(1))
    if is_new := burst is None:
        burst = Burst(meeting_id=meeting.id, network=network, began_at=came[0].registered_at, found_at=now)
        session.add(burst)
    burst.last_at = max(last, burst.last_at or last)
    session.flush()
    session.execute(
        update(Registration)
        .where(Registration.id.in_(fresh), Registration.burst_id.is_(None))
        .values(burst_id=burst.id),
        execution_options={"synchronize_session": False},
    )
    if is_new:
        _tell(meeting, burst, len(came))
    return is_new


def _tell(meeting: Meeting, burst: Burst, people: int) -> None:
    """One mail for each burst to those who run the meeting."""
    coordinates = (Grant.role == Role.COORDINATOR) & (Grant.scope_id == meeting.id)
    runners = select(Person).join(Grant, Grant.person_id == Person.id)
    runners = runners.where(or_(Grant.role == Role.SECRETARIAT, coordinates), Person.disabled_at.is_(None))
    for person in session.scalars(runners.distinct().order_by(Person.id)):
        outbox.post(
            BURST,
            to=person.email,
            language=person.language,
            key=f"{BURST.name}:{burst.id}:{person.id}",
            burst=burst.id,
            people=people,
            began_at=burst.began_at.isoformat(),
            **emails.facts(meeting),
        )


def _locked(meeting_id: int, burst_id: int, now: datetime) -> tuple[Meeting, Burst]:
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    bursts = select(Burst).where(Burst.id == burst_id, Burst.meeting_id == meeting.id)
    return meeting, lock(Burst, found(session.scalar(bursts)).id)


def _of(burst: Burst, *conditions: object) -> list[Registration]:
    rows = select(Registration).where(Registration.burst_id == burst.id, *conditions)  # type: ignore[arg-type]
    rows = rows.order_by(Registration.id).execution_options(populate_existing=True)
    return list(session.scalars(rows))


def _came_again(meeting: Meeting, registration: Registration) -> bool:
    """Whether somebody registered since with this address, or with this number alone."""
    email = registration.email
    way = Registration.email == email if email else Registration.phone == registration.phone
    standing = (*LIVE, RegistrationState.DECLINED)
    live = (Registration.meeting_id == meeting.id, Registration.state.in_(standing), way)
    return session.scalar(select(Registration.id).where(*live).limit(1)) is not None


def _forget(now: datetime) -> None:
    """Networks are erased after a week."""
    old = update(Registration).where(
        Registration.network.is_not(None), Registration.registered_at < now - KEPT
    )
    session.execute(old.values(network=None), execution_options={"synchronize_session": False})
    passed = update(Burst).where(Burst.network != "", Burst.last_at < now - KEPT)
    session.execute(passed.values(network=""), execution_options={"synchronize_session": False})
    session.commit()
