"""A meeting for calendars; its public programme: to read, to print, and for calendars."""

from __future__ import annotations

from typing import Any

from flask import Response

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.meetings import calendar, policy, queries
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.models.programme import ProgrammeItem
from cocreation.meetings.queries import items_of, slots
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import absolute_url, render


@access(anyone)
@limit_reading("120 per minute")
def event(reference: str) -> Response:
    meeting = queries.get_meeting(reference)
    url = absolute_url("meetings.show", reference=meeting.reference)
    text = calendar.event(meeting, now=clock.now(), url=url)
    headers = {"Content-Disposition": f'attachment; filename="{meeting.reference}.ics"'}
    return Response(text, mimetype="text/calendar", headers=headers)


@access(anyone)
def programme(reference: str) -> Any:
    meeting = queries.get_meeting(reference)
    return render(
        "meetings/programme.html",
        meeting=meeting,
        slots=slots(items_of(meeting)),
        stage=policy.stage(meeting, clock.now()),
    )


@access(anyone)
@limit_reading("120 per minute")
def programme_calendar(reference: str) -> Response:
    """The whole programme."""
    meeting = queries.get_meeting(reference)
    return _calendar(meeting, items_of(meeting), f"{meeting.reference}-programme")


@access(anyone)
@limit_reading("120 per minute")
def item_calendar(reference: str, item_id: int) -> Response:
    """One item of it."""
    meeting = queries.get_meeting(reference)
    items = [item for item in items_of(meeting) if item.id == item_id]
    if not items:
        raise NotFound
    return _calendar(meeting, items, f"{meeting.reference}-{item_id}")


def _calendar(meeting: Meeting, items: list[ProgrammeItem], name: str) -> Response:
    url = absolute_url("meetings.programme", reference=meeting.reference)
    text = calendar.programme(meeting, items, now=clock.now(), url=url)
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(text, mimetype="text/calendar", headers=headers)
