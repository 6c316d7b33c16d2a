"""The mail to those who run a meeting."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail

BURST = MeetingMail(
    "meetings/burst",
    folder="bursts/burst",
    title=_l("to those who run the meeting: many registrations at once"),
    sample=lambda: {"people": 3, "burst": 1},
)

MAILS = (BURST,)
