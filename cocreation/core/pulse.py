"""Signs of life: when the worker last went round, and since when mail finds no server."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, session

WORKER, POST = "worker", "mail"
EVERY = timedelta(seconds=20)  # how often a sign is written, at most
SILENT = timedelta(minutes=3)  # after which somebody should look


class Pulse(Base):
    """The last sign of one of them, and what has troubled it since when."""

    __tablename__ = "pulses"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    away_since: Mapped[datetime | None]
    trouble: Mapped[str | None]

    def is_silent(self, now: datetime) -> bool:
        return now - self.at > SILENT


def beat(name: str, now: datetime, *, trouble: str = "") -> None:
    """Write that `name` is there, and what troubles it; a trouble that goes on keeps its beginning."""
    pulse = session.get(Pulse, name)
    if pulse is None:
        pulse = Pulse(name=name)
        session.add(pulse)
    pulse.at, pulse.trouble = now, trouble or None
    pulse.away_since = (pulse.away_since or now) if trouble else None


def doubt(name: str, now: datetime, *, trouble: str) -> None:
    """Write what troubles `name`, by a clock that is not believed: its last sign stays where it was."""
    pulse = session.get(Pulse, name)
    if pulse is not None:
        pulse.trouble, pulse.away_since = trouble, pulse.away_since or now


def last(name: str) -> Pulse | None:
    """The last sign of `name`, if there ever was one."""
    return session.get(Pulse, name)


def all_signs() -> dict[str, Pulse]:
    """The last sign of each, by name."""
    return {pulse.name: pulse for pulse in session.scalars(select(Pulse))}
