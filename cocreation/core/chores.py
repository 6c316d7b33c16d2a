"""What the worker does by itself, again and again.

The rows are the queue: a chore looks for what is due, does some of it in transactions of its own, and may be
killed anywhere, because the next look finds what is left. Nor does it do harm that two workers look at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from cocreation.core import clock, database
from cocreation.core.database import session

log = structlog.get_logger()


@dataclass(frozen=True)
class Chore:
    """`run` is given the moment, commits what it does, and says how much that was."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]


class Round:
    """Goes through `chores` at every look, doing those whose time has come again."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = chores
        self.due: dict[str, datetime] = {}

    def look(self) -> int:
        """Do what is due; how much was done. One that breaks is told in the log and tried again later."""
        done = 0
        for chore in self.chores:
            now = clock.now()
            if now < self.due.get(chore.name, now):
                continue
            self.due[chore.name] = now + chore.every
            done += do(chore, now)
        return done


def do(chore: Chore, now: datetime) -> int:
    """Run one chore in a session of its own."""
    database.writing()
    try:
        return chore.run(now)
    except Exception as error:  # whatever one chore meets, the others go on
        log.exception("chore failed", chore=chore.name, error=type(error).__name__)
        return 0
    finally:
        session.remove()
