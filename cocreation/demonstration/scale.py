"""Many ideas, for measuring: copies of those there are, written in bulk past the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import aliased

from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.cycles.models import Cycle, Theme
from cocreation.ideas.models.idea import Idea, IdeaState, Step
from cocreation.ideas.services.tallies import fold_tallies
from cocreation.study.models import Referral

CHUNK = 5000
MODELS = 300
# What a copy has of its own.
OWN = {"id", "cycle_id", "number", "reference", "receipt", "once", "source_line_id", "theme_id"}
COPIED = [column.key for column in Idea.__mapper__.column_attrs if column.key not in OWN]


def multiply(count: int) -> int:
    """Add `count` ideas to the newest cycle, each a copy of one there is, steps and referrals included.

    They are a minute apart, so that lists have an order to keep. How many were added.
    """
    cycle = session.scalars(select(Cycle).order_by(Cycle.starts_on.desc()).limit(1)).one()
    shown = select(Idea).where(Idea.received_at.is_not(None), Idea.state != IdeaState.WITHDRAWN)
    models = list(session.scalars(shown.order_by(Idea.id).limit(MODELS)))
    newest = max(model.received_at for model in models if model.received_at)
    themes = list(session.scalars(select(Theme.id).where(Theme.cycle_id == cycle.id)))
    first = 1 + (session.scalar(select(func.max(Idea.number)).where(Idea.cycle_id == cycle.id)) or 0)
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        rows = [_idea(cycle, n, models[n % len(models)], themes, newest) for n in numbers]
        session.execute(insert(Idea), rows, execution_options={"render_nulls": True})
        for table in (Step.__table__, Referral.__table__):
            _copy(table, cycle, numbers, [model.id for model in models])
    fold_tallies()
    return count


def _idea(cycle: Cycle, number: int, model: Idea, themes: list[int], newest: datetime) -> dict[str, object]:
    copied = {name: getattr(model, name) for name in COPIED}
    rare = f"S{number}x"  # a word of its own, to search for
    return copied | {
        "cycle_id": cycle.id,
        "number": number,
        "reference": f"{cycle.code}-{number}",
        "receipt": secrets.new_receipt(),
        "once": f"scale {cycle.code} {number}",
        "theme_id": themes[number % len(themes)] if themes else None,
        "proposal": f"{model.proposal} ({rare})",
        "tokens": f"{model.tokens} {rare.lower()}",
        "received_at": newest - timedelta(minutes=number),
    }


def _copy(table: Any, cycle: Cycle, numbers: range, models: list[int]) -> None:
    """To each idea of these numbers the rows of `table` that its model has, in one statement."""
    model = aliased(Idea)
    turn = (func.row_number().over(order_by=model.id) - 1).label("turn")
    turns = select(model.id.label("model_id"), turn).where(model.id.in_(models)).subquery()
    own = [column for column in table.columns if column.name not in ("id", "idea_id")]
    copies = (
        select(Idea.id, *own)
        .join_from(Idea, turns, Idea.number % literal(len(models)) == turns.c.turn)
        .join(table, table.c.idea_id == turns.c.model_id)
        .where(Idea.cycle_id == cycle.id, Idea.number.between(numbers[0], numbers[-1]))
    )
    session.execute(insert(table).from_select(["idea_id", *(column.name for column in own)], copies))
