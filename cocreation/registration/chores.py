"""What the worker does for those who registered."""

from __future__ import annotations

from datetime import datetime

from cocreation.places.services import offers
from cocreation.registration.services import confirmation


def see_to_places(now: datetime) -> int:
    """Remind those who have not confirmed, then let offers lapse and give what is free; how many. Commits."""
    return confirmation.remind(now) + offers.chore(now)
