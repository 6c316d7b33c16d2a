"""Who acts, and when: what every act of the staff is done with."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from cocreation.core import clock
from cocreation.web.access import current_person


class Act(TypedDict):
    """What the services that note who did something want to be told."""

    now: datetime
    by: int


def act() -> Act:
    """Now, by the person who is signed in."""
    return {"now": clock.now(), "by": current_person().id}
