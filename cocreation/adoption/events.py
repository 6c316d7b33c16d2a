"""What adoption tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.cycles.models import Cycle


@dataclass(frozen=True)
class PlanAdopted:
    """The plan of this cycle, locked, was adopted (`number` 1) or amended (2 and on)."""

    cycle: Cycle
    number: int
    by: int
    now: datetime
