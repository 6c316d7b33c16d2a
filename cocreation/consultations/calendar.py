"""The window of a consultation as an event that calendars read."""

from __future__ import annotations

from datetime import datetime

from cocreation.consultations.models import Consultation
from cocreation.languages import i18n
from cocreation.meetings import calendar
from cocreation.meetings.calendar import Happening


def event(consultation: Consultation, *, now: datetime, url: str) -> str:
    """The iCalendar text in the current language."""
    language = i18n.current()
    title, _language = consultation.title.best(language.code, language.falls_back)
    revised = consultation.called_off_at or (consultation.extended_why and now)
    return calendar.text(
        Happening(
            uid=consultation.reference,
            starts_at=consultation.opens_at,
            ends_at=consultation.closes_at,
            summary=title,
            location=url,
            revision=1 if revised else 0,
            revised_at=revised or consultation.announced_at,
            is_cancelled=consultation.called_off_at is not None,
            url=url,
        ),
        now=now,
    )
