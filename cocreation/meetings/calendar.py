"""A meeting as an event that calendars read."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from cocreation.core import i18n
from cocreation.core.database import Translated
from cocreation.meetings.models import Meeting


def event(meeting: Meeting, *, now: datetime, url: str = "") -> str:
    """The iCalendar text of `meeting` in the current language."""
    return text(
        uid=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=here(meeting.title),
        location=f"{here(meeting.venue)} – {here(meeting.city)}",
        is_cancelled=meeting.is_cancelled,
        url=url,
        now=now,
    )


def text(
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    location: str,
    now: datetime,
    is_cancelled: bool = False,
    url: str = "",
) -> str:
    """The iCalendar text of an event; times in UTC, which no calendar mistakes."""
    happening = Event()
    happening.add("uid", f"{uid}@cocreation")
    happening.add("dtstamp", now)
    happening.add("dtstart", starts_at)
    happening.add("dtend", ends_at)
    happening.add("summary", summary)
    happening.add("location", location)
    happening.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if url:
        happening.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", "-//cocreation//meetings//")
    calendar.add("version", "2.0")
    calendar.add_component(happening)
    return calendar.to_ical().decode()


def here(words: Translated) -> str:
    """Words in the current language, for a calendar that knows one language only."""
    language = i18n.current()
    return words.best(language.code, language.falls_back)[0]
