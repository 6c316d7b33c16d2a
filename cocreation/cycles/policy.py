"""What the calendar of the cycle lets the desks do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cocreation.core import clock
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.refusals import PhaseClosed


def closed(cycles: Iterable[Cycle], phase: Phase, now: datetime) -> list[Cycle]:
    """Those of `cycles`, each once, whose calendar has `phase` closed on the day of `now`."""
    today = clock.day_of(now)
    return [cycle for cycle in dict.fromkeys(cycles) if not cycle.is_open(phase, today)]


def must_be_open(cycle: Cycle, phase: Phase, now: datetime) -> None:
    """Raises PhaseClosed when the calendar of `cycle` has `phase` closed on the day of `now`."""
    if not cycle.is_open(phase, clock.day_of(now)):
        raise PhaseClosed(phase=phase.label)
