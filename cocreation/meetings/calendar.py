"""Meetings and the items of their programmes as events that calendars read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from icalendar import Calendar, Event

from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem
from cocreation.text.cleanup import clean_line


def event(meeting: Meeting, *, now: datetime, url: str = "", is_withdrawn: bool = False) -> str:
    """The iCalendar text of `meeting` in the current language; with `is_withdrawn`, the one that takes it out
    of the calendar of somebody who does not come any more.
    """
    return _calendar([_event(_of(meeting, url, is_withdrawn), now)])


def programme(meeting: Meeting, items: Sequence[ProgrammeItem], *, now: datetime, url: str = "") -> str:
    """The iCalendar text of some `items` of the programme of `meeting`, an event each; their rooms loaded."""
    whole_day = _of(meeting, url)
    return _calendar(
        _event(
            replace(
                whole_day,
                uid=f"{meeting.reference}-{item.id}",
                starts_at=item.starts_at,
                ends_at=item.ends_at,
                summary=translate(item.title),
                description=_who(item),
                location=" – ".join(
                    [*([translate(item.place.name)] if item.place else []), whole_day.location]
                ),
            ),
            now,
        )
        for item in items
    )


def text(happening: Happening, *, now: datetime) -> str:
    """The iCalendar text of an event that is no meeting of ours with the public."""
    return _calendar([_event(happening, now)])


@dataclass(frozen=True)
class Happening:
    """What a calendar is told. `revision` grows with every change of what stands here, so that a calendar
    takes the latest (RFC 5545, 3.8.7.4); `revised_at` is when it last did.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    revision: int
    revised_at: datetime | None
    is_cancelled: bool = False
    url: str = ""
    description: str = ""


def _of(meeting: Meeting, url: str, is_withdrawn: bool = False) -> Happening:
    return Happening(
        uid=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=translate(meeting.title),
        location=_where(meeting),
        revision=meeting.revision,
        revised_at=meeting.revised_at or meeting.announced_at,
        is_cancelled=meeting.is_cancelled or is_withdrawn,
        url=url,
    )


def _event(happening: Happening, now: datetime) -> Event:
    """Words are brought into one line: no reader can take a part of them for a line of its own. Times are in
    UTC, which no calendar mistakes.
    """
    told = Event()
    told.add("uid", happening.uid)
    told.add("dtstamp", now)
    told.add("dtstart", happening.starts_at)
    told.add("dtend", happening.ends_at)
    told.add("sequence", happening.revision)
    told.add("last-modified", happening.revised_at or now)
    told.add("summary", clean_line(happening.summary))
    told.add("location", clean_line(happening.location))
    told.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    if happening.description:
        told.add("description", clean_line(happening.description))
    if happening.url:
        told.add("url", happening.url)
    return told


def _calendar(events: Iterable[Event]) -> str:
    """A calendar that publishes its events, or, when none of them is to be any more, cancels them; the edge
    completes it by what the installation is called (`web.calendars`).
    """
    calendar, components = Calendar(), list(events)
    are_cancelled = components and all(event["status"] == "CANCELLED" for event in components)
    calendar.add("prodid", "-//cocreation//meetings//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if are_cancelled else "PUBLISH")
    for component in components:
        calendar.add_component(component)
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
