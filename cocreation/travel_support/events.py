"""What is decided on help to come, told to the rooms above (`core.events`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.meetings.models.meeting import Meeting
from cocreation.travel_support.models import TravelSupportRequest


@dataclass(frozen=True)
class TravelSupportDecided:
    """The organisers granted or refused these requests in one act; the meeting is locked."""

    meeting: Meeting
    requests: Sequence[TravelSupportRequest]
    now: datetime
