"""What happens to a registration, told to the rooms above (`core.events`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.places.models.registration import Registration


@dataclass(frozen=True)
class RegistrationCancelled:
    """Its person gave up a place or a turn, or is forgotten before the meeting; the meeting is locked."""

    registration: Registration
    now: datetime


@dataclass(frozen=True)
class RegistrationErased:
    """Its person is forgotten: what the row says of them is gone. Flushed; the meeting is locked."""

    registration: Registration
