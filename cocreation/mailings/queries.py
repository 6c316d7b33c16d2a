"""What the pages about communication show: the rounds of mails, every mail as it reads, the outreach log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.i18n import WHOLE, lazy_gettext as _l
from cocreation.core.paging import Page, page
from cocreation.mailings.models import Notice, Outreach
from cocreation.meetings import emails
from cocreation.meetings.models.meeting import Meeting

SAMPLE = "0000-0000-0000-0000"  # the receipt of nobody


class Event(Named):
    """Every mail of the meetings, in the order a person may meet them. Its value is its template."""

    TO_CONFIRM = "to_confirm", _l("to confirm an address")
    CONFIRM_SOON = "confirm_soon", _l("reminder to confirm an address")
    YIELDED = "yielded", _l("a place not confirmed, given to somebody else")
    ALREADY = "already", _l("to an address that is registered already")
    CONFIRMED = "confirmed", _l("confirmation of acceptance")
    WAITING = "waiting", _l("on the waiting list")
    OFFERED = "offered", _l("a place is offered")
    LAPSED = "lapsed", _l("the offer lapsed")
    MOVED_UP = "moved_up", _l("a place after waiting")
    GIVEN_PLACE = "given_place", _l("a place given by the organisers")
    SENT_TO_WAITING = "sent_to_waiting", _l("moved to the waiting list by the organisers")
    DECLINED = "declined", _l("declined by the organisers")
    WORKSHOP = "workshop", _l("another workshop")
    CANCELLED = "cancelled", _l("registration cancelled")
    DELEGATION = "delegation", _l("to an association that registered its people")
    SUPPORT_GRANTED = "support_granted", _l("help to come, granted")
    SUPPORT_REFUSED = "support_refused", _l("help to come, not granted")
    BURST = "burst", _l("to those who run the meeting: many registrations at once")
    CHANGED = "changed", _l("another time or place")
    CALLED_OFF = "called_off", _l("meeting called off")
    REMINDER_WEEK = "reminder_week", _l("reminder, a week before")
    REMINDER_DAY = "reminder_day", _l("reminder, the day before")
    THANKS = "thanks", _l("thanks, with the outputs")
    INVITED = "invited", _l("invitation")
    INVITED_AGAIN = "invited_again", _l("reminder of an invitation")
    DELEGATED = "delegated", _l("to somebody who comes instead")
    UNDELEGATED = "undelegated", _l("to somebody who no longer comes instead")
    INVITED_CHANGED = "invited_changed", _l("to those invited, another time or place")
    INVITED_CALLED_OFF = "invited_called_off", _l("to those invited, meeting called off")
    PROPOSAL_VALIDATED = "proposal_validated", _l("to who proposed a speaker or expert, validated")
    PROPOSAL_REFUSED = "proposal_refused", _l("to who proposed a speaker or expert, not validated")


def sample(meeting: Meeting) -> dict[str, object]:
    """What a mail of this meeting would say to somebody: the meeting’s own facts, the rest made up. Needs its
    workshops.
    """
    name = str(_l("First name Last name"))
    return {
        **emails.facts(meeting),
        **emails.coming(meeting, SAMPLE),
        "name": name,
        "delegate": name,
        "contact": name,
        "association": str(_l("Name of the association")),
        "people": 3,
        "workshop": next((workshop.theme for workshop in meeting.workshops), None),
        "receipt": SAMPLE,
        "turn": 3,
        "token": SAMPLE,
        "burst": 1,
        "began_at": meeting.registration_opens_at.isoformat(),
        "until": (meeting.registration_opens_at + timedelta(hours=meeting.confirm_hours)).isoformat(),
        "answer_by": (meeting.starts_at - timedelta(days=2)).isoformat(),
        "reason": str(_l("the reason stands here")),
        "nights": 1,
        "tickets": 2,
        "again": False,
        "invited": dict.fromkeys(WHOLE, name),
        "kind": "speaker",
        "role": "",
        "outputs": [{"number": workshop.number, "theme": workshop.theme} for workshop in meeting.workshops],
    }


def notices(meeting: Meeting) -> list[Notice]:
    """The rounds of mails of a meeting, as they began."""
    return list(session.scalars(select(Notice).where(Notice.meeting_id == meeting.id).order_by(Notice.id)))


def reminders(meeting: Meeting) -> list[tuple[Event, date]]:
    """On which days the worker reminds everyone."""
    day = day_of(meeting.starts_at)
    return [(Event.REMINDER_WEEK, day - timedelta(days=7)), (Event.REMINDER_DAY, day - timedelta(days=1))]


def outreach(meeting: Meeting, cursor: str | None) -> Page[Outreach]:
    """The log of a meeting, the latest day first."""
    lines = select(Outreach).where(Outreach.meeting_id == meeting.id)
    return page(lines, Outreach.on, Outreach.id, cursor=cursor, size=50)


def all_outreach(meeting: Meeting) -> Iterator[Outreach]:
    """The whole log, the first day first, for its sheet."""
    lines = select(Outreach).where(Outreach.meeting_id == meeting.id)
    yield from session.scalars(lines.order_by(Outreach.on, Outreach.id))
