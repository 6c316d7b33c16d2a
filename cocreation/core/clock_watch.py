"""Whether the clock of the machine can be believed.

What is due by it cannot be taken back: a place that lapses, a fate published before its hour, a person
forgotten after their term. A clock that was set is therefore given time to be set right, and one that says
that the platform has been away for a month, or that it is a month before its last sign of life (a machine
that starts without its clock), is believed only when an operator says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

SET = timedelta(minutes=1)  # between two looks: more than a clock is slewed, and than a round takes
SETTLES = timedelta(minutes=15)
AWAY_AT_MOST = timedelta(days=30)


def steady() -> float:
    """Seconds of a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Watch:
    """Looks at the clock once a round. `last_seen` is when the worker last gave a sign of life, by the clock
    it had then; `trusted` that an operator says it is right.
    """

    def __init__(
        self,
        last_seen: datetime | None,
        *,
        trusted: bool = False,
        steady: Callable[[], float] = steady,
    ) -> None:
        self.last_seen, self.trusted, self.steady = last_seen, trusted, steady
        self.looked: tuple[datetime, float] | None = None
        self.settled_at = steady()

    def doubt(self, now: datetime) -> str:
        """Why nothing may be done by this clock now; "" when it is believed."""
        moment = self.steady()
        if self.looked is not None:
            expected = self.looked[0] + timedelta(seconds=moment - self.looked[1])
            if abs(now - expected) > SET:
                self.settled_at = moment + SETTLES.total_seconds()
        self.looked = now, moment
        if not self.trusted and self.last_seen and abs(now - self.last_seen) > AWAY_AT_MOST:
            return (
                f"The clock says {now:%Y-%m-%d}; the last sign of life was on {self.last_seen:%Y-%m-%d}. "
                "If the clock is right, start the worker with --trust-clock."
            )
        if moment < self.settled_at:
            minutes = SETTLES.total_seconds() // 60
            return f"The clock was set: nothing is done until it has been steady for {minutes:.0f} minutes."
        self.last_seen = now
        return ""
