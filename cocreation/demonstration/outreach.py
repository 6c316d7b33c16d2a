"""How people were told of the meetings of the demonstration: the log, the reminders, the thanks."""

from __future__ import annotations

from datetime import date, timedelta

from cocreation.demonstration.content import at, load
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach import services as outreach_services
from cocreation.outreach.models import Channel


def log(meeting: Meeting, zero: date, *, by: int) -> None:
    """The lines of the outreach log, each noted on its day; days are counted from `zero`."""
    for row in load("outreach").get(meeting.reference, []):
        day = zero + timedelta(days=row["day"])
        told = outreach_services.OutreachDetails(
            Channel(row["channel"]), row["audience"], row.get("reached"), day, row.get("proof")
        )
        outreach_services.note_outreach(meeting.id, told, by=by, now=at(day, 17))


def remind(meeting: Meeting, day: date) -> None:
    """Both reminders of a meeting on `day`, as the worker sends them."""
    for event, before in (("reminder_week", 7), ("reminder_day", 1)):
        outreach_services.tell_round(meeting.id, event, now=at(day - timedelta(days=before), 8))


def thank(meeting: Meeting, day: date, *, by: int) -> None:
    """Thanks to those who came, once the outputs are published."""
    now = at(day, 16)
    outreach_services.thank(meeting.id, by=by, now=now)
    outreach_services.tell_round(meeting.id, outreach_services.THANKS, now=now)
