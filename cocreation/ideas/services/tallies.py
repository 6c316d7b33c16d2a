"""Keeping the count of ideas short."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from cocreation.core.database import session
from cocreation.ideas.models.tally import Tally

KIND = (
    Tally.cycle_id,
    Tally.theme_id,
    Tally.region_code,
    Tally.origin,
    Tally.state,
    Tally.fate,
    Tally.accepted,
)
KEPT = 100  # rows that may pile up before it is worth folding them


def fold_tallies() -> int:
    """Replace the rows of each kind of idea by their sum; how many rows that saved.

    Whoever counts meanwhile sees the rows before or the rows after. Rows that are added meanwhile stay as
    they are, and of two who fold at once the second finds nothing left to fold.
    """
    kinds = select(func.count()).select_from(select(*KIND).distinct().subquery())
    if session.scalars(select(func.count(Tally.id))).one() <= session.scalars(kinds).one() + KEPT:
        return 0
    gone = session.execute(delete(Tally).returning(*KIND, Tally.count)).all()
    sums: dict[tuple[object, ...], int] = {}
    for *kind, count in gone:
        sums[tuple(kind)] = sums.get(tuple(kind), 0) + count
    names = [column.key for column in KIND]
    folded = [dict(zip(names, kind, strict=True), count=count) for kind, count in sums.items() if count]
    if folded:
        session.execute(insert(Tally), folded, execution_options={"render_nulls": True})
    return len(gone) - len(folded)


def chore(now: datetime) -> int:
    """The worker's part."""
    saved = fold_tallies()
    session.commit()
    return saved
