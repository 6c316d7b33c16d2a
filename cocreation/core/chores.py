"""What the worker does by itself, again and again.

The rows are the queue: a chore looks for what is due, does some of it in transactions of its own, and may be
killed anywhere, because the next look finds what is left. Nor does it do harm that two workers look at once.
One row that cannot be done never stops those behind it: `each_of` leaves it alone for a while and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from cocreation.core import clock, database
from cocreation.core.database import session

MINUTE = timedelta(minutes=1)
# How long what failed is left alone, the first time and at most.
OF_ROW, OF_CHORE = (MINUTE, MINUTE * 60), (MINUTE / 12, MINUTE * 5)

log = structlog.get_logger()
Row = TypeVar("Row", bound=Hashable)


class DatabaseAway(Exception):
    """The database does not answer, so that nothing else can be done either."""


@dataclass(frozen=True)
class Chore:
    """`run` is given the moment, commits what it does, and says how much that was."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]


class Patience:
    """What failed, how often in a row, and until when it is left alone."""

    def __init__(self) -> None:
        self.failed: dict[Hashable, tuple[int, datetime]] = {}

    def rests(self, what: Hashable, now: datetime) -> bool:
        _times, until = self.failed.get(what, (0, now))
        return now < until <= now + OF_ROW[1]  # later than any pause is a clock that went back

    def note_failure(self, what: Hashable, now: datetime, pauses: tuple[timedelta, timedelta]) -> timedelta:
        """How long it is left alone now."""
        times, _until = self.failed.get(what, (0, now))
        first, longest = pauses
        pause = min(first * 2 ** min(times, 20), longest)
        self.failed[what] = times + 1, now + pause
        return pause

    def note_success(self, what: Hashable) -> None:
        self.failed.pop(what, None)


# The patience of the round that is going on; a chore that is run by itself has a fresh one.
_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


class Round:
    """Goes through `chores` at every look, doing those whose time has come again."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = chores
        self.due: dict[str, datetime] = {}
        self.patience = Patience()

    def look(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Do what is due, until `stop` says so between two chores; how much was done. One that breaks is told
        in the log and tried again later. Raises DatabaseAway.
        """
        done = 0
        for chore in self.chores:
            now = clock.now()
            waits = now < self.due.get(chore.name, now) <= now + chore.every  # later: the clock went back
            if waits or self.patience.rests(chore.name, now):
                continue
            if stop():
                break
            done += do(chore, now, self.patience)
            self.due[chore.name] = now + chore.every
        return done


def do(chore: Chore, now: datetime, patience: Patience | None = None) -> int:
    """Run one chore in a session of its own. Raises DatabaseAway."""
    patience = patience or Patience()
    database.writing()
    token = _patience.set(patience)
    try:
        done = chore.run(now)
    except Exception as error:  # whatever one chore meets, the others go on
        _check_database(error)
        pause = patience.note_failure(chore.name, now, OF_CHORE)
        log.error("chore failed", chore=chore.name, exc_info=error, again_in=int(pause.total_seconds()))
        return 0
    else:
        patience.note_success(chore.name)
        return done
    finally:
        _patience.reset(token)
        session.remove()


def each_of(
    what: str,
    rows: Iterable[Row],
    do_row: Callable[[Row], int],
    *,
    now: datetime,
    number: Callable[[Row], object] = lambda row: row,
) -> int:
    """Do each of `rows` in a transaction of its own, or in several if `do_row` commits in between; how much
    was done. One that fails is logged as `what` with its `number`, and left alone for a while that grows.

    Raises DatabaseAway.
    """
    patience, done = _patience.get() or Patience(), 0
    session.commit()  # what was read to find them
    for row in rows:
        if patience.rests((what, row), now):
            continue
        try:
            done += do_row(row)
            session.commit()
        except DatabaseAway:
            raise
        except Exception as error:  # whatever one row meets, those behind it go on
            _check_database(error)
            pause = patience.note_failure((what, row), now, OF_ROW)
            seconds = int(pause.total_seconds())
            log.error("row failed", chore=what, row=str(number(row)), exc_info=error, again_in=seconds)
        else:
            patience.note_success((what, row))
    return done


def _check_database(error: Exception) -> None:
    """Leave what failed behind. Raises DatabaseAway where the reason was that there is no database."""
    if isinstance(error, DatabaseAway):
        raise error
    session.remove()
    if isinstance(error, DBAPIError):
        try:
            session.execute(select(1))
            session.rollback()
        except DBAPIError as gone:
            session.remove()
            raise DatabaseAway from gone
