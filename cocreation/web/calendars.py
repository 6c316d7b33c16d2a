"""Events as an installation issues them: under its own name, from its own address."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app
from icalendar import Calendar, vCalAddress, vText

from cocreation.core.settings import Settings
from cocreation.web import identity


def issued(text: str) -> str:
    """An iCalendar text with the identifiers of this installation, since two may have a meeting OR1 each
    (RFC 7986, 5.3), and with who organises (RFC 5546, 3.2.1): whom a reader can write to.
    """
    settings: Settings = current_app.extensions["settings"]
    calendar = Calendar.from_ical(text)
    organiser = vCalAddress(f"MAILTO:{identity.address(settings)}")
    organiser.params["CN"] = vText(identity.name())
    for event in calendar.walk("VEVENT"):
        own, _at, _domain = str(event["uid"]).partition("@")
        event["uid"] = vText(f"{own}@{urlsplit(settings.base_url).hostname}")
        event["organizer"] = organiser
    return calendar.to_ical().decode()


def method_of(text: str) -> str:
    """What it asks of a calendar: to keep (PUBLISH) or to remove (CANCEL)."""
    return str(Calendar.from_ical(text).get("method", "PUBLISH"))


def answer(text: str, name: str) -> Response:
    """The answer that carries a calendar file of this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(issued(text), content_type="text/calendar; charset=utf-8", headers=headers)
