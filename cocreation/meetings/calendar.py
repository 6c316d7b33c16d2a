"""Meetings and the items of their programmes as events that calendars read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from icalendar import Calendar, Event

from cocreation.core import i18n
from cocreation.core.database import Translated
from cocreation.core.i18n import gettext as _
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem
from cocreation.text.cleanup import clean_line


def event(meeting: Meeting, *, now: datetime, url: str = "") -> str:
    """The iCalendar text of `meeting` in the current language."""
    return text(
        uid=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=translate(meeting.title),
        location=_where(meeting),
        is_cancelled=meeting.is_cancelled,
        url=url,
        now=now,
    )


def programme(meeting: Meeting, items: Sequence[ProgrammeItem], *, now: datetime, url: str = "") -> str:
    """The iCalendar text of some `items` of the programme of `meeting`, an event each; their rooms loaded."""
    return _calendar(
        _event(
            uid=f"{meeting.reference}-{item.id}",
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            summary=translate(item.title),
            description=_who(item),
            location=f"{translate(item.place.name)} – {_where(meeting)}" if item.place else _where(meeting),
            is_cancelled=meeting.is_cancelled,
            url=url,
            now=now,
        )
        for item in items
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
    return _calendar(
        [
            _event(
                uid=uid,
                starts_at=starts_at,
                ends_at=ends_at,
                summary=summary,
                location=location,
                now=now,
                is_cancelled=is_cancelled,
                url=url,
            )
        ]
    )


def _event(
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    location: str,
    now: datetime,
    is_cancelled: bool,
    url: str,
    description: str = "",
) -> Event:
    """Words are brought into one line: no reader can take a part of them for a line of its own."""
    happening = Event()
    happening.add("uid", f"{uid}@cocreation")
    happening.add("dtstamp", now)
    happening.add("dtstart", starts_at)
    happening.add("dtend", ends_at)
    happening.add("summary", clean_line(summary))
    happening.add("location", clean_line(location))
    happening.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if description:
        happening.add("description", clean_line(description))
    if url:
        happening.add("url", url)
    return happening


def _calendar(events: Iterable[Event]) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//cocreation//meetings//")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()


def _where(meeting: Meeting) -> str:
    return f"{translate(meeting.venue)} – {translate(meeting.city)}"


def _who(item: ProgrammeItem) -> str:
    """Who speaks, in which role, and who chairs it."""
    speaker = [translate(words) for words in (item.speaker, item.role) if words]
    chair = [_("Chair: %(name)s", name=translate(item.chair))] if item.chair else []
    return " · ".join([*speaker, *chair])


def translate(words: Translated) -> str:
    """Words in the current language, for a calendar that knows one language only."""
    language = i18n.current()
    return words.best(language.code, language.falls_back)[0]
