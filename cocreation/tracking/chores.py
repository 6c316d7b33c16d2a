"""What the worker does for this room: weights are frozen when they were due, periods close."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.core.chores import Chore, each_of
from cocreation.tracking.services import periods, weights


def freeze_weights(now: datetime) -> int:
    return each_of("weights", weights.to_freeze(now), lambda key: weights.freeze(key, now), now=now)


def close_periods(now: datetime) -> int:
    return each_of("period", periods.to_close(now), lambda key: periods.close(key, now), now=now)


CHORES: tuple[Chore, ...] = (
    Chore("freeze weights", timedelta(minutes=10), freeze_weights),
    Chore("close reporting periods", timedelta(minutes=10), close_periods),
)
