"""The photos of a meeting that is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.demonstration.content import load, translated
from cocreation.demonstration.drawings import draw
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.photos import PhotoDetails, add_photo, draw as shown_as


def show(meeting: Meeting, *, by: int, now: datetime) -> None:
    """Add the drawn scenes to the photos of `meeting`, one every two minutes from `now` on."""
    said = load("photos")
    for n, row in enumerate(said["photos"]):
        words = PhotoDetails(translated(row), said["consent"])
        name, added = f"{row['scene']}.jpg", now + timedelta(minutes=2 * n)
        add_photo(meeting.id, shown_as(name, draw(row["scene"])), words, by=by, now=added)
