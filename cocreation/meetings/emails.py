"""The mails of meetings. Who gave no address gets none; the receipt's page says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cocreation.core import clock, i18n, outbox
from cocreation.core.database import Translated
from cocreation.meetings import calendar
from cocreation.meetings.models import Delegation, Meeting, Registration, RegistrationState

WITH_CALENDAR = ("confirmed", "given_place", "moved_up", "changed", "called_off")


def tell(registration: Registration, meeting: Meeting, event: str, *, now: datetime, **context: Any) -> None:
    """Tell a participant that they are `confirmed` or `waiting` or are `cancelled`, that the meeting is
    `called_off`. One mail for each event and person.
    """
    _post(registration, meeting, event, f"meetings/{event}:{registration.id}", now, context)


def tell_of_change(registration: Registration, meeting: Meeting, *, now: datetime) -> None:
    """Tell of another time or place; each change is an event of its own."""
    key = f"meetings/changed:{registration.id}:{now.isoformat()}"
    _post(registration, meeting, "changed", key, now, {})


def tell_of_decision(
    registration: Registration, meeting: Meeting, event: str, *, now: datetime, reason: str | None
) -> None:
    """Tell one person what the organisers decided (`given_place`, `declined`, `sent_to_waiting`) and why."""
    key = f"meetings/{event}:{registration.id}:{now.isoformat()}"
    _post(registration, meeting, event, key, now, {"reason": reason or ""})


def tell_all(
    people: Sequence[Registration], meeting: Meeting, event: str, *, now: datetime, **context: Any
) -> int:
    """Tell many at once, each in their language, in a few statements; how many mails were queued.

    Of a place that is `offered`, has `lapsed` or that they `moved_up` to; each is an event of its own moment.
    """
    told = [each for each in people if each.email]
    with_calendar = {each: _calendar(meeting, each, event, now) for each in {p.language for p in told}}
    return outbox.post_all(
        [
            {
                "to": each.email,
                "language": each.language,
                "template": f"meetings/{event}",
                "key": f"meetings/{event}:{each.id}:{now.isoformat()}",
                "context": {
                    **_context(each, meeting),
                    **with_calendar[each.language],
                    "answer_by": each.answer_by.isoformat() if each.answer_by else None,
                    **context,
                },
            }
            for each in told
        ]
    )


def tell_of_workshop(
    people: Sequence[Registration],
    meeting: Meeting,
    titles: Mapping[int, Translated],
    *,
    now: datetime,
    reason: str,
) -> int:
    """Tell each of the workshop they are in now, or that they are in none; `titles` by their ids."""
    return outbox.post_all(
        [
            {
                "to": each.email,
                "language": each.language,
                "template": "meetings/workshop",
                "key": f"meetings/workshop:{each.id}:{now.isoformat()}",
                "context": {
                    **_context(each, meeting),
                    "workshop": titles.get(each.workshop_id) if each.workshop_id else None,
                    "reason": reason,
                },
            }
            for each in people
            if each.email
        ]
    )


def tell_association(delegation: Delegation, meeting: Meeting, people: int) -> None:
    """Send an association the address of its list."""
    outbox.post(
        to=delegation.email,
        template="meetings/delegation",
        key=f"meetings/delegation:{delegation.id}",
        language=delegation.language,
        contact=delegation.contact,
        association=delegation.association,
        people=people,
        receipt=delegation.receipt,
        **_about(meeting),
    )


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
    outbox.post(
        to=registration.email,
        template=f"meetings/{event}",
        key=key,
        language=registration.language,
        **_context(registration, meeting),
        **_calendar(meeting, registration.language, event, now),
        **context,
    )


def _context(registration: Registration, meeting: Meeting) -> dict[str, Any]:
    """What every mail to a participant may say; how to take part is for those who have a place."""
    joining: dict[str, Any] = {}
    if registration.state == RegistrationState.CONFIRMED and not meeting.is_cancelled:
        joining = {"link": meeting.remote_link, "how_to_come": meeting.how_to_come, "meals": meeting.meals}
    named = {"name": registration.name, "receipt": registration.receipt}
    return {**named, **joining, **_about(meeting)}


def _about(meeting: Meeting) -> dict[str, Any]:
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "city": meeting.city,
        "venue": meeting.venue,
        "starts_at": meeting.starts_at.isoformat(),
    }


def _calendar(meeting: Meeting, language: str, event: str, now: datetime) -> dict[str, str]:
    """The meeting as an event to attach, in one language, with the mails that give or change its day."""
    if event not in WITH_CALENDAR:
        return {}
    with i18n.speaking(language):
        return {"calendar": calendar.event(meeting, now=now)}
