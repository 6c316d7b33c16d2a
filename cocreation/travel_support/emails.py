"""The mails about help to come."""

from __future__ import annotations

from cocreation.core.mail_kinds import Urgency
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail

TRAVEL_SUPPORT_ASKED = MeetingMail(
    "meetings/support_asked",
    folder="travel_support/asked",
    title=_l("help to come, request received"),
    urgency=Urgency.AWAITED,
    sample=lambda: {"nights": 1, "tickets": 2, "again": False, "until": "2026-05-04"},
)
TRAVEL_SUPPORT_TAKEN_BACK = MeetingMail(
    "meetings/support_taken_back",
    folder="travel_support/taken_back",
    title=_l("help to come, taken back by the association that asked for it"),
)
TRAVEL_SUPPORT_GRANTED = MeetingMail(
    "meetings/support_granted",
    folder="travel_support/granted",
    title=_l("help to come, granted"),
    sample=lambda: {"nights": 1, "tickets": 2, "again": False},
)
TRAVEL_SUPPORT_REFUSED = MeetingMail(
    "meetings/support_refused",
    folder="travel_support/refused",
    title=_l("help to come, not granted"),
    sample=lambda: {"again": False},
)

MAILS = (
    TRAVEL_SUPPORT_ASKED,
    TRAVEL_SUPPORT_TAKEN_BACK,
    TRAVEL_SUPPORT_GRANTED,
    TRAVEL_SUPPORT_REFUSED,
)
