"""Telling followers: one mail for all the ideas of an address, at its rhythm, when something happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from cocreation.backing import emails
from cocreation.backing.models import Backing, Rhythm
from cocreation.backing.queries import FOLLOWING, settled_before
from cocreation.core.database import session
from cocreation.ideas.models.idea import Step

PERIODS = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}


def tell(email: str, rhythm: Rhythm, *, now: datetime) -> bool:
    """Write one mail with everything new to the follower `email`, if it is time and there is something new;
    whether it was.
    """
    until = settled_before(now)
    followed = _followed(email, rhythm)
    news = _news([backing.id for backing in followed], until)
    new = [backing for backing in followed if backing.id in news]
    if not any(backing.told_at and backing.told_at <= until - PERIODS[rhythm] for backing in new):
        return False
    emails.tell_follower([(backing, news[backing.id]) for backing in new], rhythm, until)
    for backing in followed:
        backing.told_at = max(backing.told_at or until, until)
    return True


def set_back(rhythm: Rhythm, *, now: datetime) -> None:
    """Followers told up to a moment that has not come yet were told by a clock that was ahead: what happens
    now would be passed over until then. They are told of their last period, some of it perhaps twice.
    """
    ahead = (FOLLOWING, Backing.follows == rhythm, Backing.told_at > now)
    session.execute(update(Backing).where(*ahead).values(told_at=settled_before(now) - PERIODS[rhythm]))


def _followed(email: str, rhythm: Rhythm) -> list[Backing]:
    """What an address follows at this rhythm, locked: two workers do not tell it twice."""
    statement = select(Backing).where(FOLLOWING, Backing.email == email, Backing.follows == rhythm)
    locked = statement.order_by(Backing.id).with_for_update(of=Backing).options(joinedload(Backing.idea))
    return list(session.scalars(locked.execution_options(populate_existing=True)))


def _news(backing_ids: Iterable[int], until: datetime) -> dict[int, list[Step]]:
    """The steps each backing was not told yet, in their order."""
    statement = (
        select(Backing.id, Step)
        .join(Step, Step.idea_id == Backing.idea_id)
        .where(Backing.id.in_(backing_ids), Step.at > Backing.told_at, Step.at <= until)
        .order_by(Backing.id, Step.id)
    )
    rows = session.execute(statement)
    return {key: [step for _, step in group] for key, group in groupby(rows, key=lambda row: row[0])}
