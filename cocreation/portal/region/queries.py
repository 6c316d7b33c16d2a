"""What the page of a region shows."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.directory import queries as directory
from cocreation.directory.models import Institution, Region
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.models.tally import Tally
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.meetings.models.meeting import Meeting
from cocreation.portal.figures import Told, fate_figures, in_order
from cocreation.reasons.models import Fate
from cocreation.study.models import Referral


def with_others(code: str) -> tuple[Region, list[Region]]:
    """The region of this code, and all twelve. Raises NotFound."""
    regions = directory.regions()
    if region := next((region for region in regions if region.code == code), None):
        return region, regions
    raise NotFound


def meetings_of(region: Region) -> list[Meeting]:
    """The announced meetings of a region, the latest first, each with the calendar of its cycle."""
    statement = (
        select(Meeting)
        .where(Meeting.regions.any(Region.code == region.code), Meeting.announced_at.is_not(None))
        .options(joinedload(Meeting.cycle).joinedload(Cycle.phases))
        .order_by(Meeting.starts_at.desc(), Meeting.id)
    )
    return list(session.scalars(statement).unique())


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


def told_of(region: Region) -> list[Told]:
    """What became of the ideas of a region, plan by plan, the latest first."""
    statement = (
        select(Cycle.code, Cycle.title, Tally.fate, func.sum(Tally.count))
        .join(Cycle, Cycle.id == Tally.cycle_id)
        .where(Tally.region_code == region.code)
        .group_by(Cycle.id, Tally.fate)
        .having(func.sum(Tally.count) > 0)
        .order_by(Cycle.starts_on.desc(), Cycle.id.desc())
    )
    counts: dict[str, list[tuple[Fate | None, int]]] = defaultdict(list)
    titles: dict[str, Translated] = {}
    for code, title, fate, count in session.execute(statement):
        titles[code] = title
        counts[code].append((fate, count))
    return in_order(Told(code, titles[code], fate_figures(counted)) for code, counted in counts.items())


def institutions_of(region: Region, most: int = 8) -> list[tuple[Institution, int]]:
    """The institutions that study most of the ideas of a region, each with how many."""
    statement = (
        select(Institution, func.count(Referral.idea_id.distinct()))
        .join(Referral, Referral.institution_id == Institution.id)
        .join(Referral.idea)
        .where(Idea.region_code == region.code, IS_PUBLIC)
        .group_by(Institution.id)
        .order_by(func.count(Referral.idea_id.distinct()).desc(), Institution.id)
        .limit(most)
    )
    return [(institution, count) for institution, count in session.execute(statement)]
