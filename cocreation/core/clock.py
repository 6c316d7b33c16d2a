"""The time, asked in one place so that a test or a replay can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from cocreation.languages.i18n import ZONE

_frozen: datetime | None = None


def now() -> datetime:
    """This moment, in UTC, aware."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """The day it is in Morocco."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in Morocco (whose offset changes around Ramadan)."""
    return moment.astimezone(ZONE).date()


def moment_in_morocco(naive: datetime) -> datetime:
    """A wall-clock time typed by a person in Morocco, in UTC."""
    return naive.replace(tzinfo=ZONE).astimezone(UTC)


def noon(day: date) -> datetime:
    """The moment by which something is noted of which only the day is known."""
    return moment_in_morocco(datetime.combine(day, time(12)))


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock still inside the block."""
    global _frozen
    before, _frozen = _frozen, moment.astimezone(UTC)
    try:
        yield _frozen
    finally:
        _frozen = before
