"""A meeting as an event that calendars read."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from cocreation.core import i18n
from cocreation.core.database import Translated
from cocreation.meetings.models import Meeting


def event(meeting: Meeting, *, now: datetime, url: str = "") -> str:
    """The iCalendar text of `meeting` in the current language; times in UTC, which no calendar mistakes."""
    happening = Event()
    happening.add("uid", f"{meeting.reference}@cocreation")
    happening.add("dtstamp", now)
    happening.add("dtstart", meeting.starts_at)
    happening.add("dtend", meeting.ends_at)
    happening.add("summary", _here(meeting.title))
    happening.add("location", f"{_here(meeting.venue)} – {_here(meeting.city)}")
    happening.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if url:
        happening.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", "-//cocreation//meetings//")
    calendar.add("version", "2.0")
    calendar.add_component(happening)
    return calendar.to_ical().decode()


def _here(words: Translated) -> str:
    language = i18n.current()
    return words.best(language.code, language.falls_back)[0]
