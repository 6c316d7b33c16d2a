"""What waits of the requests for help to come, and who acts next on each."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS, at_own_to_come
from cocreation.meetings.models.meeting import Meeting
from cocreation.travel_support.emails import TRAVEL_SUPPORT_GRANTED, TRAVEL_SUPPORT_REFUSED
from cocreation.travel_support.models import TravelSupportRequest, TravelSupportState
from cocreation.travel_support.queries import CAN_BE_DECIDED


def _to_decide(person: Person, now: datetime) -> WaitingRows:
    rows = waits(TravelSupportRequest.requested_at, about=Meeting.reference).join(
        Meeting, Meeting.id == TravelSupportRequest.meeting_id
    )
    rows = rows.join(TravelSupportRequest.registration).where(CAN_BE_DECIDED)
    requested = TravelSupportRequest.state == TravelSupportState.REQUESTED
    return at_own_to_come(person, rows, now).where(requested)


TO_DECIDE = WaitingKind(
    "travel_support.to_decide",
    RUNNERS,
    _l("Requests for travel support to decide"),
    "manage_travel_support.support",
    _to_decide,
    "reference",
)

WAITING = (TO_DECIDE,)
STATES = (
    NextActor(TravelSupportState.REQUESTED, waits=(TO_DECIDE,)),
    NextActor(TravelSupportState.GRANTED, told=(TRAVEL_SUPPORT_GRANTED,)),
    NextActor(TravelSupportState.REFUSED, told=(TRAVEL_SUPPORT_REFUSED,)),
    NextActor(TravelSupportState.WITHDRAWN, nobody="it is no request any more"),
)
