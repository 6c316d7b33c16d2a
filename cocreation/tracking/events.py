"""What happens to the plan as it is carried out, told to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.tracking.models import DeadlineChange, Evidence, Obstacle, ProgressReport, WeightSetting


@dataclass(frozen=True)
class ProgressReported:
    """A report was sent; `before` is the percentage that was in force of its activity, None for none."""

    report: ProgressReport
    before: int | None


@dataclass(frozen=True)
class ObstacleNamed:
    """A report names an obstacle that the one before it on the same activity did not name."""

    report: ProgressReport
    obstacle: Obstacle


@dataclass(frozen=True)
class DeadlineMoved:
    change: DeadlineChange


@dataclass(frozen=True)
class WeightsChanged:
    """The weights of a commitment were set."""

    setting: WeightSetting


@dataclass(frozen=True)
class EvidenceStood:
    """A piece of evidence counts again, or counts no more, for this cause."""

    evidence: Evidence
    cause: str
    now: datetime
