"""The day itself: who arrived at which door, who was noted from paper, who walked in, who did not come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from cocreation.attendance import services as attendance_services
from cocreation.attendance.models import ArrivalMethod
from cocreation.attendance.services import Seen
from cocreation.core.database import session
from cocreation.demonstration.content import at, load, spread
from cocreation.demonstration.people import Crowd, address
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationState

DOORS = ("door-1", "door-2")


def hold(crowd: Crowd, day: date, registered: int, *, by: int) -> None:
    """A day that is over: two doors, a sheet of paper, and some who come without being registered."""
    meeting, said = crowd.meeting, load("days")[crowd.meeting.reference]
    absent, on_paper = _numbers(meeting, said["absent"]), _numbers(meeting, said["on_paper"])
    mistaken = _numbers(meeting, said.get("mistaken", []))
    people = [
        registration_id
        for registration_id in _confirmed(meeting)
        if registration_id not in (absent | on_paper) - mistaken
    ]
    _open_doors(meeting, day, people, by=by)
    for number in mistaken:
        until = at(day, 12)
        attendance_services.undo_arrival(meeting.id, number, until=until, by=by, now=until)
    for n in range(said["walk_ins"]):
        _walk_in(crowd, day, registered + 1 + n, by=by)
    attendance_services.note_from_paper(meeting.id, on_paper, set(), by=by, now=at(day, 16))


def open_doors(meeting: Meeting, day: date, *, by: int) -> None:
    """A day that has just begun: the first have arrived."""
    early = load("days")[meeting.reference]["early"]
    _open_doors(meeting, day, _confirmed(meeting)[::2][:early], by=by, until=(8, 58))


def _open_doors(
    meeting: Meeting, day: date, people: list[int], *, by: int, until: tuple[int, int] = (10, 5)
) -> None:
    """Each of `people` is seen at one of the doors, by their code or their name."""
    moments = spread(at(day, 8, 25), at(day, *until), len(people))
    seen = [
        Seen(
            _mark(meeting, n), moment, ArrivalMethod.NAME if n % 4 == 0 else ArrivalMethod.CODE, number=number
        )
        for n, (number, moment) in enumerate(zip(people, moments, strict=True))
    ]
    for turn, door in enumerate(DOORS):
        at_door = seen[turn :: len(DOORS)]
        attendance_services.note_arrivals(meeting.id, at_door, device=door, by=by, now=at_door[-1].at)


def _walk_in(crowd: Crowd, day: date, number: int, *, by: int) -> None:
    meeting, now = crowd.meeting, at(day, 9, 10 + number % 40)
    person = crowd.member(number)
    workshop = person.wishes[0] if person.wishes else None
    arrival = Seen(_mark(meeting, f"walk-in {number}"), now, ArrivalMethod.WALK_IN, seat_found=True)
    participant = replace(person, workshop_id=workshop, wishes=(), claims=(), replies={})
    attendance_services.walk_in(meeting.id, participant, arrival, device=DOORS[0], by=by, now=now)


def _mark(meeting: Meeting, what: object) -> str:
    """A door's number for what it saw, the same each time."""
    return str(uuid5(NAMESPACE_URL, f"demonstration {meeting.reference} {what}"))


def _confirmed(meeting: Meeting) -> list[int]:
    conditions = (Registration.meeting_id == meeting.id, Registration.state == RegistrationState.CONFIRMED)
    return list(session.scalars(select(Registration.id).where(*conditions).order_by(Registration.id)))


def _numbers(meeting: Meeting, numbers: Collection[int]) -> set[int]:
    """The ids of those who registered as these."""
    mails = [address(meeting, number) for number in numbers]
    conditions = (Registration.meeting_id == meeting.id, Registration.email.in_(mails))
    return set(session.scalars(select(Registration.id).where(*conditions)))
