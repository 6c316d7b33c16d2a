"""Many ideas, for measuring: copies of those there are, written in bulk past the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import selectinload

from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.cycles.models import Cycle, Theme
from cocreation.ideas.models import Idea, Step

CHUNK = 2000
# What a copy has of its own.
OWN = {"id", "cycle_id", "number", "reference", "receipt", "once", "source_line_id", "theme_id"}
COPIED = [column.key for column in Idea.__mapper__.column_attrs if column.key not in OWN]
STEP = [column.key for column in Step.__mapper__.column_attrs if column.key not in ("id", "idea_id")]


def multiply(count: int) -> int:
    """Add `count` ideas to the newest cycle, each a copy of one that has come to an end, steps included.

    They are a minute apart, so that lists have an order to keep. How many were added.
    """
    cycle = session.scalars(select(Cycle).order_by(Cycle.starts_on.desc()).limit(1)).one()
    settled = select(Idea).where(Idea.fate.is_not(None)).order_by(Idea.id).limit(100)
    models = list(session.scalars(settled.options(selectinload(Idea.steps))))
    themes = list(session.scalars(select(Theme.id).where(Theme.cycle_id == cycle.id)))
    first = 1 + (session.scalar(select(func.max(Idea.number)).where(Idea.cycle_id == cycle.id)) or 0)
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        session.execute(insert(Idea), [_idea(cycle, n, models[n % len(models)], themes) for n in numbers])
        between = Idea.number.between(numbers[0], numbers[-1])
        written = select(Idea.id).where(Idea.cycle_id == cycle.id, between).order_by(Idea.number)
        steps = [
            {"idea_id": key} | {name: getattr(step, name) for name in STEP}
            for n, key in zip(numbers, session.scalars(written), strict=True)
            for step in models[n % len(models)].steps
        ]
        session.execute(insert(Step), steps)
    return count


def _idea(cycle: Cycle, number: int, model: Idea, themes: list[int]) -> dict[str, Any]:
    copied = {name: getattr(model, name) for name in COPIED}
    return copied | {
        "cycle_id": cycle.id,
        "number": number,
        "reference": f"{cycle.code}-{number}",
        "receipt": secrets.new_receipt(),
        "once": f"scale {cycle.code} {number}",
        "theme_id": themes[number % len(themes)] if themes else None,
        "received_at": model.received_at and model.received_at - timedelta(minutes=number),
    }
