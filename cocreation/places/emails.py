"""The mails about a place or a turn. Who gave no address gets none; the receipt's page says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cocreation.core import clock, outbox
from cocreation.core.database import Translated
from cocreation.core.mail_kinds import Urgency
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import calendar
from cocreation.meetings.emails import MeetingMail, coming, facts, sample_association
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationState

TO_CONFIRM = MeetingMail(
    "meetings/to_confirm",
    folder="places/to_confirm",
    title=_l("to confirm an address"),
    urgency=Urgency.AWAITED,
)
CONFIRM_SOON = MeetingMail(
    "meetings/confirm_soon",
    folder="places/confirm_soon",
    title=_l("reminder to confirm an address"),
)
YIELDED = MeetingMail(
    "meetings/yielded",
    folder="places/yielded",
    title=_l("a place not confirmed, given to somebody else"),
)
LET_GO = MeetingMail(
    "meetings/let_go",
    folder="places/let_go",
    title=_l("a place not confirmed when registration closed"),
)
ALREADY = MeetingMail(
    "meetings/already",
    folder="places/already",
    title=_l("to an address that is registered already"),
    urgency=Urgency.AWAITED,
)
CONFIRMED = MeetingMail(
    "meetings/confirmed",
    folder="places/confirmed",
    title=_l("confirmation of acceptance"),
    urgency=Urgency.AWAITED,
    calendar=True,
    says_the_way=True,
)
WAITING = MeetingMail(
    "meetings/waiting",
    folder="places/waiting",
    title=_l("on the waiting list"),
    urgency=Urgency.AWAITED,
    sample=lambda: {"turn": 3, "association": sample_association()},
)
OFFERED = MeetingMail(
    "meetings/offered",
    folder="places/offered",
    title=_l("a place is offered"),
    sample=lambda: {"association": sample_association()},
)
LAPSED = MeetingMail(
    "meetings/lapsed",
    folder="places/lapsed",
    title=_l("the offer lapsed"),
)
MOVED_UP = MeetingMail(
    "meetings/moved_up",
    folder="places/moved_up",
    title=_l("a place after waiting"),
    calendar=True,
    says_the_way=True,
)
GIVEN_PLACE = MeetingMail(
    "meetings/given_place",
    folder="places/given_place",
    title=_l("a place given by the organisers"),
    calendar=True,
    says_the_way=True,
)
SENT_TO_WAITING = MeetingMail(
    "meetings/sent_to_waiting",
    folder="places/sent_to_waiting",
    title=_l("moved to the waiting list by the organisers"),
    calendar=True,
    ends_a_place=True,
)
DECLINED = MeetingMail(
    "meetings/declined",
    folder="places/declined",
    title=_l("declined by the organisers"),
    calendar=True,
    ends_a_place=True,
)
WORKSHOP = MeetingMail(
    "meetings/workshop",
    folder="places/workshop",
    title=_l("another workshop"),
    urgency=Urgency.MAILING,
)
CANCELLED = MeetingMail(
    "meetings/cancelled",
    folder="places/cancelled",
    title=_l("registration cancelled"),
    urgency=Urgency.AWAITED,
    calendar=True,
    ends_a_place=True,
)
CHANGED = MeetingMail(
    "meetings/changed",
    folder="places/changed",
    title=_l("another time or place"),
    calendar=True,
    says_the_way=True,
)
CALLED_OFF = MeetingMail(
    "meetings/called_off",
    folder="places/called_off",
    title=_l("meeting called off"),
    calendar=True,
)

# In the order in which somebody may meet them; then those of a meeting whose plans change.
MAILS = (
    TO_CONFIRM,
    CONFIRM_SOON,
    YIELDED,
    LET_GO,
    ALREADY,
    CONFIRMED,
    WAITING,
    OFFERED,
    LAPSED,
    MOVED_UP,
    GIVEN_PLACE,
    SENT_TO_WAITING,
    DECLINED,
    WORKSHOP,
    CANCELLED,
)
MAILS_OF_CHANGE = (
    CHANGED,
    CALLED_OFF,
)

# How a registration stands, said once more.
OF_STATE = {kind.event: kind for kind in (CONFIRMED, WAITING, OFFERED, LAPSED, DECLINED, CANCELLED)}


def tell(
    registration: Registration,
    meeting: Meeting,
    kind: MeetingMail,
    *,
    now: datetime,
    at: datetime | str | None = None,
    **context: object,
) -> None:
    """Tell a participant that they are CONFIRMED or WAITING or are CANCELLED, that the meeting is
    CALLED_OFF. One mail for each event and person; with `at`, for each such event of that moment or day.
    """
    when = at.isoformat() if isinstance(at, datetime) else at
    key = ":".join(filter(None, (kind.name, str(registration.id), when)))
    _post(registration, meeting, kind, key, now, context)


def tell_of_change(registration: Registration, meeting: Meeting, *, now: datetime) -> None:
    """Tell of another time or place; each change is an event of its own."""
    key = f"{CHANGED.name}:{registration.id}:{now.isoformat()}"
    _post(registration, meeting, CHANGED, key, now, {})


def tell_of_decision(
    registration: Registration, meeting: Meeting, kind: MeetingMail, *, now: datetime, reason: str | None
) -> None:
    """Tell one person what the organisers decided (GIVEN_PLACE, DECLINED, SENT_TO_WAITING) and why."""
    key = f"{kind.name}:{registration.id}:{now.isoformat()}"
    _post(registration, meeting, kind, key, now, {"reason": reason or ""})


def tell_all(
    people: Sequence[Registration],
    meeting: Meeting,
    kind: MeetingMail,
    *,
    now: datetime,
    once: str | None = None,
    **context: object,
) -> int:
    """Tell many at once, each in their language, in a few statements; how many mails were queued.

    Of a place that is OFFERED, has LAPSED or that they MOVED_UP to; each is an event of its own moment,
    or with `once` the one event of that name (a reminder), told to nobody twice.
    """
    told = [registration for registration in people if registration.email]
    with_calendar = {
        language: _calendar(meeting, language, kind, now) for language in {p.language for p in told}
    }
    return outbox.post_all(
        kind,
        [
            _row(
                registration,
                meeting,
                kind,
                once or now.isoformat(),
                **with_calendar[registration.language],
                answer_by=_goes_from(registration),
                **context,
            )
            for registration in told
        ],
        urgency=max(kind.urgency, Urgency.NEWS),  # whoever waits for it did not ask for it alone
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
        WORKSHOP,
        [
            _row(
                registration,
                meeting,
                WORKSHOP,
                now.isoformat(),
                workshop=titles.get(registration.workshop_id) if registration.workshop_id else None,
                reason=reason,
            )
            for registration in people
            if registration.email
        ],
    )


def send_again(
    registration: Registration,
    meeting: Meeting,
    *,
    now: datetime,
    at: datetime | None = None,
    **context: object,
) -> None:
    """Send the receipt once more, at most once a day or, with `at`, for each such moment, with how the
    registration stands.
    """
    kind = OF_STATE[registration.state.value]
    key = f"{kind.name}:{registration.id}:{at.isoformat() if at else clock.day_of(now)}"
    context = {"answer_by": _goes_from(registration), "reason": "", **context}
    _post(registration, meeting, kind, key, now, context)


def _goes_from(registration: Registration) -> str | None:
    """From when on a place held goes to somebody who waits: one offered, or one not confirmed."""
    moment = registration.answer_by or registration.yields_at
    return moment.isoformat() if moment else None


def _row(
    registration: Registration, meeting: Meeting, kind: MeetingMail, event: str, **context: object
) -> dict[str, object]:
    """One of many mails of a kind, as `outbox.post_all` takes them; `event` tells it from an earlier one."""
    return {
        "to": registration.email,
        "language": registration.language,
        "key": f"{kind.name}:{registration.id}:{event}",
        "context": {**_context(registration, meeting, kind), **context},
    }


def _post(
    registration: Registration,
    meeting: Meeting,
    kind: MeetingMail,
    key: str,
    now: datetime,
    context: dict[str, object],
) -> None:
    if registration.email is None:
        return
    outbox.post(
        kind,
        to=registration.email,
        key=key,
        language=registration.language,
        **_context(registration, meeting, kind),
        **(_calendar(meeting, registration.language, kind, now) if _has_event(registration, kind) else {}),
        **context,
    )


def _context(registration: Registration, meeting: Meeting, kind: MeetingMail) -> dict[str, object]:
    has_place = registration.state == RegistrationState.CONFIRMED and kind.says_the_way
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


def _calendar(meeting: Meeting, language: str, kind: MeetingMail, now: datetime) -> dict[str, object]:
    """The meeting as an event to attach, in one language, with the mails that give or change its day."""
    if not kind.calendar:
        return {}
    with i18n.speaking(language):
        return {"calendar": calendar.event(meeting, now=now, is_withdrawn=kind.ends_a_place)}


def _has_event(registration: Registration, kind: MeetingMail) -> bool:
    """Whether a mail that takes something out of their calendar finds it there: a place they had."""
    return not kind.ends_a_place or registration.confirmed_at is not None
