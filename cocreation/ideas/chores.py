"""What the worker does for ideas by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.backing import queries as backing_queries
from cocreation.backing.services import backings, digest
from cocreation.backing.services.digest import PERIODS
from cocreation.core import clock, secrets
from cocreation.core.chores import Chore, each_of
from cocreation.core.database import session
from cocreation.ideas.queries import dialogue
from cocreation.ideas.services import dialogue as ideas_dialogue


def lapse_questions(now: datetime) -> int:
    """Close the questions whose day has passed."""
    overdue = dialogue.overdue_questions(clock.day_of(now))
    return each_of(
        "question without an answer", overdue, lambda each: ideas_dialogue.lapse(each, now=now), now=now
    )


def tell_followers(now: datetime) -> int:
    """Write what followers are to be told, address by address."""
    followers = []
    for rhythm, period in PERIODS.items():
        digest.set_back(rhythm, now=now)
        session.commit()
        followers += [(email, rhythm) for email in backing_queries.followers_due(rhythm, period, now)]
    return each_of(
        "follower",
        followers,
        lambda each: digest.tell(*each, now=now),
        now=now,
        number=lambda each: secrets.digest(each[0])[:12],
    )


def forget_stale_backings(now: datetime) -> int:
    forgotten = backings.forget_stale(now=now)
    session.commit()
    return forgotten


CHORES = (
    Chore("questions without an answer", timedelta(minutes=10), lapse_questions),
    Chore("news for followers", timedelta(minutes=10), tell_followers),
    Chore("addresses to forget", timedelta(hours=6), forget_stale_backings),
)
