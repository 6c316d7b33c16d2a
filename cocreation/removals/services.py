"""A theme or an axis removed, and what stood on it moved to another one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from cocreation.consultations.models import Following
from cocreation.core import audit
from cocreation.core.database import lock, session
from cocreation.core.errors import NotFound
from cocreation.cycles import services as cycles
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment

STANDING = {
    "themes": (Idea.theme_id, Workshop.theme_id, Following.theme_id),
    "axes": (Commitment.axis_id,),
}


def remove_part(cycle_id: int, kind: str, part_id: int, to_id: int | None, *, now: datetime, by: int) -> None:
    """Remove a theme or an axis once what stands on it was moved to another one of its list.

    Raises NotFound; StillUsed where something stands on it and goes nowhere.
    """
    cycle = lock(Cycle, cycle_id)
    if to_id is not None and to_id != part_id:
        model = cycles.PARTS[kind]
        of_cycle = select(model.id).where(model.id == to_id, model.cycle_id == cycle_id)
        if session.scalar(of_cycle) is None:
            raise NotFound
        for column in STANDING[kind]:
            stands = update(column.class_).where(column == part_id).values({column.key: to_id})
            session.execute(stands)
        audit.record(f"{kind}: emptied", cycle.code, by=by, now=now, id=part_id, to=to_id)
    cycles.remove_part(cycle_id, kind, part_id, by=by, now=now)
