"""The rules of the calendar of a consultation, by the clock on Morocco's walls."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.core.clock import day_of
from cocreation.languages.i18n import ZONE

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# How long before its closing followers are reminded.
REMINDED_BEFORE = 3 * DAY


def days_before(opens_at: datetime, now: datetime) -> int:
    """How many days lie between the day of an announcement and that of the opening."""
    return (day_of(opens_at) - day_of(now)).days


def days_open(opens_at: datetime, closes_at: datetime) -> int:
    """For how many whole days comments are accepted. One that closes at 23:59 is open until midnight, and a
    clock that is set back or forward on the way, as around Ramadan, takes no day away.
    """
    return (_wall(closes_at) + MINUTE - _wall(opens_at)) // DAY


def days_left(closes_at: datetime, now: datetime) -> int:
    """How many days follow today until the day of the closing; 0 on that day."""
    return max((day_of(closes_at) - day_of(now)).days, 0)


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None)
