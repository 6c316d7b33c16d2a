"""Who joins which workshop: the first wish with a seat left, in the order people came.

A workshop has the seats it says, else those of its room, else as many as come. Who was put into a workshop by
hand stays there. All of it under the lock of the meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from cocreation.core import audit
from cocreation.core.database import found, lock, session
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.models.meeting import Meeting, Room, Workshop
from cocreation.places import emails, refusals
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.registration import TAKEN, Registration, RegistrationEvent, RegistrationState

CHUNK = 5000  # ids in one statement


@dataclass
class Seats:
    """The seats of one workshop: how many there are, None for no limit, and how many are given."""

    seats: int | None
    given: int

    @property
    def has_one(self) -> bool:
        return self.seats is None or self.given < self.seats


def seats_of(meeting_id: int) -> dict[int, Seats]:
    """How the seats of each workshop of a meeting stand, by the id of the workshop; one statement."""
    joins = and_(Registration.workshop_id == Workshop.id, Registration.state.in_(TAKEN))
    seats = func.coalesce(Workshop.seats, Room.seats)
    rows = session.execute(
        select(Workshop.id, seats, func.count(Registration.id))
        .join_from(Workshop, Room, isouter=True)
        .join(Registration, joins, isouter=True)
        .where(Workshop.meeting_id == meeting_id)
        .group_by(Workshop.id, seats)
    )
    return {workshop: Seats(most, given) for workshop, most, given in rows}


def give(meeting: Meeting, people: Sequence[int], *, now: datetime) -> None:
    """Give each of `people` (ids of flushed, confirmed registrations, in the order they came) the first
    workshop they wish that has a seat left, with its line in their history. Nobody is told here.
    """
    wishes = _wishes(people)
    if not wishes:
        return
    seats = seats_of(meeting.id)
    given: dict[int, int | None] = {}
    for registration in people:
        choice = _first(wishes.get(registration, []), seats)
        if choice is not None:
            given[registration] = choice
    _write(given, now)


def allocate_anew(meeting_id: int, *, by: int, now: datetime) -> tuple[int, int]:
    """Give all confirmed people with wishes their workshops once more, in the order they came; those put into
    one by hand keep it. How many have another one now, and how many of them are told, also when no seat is
    left: those with an address.

    Raises NotFound, CalledOff, AlreadyOver.
    """
    meeting = _open(meeting_id, now)
    confirmed = select(Registration.id, Registration.workshop_id).where(
        Registration.meeting_id == meeting.id, Registration.state == RegistrationState.CONFIRMED
    )
    rows = session.execute(confirmed.order_by(Registration.queued_at, Registration.id)).all()
    before = {row.id: row.workshop_id for row in rows}
    wishes, by_hand, seats = _wishes(list(before)), _put_by_hand(meeting.id), seats_of(meeting.id)
    movable = [number for number in before if number in wishes and number not in by_hand]
    for number in movable:
        if before[number]:
            seats[before[number]].given -= 1
    choices = {number: _first(wishes[number], seats) for number in movable}
    changed = {
        registration_id: choice
        for registration_id, choice in choices.items()
        if choice != before[registration_id]
    }
    _write(changed, now)
    told = _tell(meeting, changed, now)
    audit.record("workshops allocated", meeting.reference, by=by, now=now, changed=len(changed))
    return len(changed), told


def put_into(
    meeting_id: int, number: int, workshop_id: int | None, reason: str, *, by: int, now: datetime
) -> Registration:
    """Put the confirmed person with this id into a workshop, or into none, by hand; they are told, with the
    reason, which may be empty. The organisers may go above its seats: they see the room.

    Raises NotFound, NoSuchWorkshop, NotInThatState, CalledOff, AlreadyOver.
    """
    meeting = _open(meeting_id, now)
    registrations = select(Registration).where(
        Registration.id == number, Registration.meeting_id == meeting.id
    )
    registration = lock(Registration, found(session.scalar(registrations)).id)
    if registration.state != RegistrationState.CONFIRMED:
        raise refusals.NotInThatState(state=registration.state.label)
    if workshop_id and workshop_id not in seats_of(meeting.id):
        raise meetings_refusals.NoSuchWorkshop
    registration.workshop_id = workshop_id
    _note({registration.id: workshop_id}, now, by=by, reason=reason.strip() or None)
    session.flush()
    _tell(meeting, {registration.id: workshop_id}, now, reason=reason.strip())
    audit.record("workshop given", meeting.reference, by=by, now=now)
    return registration


def reconsider(meeting: Meeting, registration: Registration, *, now: datetime) -> None:
    """After a confirmed person of a locked meeting changed their wishes (flushed): the first of them that has
    a seat, theirs counted; what they have is kept when there is none.
    """
    wishes = _wishes([registration.id]).get(registration.id, [])
    seats = seats_of(meeting.id)
    if registration.workshop_id:
        seats[registration.workshop_id].given -= 1
    choice = _first(wishes, seats)
    if choice is not None and choice != registration.workshop_id:
        registration.workshop_id = choice
        _note({registration.id: choice}, now)


def _first(wishes: Sequence[int], seats: dict[int, Seats]) -> int | None:
    """The first workshop of `wishes` with a seat left, which is then taken."""
    choice = next((number for number in wishes if number in seats and seats[number].has_one), None)
    if choice is not None:
        seats[choice].given += 1
    return choice


def _wishes(people: Sequence[int]) -> dict[int, list[int]]:
    """The workshops each of `people` who said one wishes, in their order."""
    wishes: dict[int, list[int]] = {}
    for start in range(0, len(people), CHUNK):
        some = WorkshopWish.registration_id.in_(people[start : start + CHUNK])
        rows = select(WorkshopWish.registration_id, WorkshopWish.workshop_id).where(some)
        for registration_id, workshop in session.execute(
            rows.order_by(WorkshopWish.registration_id, WorkshopWish.rank)
        ):
            wishes.setdefault(registration_id, []).append(workshop)
    return wishes


def _put_by_hand(meeting_id: int) -> set[int]:
    """The ids of those whom the organisers put into a workshop themselves, and who are still in one."""
    moves = (
        select(RegistrationEvent.registration_id)
        .join(Registration, Registration.id == RegistrationEvent.registration_id)
        .where(Registration.meeting_id == meeting_id, Registration.workshop_id.is_not(None))
        .where(RegistrationEvent.by.is_not(None), RegistrationEvent.workshop_id == Registration.workshop_id)
    )
    return set(session.scalars(moves))


def _write(given: dict[int, int | None], now: datetime) -> None:
    if not given:
        return
    session.execute(
        update(Registration),
        [{"id": registration_id, "workshop_id": workshop} for registration_id, workshop in given.items()],
    )
    for row in session:  # a statement for many leaves the rows in hand as they were read
        if isinstance(row, Registration) and row.id in given:
            set_committed_value(row, "workshop_id", given[row.id])
    _note({registration_id: workshop for registration_id, workshop in given.items() if workshop}, now)


def _note(
    given: dict[int, int | None], now: datetime, *, by: int | None = None, reason: str | None = None
) -> None:
    moves = [
        {
            "registration_id": registration_id,
            "at": now,
            "state": RegistrationState.CONFIRMED,
            "workshop_id": workshop,
            "by": by,
            "reason": reason,
        }
        for registration_id, workshop in given.items()
    ]
    if moves:
        session.execute(insert(RegistrationEvent), moves)


def _tell(meeting: Meeting, given: dict[int, int | None], now: datetime, reason: str = "") -> int:
    """Tell each of their workshop, with their line in the history where no seat was left; how many mails."""
    titles = {workshop.id: workshop.theme for workshop in _workshops(meeting)}
    ids, told = list(given), 0
    for start in range(0, len(ids), CHUNK):
        some = select(Registration).where(Registration.id.in_(ids[start : start + CHUNK]))
        people = session.scalars(some.execution_options(populate_existing=True)).all()
        told += emails.tell_of_workshop(people, meeting, titles, now=now, reason=reason)
        without = [registration for registration in people if given[registration.id] is None and not reason]
        for registration in without:
            with i18n.speaking(registration.language):
                _note(
                    {registration.id: None}, now, reason=_("No seat is left in the workshops you wished for.")
                )
    return told


def _workshops(meeting: Meeting) -> Sequence[Workshop]:
    return session.scalars(select(Workshop).where(Workshop.meeting_id == meeting.id)).all()


def _open(meeting_id: int, now: datetime) -> Meeting:
    meeting = lock(Meeting, meeting_id)
    if meeting.is_cancelled:
        raise meetings_refusals.CalledOff
    if meeting.is_over(now):
        raise meetings_refusals.AlreadyOver
    return meeting
