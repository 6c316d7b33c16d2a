"""Reads of the criteria of a cycle."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.study.models import Criterion


def cycle_called(code: str) -> Cycle:
    """A cycle alone. Raises NotFound."""
    return found(session.scalar(select(Cycle).where(Cycle.code == code)))


def criteria(cycle_id: int) -> list[Criterion]:
    """The criteria of a cycle, in their order."""
    statement = select(Criterion).where(Criterion.cycle_id == cycle_id)
    return list(session.scalars(statement.order_by(Criterion.position, Criterion.id)))


def criterion(cycle_id: int, criterion_id: int) -> Criterion:
    """One of them. Raises NotFound."""
    statement = select(Criterion).where(Criterion.cycle_id == cycle_id, Criterion.id == criterion_id)
    return found(session.scalar(statement))
