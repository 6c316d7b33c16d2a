"""Who backs an idea, and which followers have something to be told."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.backing.models import Backing, Rhythm
from cocreation.core.database import found, session
from cocreation.ideas.models.idea import Idea, Step
from cocreation.ideas.queries.public_ideas import IS_PUBLIC

FOLLOWING = Backing.follows.is_not(None) & Backing.confirmed_at.is_not(None)
# A step carries the moment its transaction began. What is younger than this may be joined by steps that are
# being written and say an earlier moment: it waits for the next look, so that none is passed over.
SETTLES = timedelta(minutes=10)


def settled_before(now: datetime) -> datetime:
    """Up to when followers can be told without passing over what is still being written."""
    return now - SETTLES


def idea_to_back(reference: str) -> Idea:
    """A public idea whose words are shown. Raises NotFound."""
    idea = found(session.scalar(select(Idea).where(Idea.reference == reference, IS_PUBLIC)))
    return found(None if idea.is_silent else idea)


def backing_of(receipt: str) -> Backing | None:
    """What the secret of a mail opens, with its idea."""
    statement = select(Backing).where(Backing.receipt == receipt).options(joinedload(Backing.idea))
    return session.scalar(statement) if receipt else None


def followers_due(rhythm: Rhythm, period: timedelta, now: datetime) -> list[str]:
    """The addresses that follow at this rhythm, were last told a `period` ago, and have something new."""
    until = settled_before(now)
    statement = (
        select(Backing.email)
        .join(Step, Step.idea_id == Backing.idea_id)
        .where(
            FOLLOWING,
            Backing.follows == rhythm,
            Backing.told_at <= until - period,
            Step.at > Backing.told_at,
            Step.at <= until,
        )
        .distinct()
    )
    return sorted(session.scalars(statement))
