"""What an author can choose from when an idea is reworded."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.cycles.models import Theme


def themes_of(cycle_id: int) -> list[Theme]:
    """The themes of a cycle, in their order."""
    return list(session.scalars(select(Theme).where(Theme.cycle_id == cycle_id).order_by(Theme.position)))
