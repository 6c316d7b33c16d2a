"""The public programme of a meeting, to read and for calendars; its photos, each in two sizes."""

from __future__ import annotations

import io
from datetime import timedelta

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.meetings import calendar, policy, queries
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem
from cocreation.meetings.queries import gallery, items_of, photo_bytes, slots
from cocreation.web import calendars
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import absolute_url, render

# No longer: a photo that was taken away must not be kept by the caches between us and its readers.
KEPT = int(timedelta(days=7).total_seconds())


@access(anyone)
@limit_reading("120 per minute")
def event(reference: str) -> Response:
    meeting = queries.get_meeting(reference)
    url = absolute_url("meetings.show", reference=meeting.reference)
    return calendars.answer(calendar.event(meeting, now=clock.now(), url=url), meeting.reference)


@access(anyone)
def programme(reference: str) -> ResponseReturnValue:
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
    return calendars.answer(calendar.programme(meeting, items, now=clock.now(), url=url), name)


@access(anyone)
def photos(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    page = gallery(meeting, request.args.get("cursor"))
    return render("meetings/photos.html", meeting=meeting, photos=page)


@access(anyone)
def photo(reference: str, photo_id: int, mark: str, size: str) -> ResponseReturnValue:
    """The bytes of a photo; `mark` changes with them, so that browsers may keep what they have."""
    return sent(reference, photo_id, mark, size, public=True)


def sent(reference: str, photo_id: int, mark: str, size: str, *, public: bool) -> Response:
    """The answer that carries a photo. Raises NotFound."""
    kept, content = photo_bytes(reference, photo_id, mark, size, public=public)
    name, etag = f"{reference}-{kept.id}.webp", f"{kept.mark}-{size}"
    return send_file(io.BytesIO(content), kept.kind, download_name=name, etag=etag, max_age=KEPT)
