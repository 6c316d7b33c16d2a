"""The day itself: who arrived, noted at several doors at once, afterwards from paper, or as they walk in.

Every door writes what it saw (`Arrival`, whose id its device made), however late it sends it; somebody is
present since the earliest of those that stand. All of it under the lock of the meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from cocreation.attendance import refusals
from cocreation.attendance.models import Arrival, ArrivalMethod
from cocreation.core import audit, offline
from cocreation.core.clock import day_of
from cocreation.core.contacts import phone_number
from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.errors import NotFound
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting
from cocreation.places.models.registration import (
    EXPECTED,
    LIVE,
    TAKEN,
    EntryChannel,
    Registration,
    RegistrationState,
)
from cocreation.places.services import places
from cocreation.registration.services.answers import Participant
from cocreation.registration.services.registrations import add, check_workshops
from cocreation.text.markup import isolate_text

# Nobody arrives earlier than this before the meeting begins: the clock of that device is wrong.
EARLIEST = timedelta(hours=12)


@dataclass(frozen=True)
class Seen:
    """Somebody seen at a door: by the number of their registration, or by the receipt they showed.

    `id` is made by the device. `seat_found`: the organisers let in somebody who only waits for a place.
    """

    id: str
    at: datetime
    method: ArrivalMethod
    number: int | None = None
    receipt: str | None = None
    seat_found: bool = False


class ArrivalAnswer(Named):
    """What became of one entry of a door."""

    NOTED = "noted", _l("arrival noted")
    ALREADY = "already", _l("already noted")
    NO_PLACE = "no_place", _l("has no place")
    CANCELLED = "cancelled", _l("registration cancelled")
    UNKNOWN = "unknown", _l("not registered")
    UNDONE = "undone", _l("arrival undone")
    REFUSED = "refused", _l("not possible")


@dataclass(frozen=True)
class ArrivalOutcome:
    """The answer to one entry; with whom it was about and since when they are there, where that is known.

    `elsewhere`: it was another door that had noted them.
    """

    id: str
    answer: ArrivalAnswer
    registration: Registration | None = None
    at: datetime | None = None
    elsewhere: bool = False


def note_arrivals(
    meeting_id: int, seen: Sequence[Seen], *, device: str, by: int | None, now: datetime
) -> list[ArrivalOutcome]:
    """Note all that a door saw and answer for each, in its order. What was sent before is noted once.

    Who has a place, or is offered one, has arrived; who waits comes in when a seat was found.
    Raises NotFound, NotAnnounced, CalledOff, NotTheDay.
    """
    meeting = _on_the_day(meeting_id, now)
    noted = {row.id: row for row in _arrivals(Arrival.id.in_([sighting.id for sighting in seen]))}
    people = _people_seen(meeting, seen, noted.values())
    standing: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in _arrivals(Arrival.registration_id.in_(people), Arrival.undone_at.is_(None)):
        standing[arrival.registration_id].append(arrival)
    by_receipt = {person.receipt: person for person in people.values()}
    outcomes = []
    for sighting in seen:
        before = noted.get(sighting.id)
        number = before.registration_id if before else sighting.number
        registration = by_receipt.get(sighting.receipt or "") or people.get(number or 0)
        if registration is None or registration.erased_at:
            outcomes.append(ArrivalOutcome(sighting.id, ArrivalAnswer.UNKNOWN))
            continue
        # What is sent again is answered as it was the first time: arrivals noted since then do not count.
        others = [
            other
            for other in standing[registration.id]
            if other.id != sighting.id and (before is None or other.received_at < before.received_at)
        ]
        if before is None:
            if stands_in_the_way := _let_in(registration, sighting.seat_found, by, now):
                outcomes.append(ArrivalOutcome(sighting.id, stands_in_the_way, registration))
                continue
            noted[sighting.id] = _note(meeting, registration, sighting, device, by, now)
            standing[registration.id].append(noted[sighting.id])
            registration.present_at = min(other.at for other in standing[registration.id])
        first = min(others, key=lambda other: other.at, default=None)
        answer = ArrivalAnswer.ALREADY if first else ArrivalAnswer.NOTED
        elsewhere = first is not None and first.device != device
        at = first.at if first else registration.present_at
        outcomes.append(ArrivalOutcome(sighting.id, answer, registration, at, elsewhere))
    return outcomes


def undo_arrival(
    meeting_id: int, number: int, *, until: datetime, by: int | None, now: datetime
) -> Registration:
    """Take back that somebody arrived, as it was noted `until` then; once more changes nothing.

    Raises NotFound, NotAnnounced, CalledOff, NotTheDay.
    """
    meeting = _on_the_day(meeting_id, now)
    registration = _people(meeting, [number]).get(number)
    if registration is None:
        raise NotFound
    _undo([registration], until, now)
    audit.record("arrival undone", meeting.reference, by=by, now=now)
    return registration


def walk_in(
    meeting_id: int,
    participant: Participant,
    arrival: Seen,
    *,
    device: str,
    by: int | None,
    now: datetime,
) -> Registration:
    """Register somebody who walks in, confirmed and present at once; above the places only when a seat was
    found. The same `arrival` again gives the registration of the first time.

    Raises NotFound, NotAnnounced, CalledOff, NotTheDay, NoSuchWorkshop, ComesAlready, NoSeat.
    """
    meeting = _on_the_day(meeting_id, now)
    once = f"door {arrival.id}"
    earlier = session.scalar(select(Registration).where(Registration.once == once))
    if earlier is not None:
        return earlier
    check_workshops(meeting, participant)
    _check_not_coming(meeting, participant.phone)
    if not arrival.seat_found and places.count_in(meeting, *TAKEN) >= meeting.places:
        raise refusals.NoSeat
    details = {"entry": EntryChannel.WALK_IN, "entered_by": by}
    registration = add(meeting, participant, once=once, now=now, confirmed=True, **details)
    session.flush()
    places.note(registration, now=now, by=by)
    registration.present_at = _note(meeting, registration, arrival, device, by, now).at
    audit.record("walk-in entered", meeting.reference, by=by, now=now)
    return registration


def note_from_paper(
    meeting_id: int, came: Collection[int], did_not: Collection[int], *, by: int | None, now: datetime
) -> int:
    """What the attendance sheet says of those on it, by number: who came, and whose arrival was noted
    by mistake. Who is already present stays so since then. How many arrivals were noted or taken back.

    Raises NotFound, NotAnnounced, CalledOff, NotTheDay.
    """
    meeting = _on_the_day(meeting_id, now)
    people = _people(meeting, (*came, *did_not))
    listed = [person for person in people.values() if person.state in EXPECTED]
    arrived = [person for person in listed if person.id in came and not person.present_at]
    for person in arrived:
        paper = Seen(str(uuid4()), meeting.starts_at, ArrivalMethod.PAPER)
        person.present_at = _note(meeting, person, paper, "paper", by, now).at
    gone = [person for person in listed if person.id in did_not and person.present_at]
    _undo(gone, now, now)
    if arrived or gone:
        details = {"came": len(arrived), "undone": len(gone)}
        audit.record("attendance entered", meeting.reference, by=by, now=now, **details)
    return len(arrived) + len(gone)


def _on_the_day(meeting_id: int, now: datetime) -> Meeting:
    """The meeting, locked, from its day on and ever after: doors send late, and paper is later still."""
    meeting = lock_meeting(meeting_id, selectinload(Meeting.workshops))
    if not meeting.is_announced:
        raise meetings_refusals.NotAnnounced
    if meeting.is_cancelled:
        raise meetings_refusals.CalledOff
    if day_of(now) < day_of(meeting.starts_at):
        raise refusals.NotTheDay(day=day_of(meeting.starts_at))
    return meeting


def _people_seen(meeting: Meeting, seen: Iterable[Seen], noted: Iterable[Arrival]) -> dict[int, Registration]:
    """The registrations of those a door saw, also as it was noted before, by number."""
    numbers = {arrival.registration_id for arrival in noted}
    numbers |= {sighting.number for sighting in seen if sighting.number}
    return _people(meeting, numbers, {sighting.receipt for sighting in seen if sighting.receipt})


def _people(
    meeting: Meeting, numbers: Collection[int], receipts: Collection[str] = ()
) -> dict[int, Registration]:
    """The registrations of this meeting that are asked for, fresh, by number."""
    asked = or_(Registration.id.in_(numbers), Registration.receipt.in_(receipts))
    standing = Registration.state != RegistrationState.REPEATED
    chosen = select(Registration).where(Registration.meeting_id == meeting.id, standing, asked)
    rows = session.scalars(chosen.execution_options(populate_existing=True))
    return {registration.id: registration for registration in rows}


def _arrivals(*conditions: ColumnElement[bool]) -> Iterable[Arrival]:
    return session.scalars(select(Arrival).where(*conditions).execution_options(populate_existing=True))


def _let_in(
    registration: Registration, seat_found: bool, by: int | None, now: datetime
) -> ArrivalAnswer | None:
    """Confirm who comes and has no place yet: who is offered one takes it by coming, who waits takes the seat
    that was found. What keeps somebody from having arrived, if anything does.
    """
    state = registration.state
    if state in EXPECTED:
        return None
    if state == RegistrationState.OFFERED or (state == RegistrationState.WAITING and seat_found):
        registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, now
        registration.answer_by = registration.yields_at = None
        places.note(registration, now=now, by=by)
        return None
    gone = (RegistrationState.CANCELLED, RegistrationState.DECLINED)
    return ArrivalAnswer.CANCELLED if state in gone else ArrivalAnswer.NO_PLACE


def _note(
    meeting: Meeting, registration: Registration, seen: Seen, device: str, by: int | None, now: datetime
) -> Arrival:
    arrival = Arrival(
        id=seen.id,
        registration_id=registration.id,
        at=offline.believe(seen.at, since=meeting.starts_at - EARLIEST, now=now),
        received_at=now,
        device=device,
        method=seen.method,
        by=by,
    )
    session.add(arrival)
    return arrival


def _undo(people: Sequence[Registration], until: datetime, now: datetime) -> None:
    """Take back the arrivals of `people` noted until then; what another door noted later stands."""
    rest: dict[int, list[datetime]] = defaultdict(list)
    of_them = Arrival.registration_id.in_([person.id for person in people])
    for arrival in _arrivals(of_them, Arrival.undone_at.is_(None)):
        if arrival.at <= until:
            arrival.undone_at = now
        else:
            rest[arrival.registration_id].append(arrival.at)
    for person in people:
        person.present_at = min(rest[person.id], default=None)


def _check_not_coming(meeting: Meeting, typed: str | None) -> None:
    if not typed:
        return
    same = (Registration.meeting_id == meeting.id, Registration.phone == phone_number(typed))
    live = Registration.state.in_((*LIVE, RegistrationState.DECLINED))
    name = session.scalar(select(Registration.name).where(*same, live))
    if name is not None:
        raise refusals.ComesAlready(name=isolate_text(name))
