"""What the page shows where ideas are linked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import found, session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Lineage
from cocreation.ideas.queries.rows import SOURCE


def idea_to_link(reference: str) -> Idea:
    """A public idea with what its words are shown with. Raises NotFound."""
    of = select(Idea).where(Idea.reference == reference, Idea.state != IdeaState.UNCONFIRMED)
    options = joinedload(Idea.theme), joinedload(Idea.region), joinedload(Idea.cycle), SOURCE
    return found(session.scalar(of.options(*options, defer(Idea.tokens))))


def link_of(idea: Idea, link_id: int) -> Lineage:
    """A link of an idea, from or to it, with both ideas. Raises NotFound."""
    of = select(Lineage).where(
        Lineage.id == link_id, (Lineage.source_id == idea.id) | (Lineage.target_id == idea.id)
    )
    return found(session.scalar(of.options(joinedload(Lineage.source), joinedload(Lineage.target))))
