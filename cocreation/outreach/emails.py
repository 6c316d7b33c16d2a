"""The mails to everyone who has a place: two reminders, and thanks."""

from __future__ import annotations

from cocreation.core.mail_kinds import Urgency
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail

REMINDER_WEEK = MeetingMail(
    "meetings/reminder_week",
    folder="outreach/reminder_week",
    title=_l("reminder, a week before"),
    urgency=Urgency.MAILING,
    says_the_way=True,
)
REMINDER_DAY = MeetingMail(
    "meetings/reminder_day",
    folder="outreach/reminder_day",
    title=_l("reminder, the day before"),
    urgency=Urgency.MAILING,
    says_the_way=True,
)
THANKS = MeetingMail(
    "meetings/thanks",
    folder="outreach/thanks",
    title=_l("thanks, with the outputs"),
    urgency=Urgency.MAILING,
)

MAILS = (REMINDER_WEEK, REMINDER_DAY, THANKS)
