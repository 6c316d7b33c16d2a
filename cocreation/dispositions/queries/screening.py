"""Reads of the screening desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Theme
from cocreation.dispositions.models import Screening
from cocreation.dispositions.queries.rows import ROW, SOURCE
from cocreation.ideas.models import Idea, IdeaState, Origin


@dataclass(frozen=True)
class Narrowed:
    """What narrows the screening queue; None narrows nothing."""

    theme: int | None = None
    origin: Origin | None = None


def screening_queue(narrowed: Narrowed, cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """Ideas that wait for screening, the oldest first."""
    waiting = _waiting(narrowed).options(joinedload(Idea.theme), joinedload(Idea.region), *ROW)
    return page(waiting, Idea.received_at, Idea.id, cursor=cursor, size=size, descending=False)


def next_to_screen(idea: Idea, narrowed: Narrowed) -> str | None:
    """The reference of the idea after this one in the queue, from its beginning again at the end."""
    oldest = _waiting(narrowed).with_only_columns(Idea.reference).order_by(Idea.received_at, Idea.id).limit(1)
    later = or_(
        Idea.received_at > idea.received_at, (Idea.received_at == idea.received_at) & (Idea.id > idea.id)
    )
    return session.scalar(oldest.where(later)) or session.scalar(oldest)


def idea_to_screen(reference: str) -> tuple[Idea, Screening | None]:
    """An idea with where it came from, and its screening if there was one. Raises NotFound."""
    idea: Idea = found(
        session.scalar(
            select(Idea)
            .where(Idea.reference == reference)
            .options(joinedload(Idea.theme), joinedload(Idea.region), SOURCE, defer(Idea.tokens))
        )
    )
    return idea, session.get(Screening, idea.id)


def screening_counts() -> dict[str, int]:
    """How many ideas wait for screening ("waiting"), were "accepted" (whatever came after) and were not."""
    states = select(func.count()).where(Idea.state == IdeaState.RECEIVED).scalar_subquery()
    accepted = select(func.count()).where(Screening.accepted).scalar_subquery()
    refused = select(func.count()).where(~Screening.accepted).scalar_subquery()
    row = session.execute(select(states, accepted, refused)).one()
    return dict(zip(("waiting", "accepted", "not_accepted"), row, strict=True))


def themes() -> list[Theme]:
    return list(session.scalars(select(Theme).order_by(Theme.cycle_id.desc(), Theme.position)))


def _waiting(narrowed: Narrowed) -> Select[Any]:
    waiting = select(Idea).where(Idea.state == IdeaState.RECEIVED)
    if narrowed.theme:
        waiting = waiting.where(Idea.theme_id == narrowed.theme)
    return waiting.where(Idea.origin == narrowed.origin) if narrowed.origin else waiting
