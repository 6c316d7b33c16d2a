"""What the worker does for who backs an idea: news for followers, addresses to forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.backing import queries
from cocreation.backing.services import backings, digest
from cocreation.backing.services.digest import PERIODS
from cocreation.core import secrets
from cocreation.core.chores import Chore, each_of
from cocreation.core.database import session


def tell_followers(now: datetime) -> int:
    """Write what followers are to be told, address by address."""
    followers = []
    for rhythm, period in PERIODS.items():
        digest.set_back(rhythm, now=now)
        session.commit()
        followers += [(email, rhythm) for email in queries.followers_due(rhythm, period, now)]
    return each_of(
        "follower",
        followers,
        lambda follower: digest.tell(*follower, now=now),
        now=now,
        number=lambda follower: secrets.digest(follower[0])[:12],
    )


def forget_stale_backings(now: datetime) -> int:
    forgotten = backings.forget_stale(now=now)
    session.commit()
    return forgotten


CHORES = (
    Chore("news for followers", timedelta(minutes=10), tell_followers),
    Chore("addresses to forget", timedelta(hours=6), forget_stale_backings),
)
