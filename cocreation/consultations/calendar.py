"""The window of a consultation as an event that calendars read."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.consultations.models import Consultation
from cocreation.languages import i18n
from cocreation.meetings import calendar
from cocreation.meetings.calendar import Happening


def event(consultation: Consultation, revised_at: datetime | None, *, now: datetime, url: str) -> str:
    """The iCalendar text in the current language; `revised_at` is when its window was last changed."""
    language = i18n.current()
    title, _language = consultation.title.best(language.code, language.falls_back)
    announced = consultation.announced_at or now
    return calendar.text(
        Happening(
            uid=consultation.reference,
            starts_at=consultation.opens_at,
            ends_at=consultation.closes_at,
            summary=title,
            location=url,
            revision=(revised_at - announced) // timedelta(seconds=1) if revised_at else 0,
            revised_at=revised_at or announced,
            is_cancelled=consultation.called_off_at is not None,
            url=url,
        ),
        now=now,
    )
