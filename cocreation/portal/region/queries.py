"""What the page of a region shows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.directory.models import Region
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.meetings.models.meeting import Meeting


def get_region(code: str) -> Region:
    """Raises NotFound."""
    return found(session.get(Region, code))


def meetings_of(region: Region) -> list[Meeting]:
    """The announced meetings of a region, the latest first."""
    statement = (
        select(Meeting)
        .where(Meeting.regions.any(Region.code == region.code), Meeting.announced_at.is_not(None))
        .options(selectinload(Meeting.workshops))
        .order_by(Meeting.starts_at.desc(), Meeting.id)
    )
    return list(session.scalars(statement))


def ideas_of(region: Region, most: int = 10) -> list[Idea]:
    """The ideas of a region received last."""
    statement = (
        select(Idea)
        .where(Idea.region_code == region.code, IS_PUBLIC)
        .options(defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result), joinedload(Idea.theme))
        .order_by(Idea.received_at.desc(), Idea.id.desc())
        .limit(most)
    )
    return list(session.scalars(statement))
