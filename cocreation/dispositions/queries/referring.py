"""Reads of the desk that sends ideas to institutions."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.directory.models import Institution
from cocreation.dispositions.models import Referral
from cocreation.dispositions.queries.rows import ROW
from cocreation.ideas.models import Idea, IdeaState


def to_refer(states: Collection[IdeaState], cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """Ideas in one of `states` with their theme, the oldest first."""
    ideas = select(Idea).where(Idea.state.in_(states)).options(joinedload(Idea.theme), *ROW)
    return page(ideas, Idea.received_at, Idea.id, cursor=cursor, size=size, descending=False)


def referrals_of(ideas: Page[Idea]) -> dict[int, list[Referral]]:
    """The referrals of each idea of a page, with their institutions."""
    grouped: dict[int, list[Referral]] = {idea.id: [] for idea in ideas}
    statement = select(Referral).where(Referral.idea_id.in_(grouped)).order_by(Referral.id)
    for referral in session.scalars(statement.options(joinedload(Referral.institution))):
        grouped[referral.idea_id].append(referral)
    return grouped


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.id)))
