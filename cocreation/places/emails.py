"""The mails about a place or a turn. Who gave no address gets none; the receipt's page says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cocreation.core import clock, i18n, outbox
from cocreation.core.database import Translated
from cocreation.core.outbox import Urgency
from cocreation.meetings import calendar
from cocreation.meetings.emails import coming, facts
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationState

# Mails to somebody who has a place, which say how to come.
TO_COME = ("confirmed", "given_place", "moved_up", "changed", "reminder_week", "reminder_day")


# Answers to what somebody has just done, who waits for them.
AWAITED = ("to_confirm", "already", "confirmed", "waiting", "cancelled")


WITH_CALENDAR = ("confirmed", "given_place", "moved_up", "changed", "called_off")


def tell(
    registration: Registration,
    meeting: Meeting,
    event: str,
    *,
    now: datetime,
    at: datetime | str | None = None,
    **context: object,
) -> None:
    """Tell a participant that they are `confirmed` or `waiting` or are `cancelled`, that the meeting is
    `called_off`. One mail for each event and person; with `at`, for each such event of that moment or day.
    """
    when = at.isoformat() if isinstance(at, datetime) else at
    key = ":".join(filter(None, (f"meetings/{event}", str(registration.id), when)))
    _post(registration, meeting, event, key, now, context)


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
    people: Sequence[Registration],
    meeting: Meeting,
    event: str,
    *,
    now: datetime,
    once: str | None = None,
    **context: Any,
) -> int:
    """Tell many at once, each in their language, in a few statements; how many mails were queued.

    Of a place that is `offered`, has `lapsed` or that they `moved_up` to; each is an event of its own moment,
    or with `once` the one event of that name (a reminder), told to nobody twice.
    """
    told = [registration for registration in people if registration.email]
    with_calendar = {
        language: _calendar(meeting, language, event, now) for language in {p.language for p in told}
    }
    return outbox.post_all(
        [
            {
                "to": registration.email,
                "language": registration.language,
                "template": f"meetings/{event}",
                "key": f"meetings/{event}:{registration.id}:{once or now.isoformat()}",
                "context": {
                    **_context(registration, meeting, event),
                    **with_calendar[registration.language],
                    "answer_by": registration.answer_by.isoformat() if registration.answer_by else None,
                    **context,
                },
            }
            for registration in told
        ],
        urgency=Urgency.MAILING if once else Urgency.NEWS,
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
                "to": registration.email,
                "language": registration.language,
                "template": "meetings/workshop",
                "key": f"meetings/workshop:{registration.id}:{now.isoformat()}",
                "context": {
                    **_context(registration, meeting, "workshop"),
                    "workshop": titles.get(registration.workshop_id) if registration.workshop_id else None,
                    "reason": reason,
                },
            }
            for registration in people
            if registration.email
        ]
    )


def send_again(registration: Registration, meeting: Meeting, *, now: datetime, **context: object) -> None:
    """Send the receipt once more, at most once a day, with how the registration stands."""
    event = registration.state.value
    key = f"meetings/{event}:{registration.id}:{clock.day_of(now)}"
    answer_by = registration.answer_by.isoformat() if registration.answer_by else None
    _post(registration, meeting, event, key, now, {"answer_by": answer_by, "reason": "", **context})


def _post(
    registration: Registration,
    meeting: Meeting,
    event: str,
    key: str,
    now: datetime,
    context: dict[str, object],
) -> None:
    if registration.email is None:
        return
    outbox.post(
        to=registration.email,
        template=f"meetings/{event}",
        key=key,
        language=registration.language,
        urgency=Urgency.AWAITED if event in AWAITED else Urgency.NEWS,
        **_context(registration, meeting, event),
        **_calendar(meeting, registration.language, event, now),
        **context,
    )


def _context(registration: Registration, meeting: Meeting, event: str) -> dict[str, object]:
    has_place = registration.state == RegistrationState.CONFIRMED and event in TO_COME
    way = coming(meeting, registration.receipt) if has_place else {}
    if way and not registration.is_verified:
        way["link"] = None
    return {
        # Who greets by it says words somebody typed: never to an address nobody has confirmed.
        "name": registration.name if registration.is_verified else "",
        "receipt": registration.receipt,
        **facts(meeting),
        **way,
    }


def _calendar(meeting: Meeting, language: str, event: str, now: datetime) -> dict[str, object]:
    """The meeting as an event to attach, in one language, with the mails that give or change its day."""
    if event not in WITH_CALENDAR:
        return {}
    with i18n.speaking(language):
        return {"calendar": calendar.event(meeting, now=now)}
