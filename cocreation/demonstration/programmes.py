"""How the meetings of the demonstration are planned: organisers, rooms, programme, checklist."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from cocreation.core.clock import day_of
from cocreation.demonstration.content import at, load, translated
from cocreation.meetings.models.meeting import AttendanceMode, Meeting, OrganiserKind, Room, Workshop
from cocreation.meetings.services import organisers, programme
from cocreation.preparation import services as preparation_services
from cocreation.preparation.queries import checklist


def said_of(row: dict[str, Any]) -> dict[str, Any]:
    """What the content says of how people take part in a meeting, and why its themes were chosen."""
    words = {name: translated(row[name]) for name in ("how_to_come", "meals", "themes_reason")}
    costs = load("planning")["costs"]["text"]
    return {
        "attendance": AttendanceMode(row["attendance"]),
        "link": row.get("link"),
        "cost_notes": costs,
        "most_per_association": 5,
        **words,
    }


def plan(meeting: Meeting, day: date, *, by: int, now: datetime) -> None:
    """Its organisers, committee, rooms and programme, with a room for each workshop."""
    said, workshops = load("planning"), list(meeting.workshops)
    who: dict[str, Any] = {"by": by, "now": now}
    for row in said["organisers"]:
        organiser = organisers.OrganiserSaid(OrganiserKind(row["kind"]), translated(row))
        organisers.add_part(meeting.id, "organisers", organiser, **who)
    for row in said["committee"]:
        organisers.add_part(meeting.id, "committee", organisers.MemberSaid(**row), **who)
    rooms = []
    for row in said["rooms"]:
        room = organisers.RoomSaid(translated(row), row["seats"], row["equipment"])
        rooms.append(organisers.add_part(meeting.id, "rooms", room, **who))
    hall, *others = [room.id for room in rooms if isinstance(room, Room)]
    seats = load("cycles")["meetings"][meeting.reference].get("seats", [0] * len(workshops))
    for workshop, room_id, most in zip(workshops, others, seats, strict=False):
        where = programme.WorkshopRoom(room_id, most or None)
        programme.change_workshop(meeting.id, workshop.number, workshop.theme, where, **who)
    for row in load("cycles")["programme"]:
        for item in _items(row, workshops, day, hall):
            programme.add_item(meeting.id, item, **who)


def _items(
    row: dict[str, Any], workshops: list[Workshop], day: date, hall: int
) -> list[programme.ProgrammeItemDetails]:
    """The item of a row of the content, or one for each workshop, all at the same time."""
    starts, ends = (at(day, *map(int, hour.split(":"))) for hour in row["hours"])
    if row.get("workshops"):
        return [
            programme.ProgrammeItemDetails(starts, ends, workshop_id=workshop.id) for workshop in workshops
        ]
    words: dict[str, Any] = {
        field: translated(row[field]) for field in ("title", "speaker", "role", "chair") if field in row
    }
    return [programme.ProgrammeItemDetails(starts, ends, room_id=hall, **words)]


def tick_until(meeting: Meeting, day: date, *, by: int) -> None:
    """What was due by `day` was done on its day; two tasks of its own, counted from that day, were not,
    unless it is over or of the next day.
    """
    for task in checklist(meeting):
        if task.due_on <= day and not task.is_done:
            preparation_services.tick(meeting.id, task.id, done=True, by=by, now=at(task.due_on, 11))
    if day_of(meeting.ends_at) <= day + timedelta(days=1):
        return
    for row in load("planning")["tasks"]:
        due = day + timedelta(days=row["days"])
        preparation_services.add_task(meeting.id, row["title"], due, by=by, now=at(day, 12))
