"""The mails of meetings. Who gave no address gets none; the receipt's page says the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cocreation.core import clock, i18n, outbox
from cocreation.meetings import calendar
from cocreation.meetings.models import Meeting, Registration, RegistrationState

WITH_CALENDAR = ("confirmed", "moved_up", "changed", "called_off")


def tell(registration: Registration, meeting: Meeting, event: str, *, now: datetime, **context: Any) -> None:
    """Tell a participant that they are `confirmed` or `waiting`, that they `moved_up` or are `cancelled`,
    that the meeting `changed` or is `called_off`. One mail for each event and person.
    """
    _post(registration, meeting, event, f"meetings/{event}:{registration.id}", now, context)


def tell_of_change(registration: Registration, meeting: Meeting, *, now: datetime) -> None:
    """Tell of another time or place; each change is an event of its own."""
    key = f"meetings/changed:{registration.id}:{now.isoformat()}"
    _post(registration, meeting, "changed", key, now, {})


def send_again(registration: Registration, meeting: Meeting, *, now: datetime, **context: Any) -> None:
    """Send the receipt once more, at most once a day."""
    event = "confirmed" if registration.state == RegistrationState.CONFIRMED else "waiting"
    key = f"meetings/{event}:{registration.id}:{clock.day_of(now)}"
    _post(registration, meeting, event, key, now, context)


def _post(
    registration: Registration, meeting: Meeting, event: str, key: str, now: datetime, context: dict[str, Any]
) -> None:
    if registration.email is None:
        return
    if event in WITH_CALENDAR:
        with i18n.speaking(registration.language):
            context["calendar"] = calendar.event(meeting, now=now)
    outbox.post(
        to=registration.email,
        template=f"meetings/{event}",
        key=key,
        language=registration.language,
        name=registration.name,
        receipt=registration.receipt,
        reference=meeting.reference,
        title=meeting.title,
        city=meeting.city,
        venue=meeting.venue,
        starts_at=meeting.starts_at.isoformat(),
        **context,
    )
