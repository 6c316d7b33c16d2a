"""Reads of the cycles."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle


def current_cycle(today: date) -> Cycle | None:
    """The cycle of that day, the latest to start when several run, with calendar, themes and axes."""
    running = select(Cycle).where(Cycle.starts_on <= today, Cycle.ends_on >= today)
    return session.scalars(_whole(running).order_by(Cycle.starts_on.desc(), Cycle.id.desc()).limit(1)).first()


def get_cycle(code: str) -> Cycle:
    """The cycle `code` with its calendar, themes and axes. Raises NotFound."""
    return found(session.scalar(_whole(select(Cycle)).where(Cycle.code == code)))


def all_cycles() -> list[Cycle]:
    """All cycles, the latest first; alone."""
    return list(session.scalars(select(Cycle).order_by(Cycle.starts_on.desc(), Cycle.id.desc())))


def asked_cycle(code: str | None, today: date) -> Cycle | None:
    """The cycle `code`, else that of the day, else the latest; None while there is none. Raises NotFound."""
    if code:
        return get_cycle(code)
    latest = select(Cycle).order_by(Cycle.starts_on.desc(), Cycle.id.desc()).limit(1)
    return current_cycle(today) or session.scalar(_whole(latest))


def _whole(cycles: Select[Cycle]) -> Select[Cycle]:
    return cycles.options(selectinload(Cycle.phases), selectinload(Cycle.themes), selectinload(Cycle.axes))
