"""What the worker does for ideas by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.core import clock
from cocreation.core.chores import Chore
from cocreation.core.database import session
from cocreation.ideas import queries, services
from cocreation.ideas.services.digest import PERIODS


def lapse_questions(now: datetime) -> int:
    """Close the questions whose day has passed, each in a transaction of its own."""
    lapsed = 0
    for question_id in queries.overdue_questions(clock.day_of(now)):
        lapsed += services.lapse(question_id, now=now)
        session.commit()
    return lapsed


def tell_followers(now: datetime) -> int:
    """Write what followers are to be told, each address in a transaction of its own."""
    told = 0
    for rhythm, period in PERIODS.items():
        services.set_back(rhythm, now=now)
        session.commit()
        for email in queries.followers_due(rhythm, period, now):
            told += services.tell(email, rhythm, now=now)
            session.commit()
    return told


def forget_stale_backings(now: datetime) -> int:
    forgotten = services.forget_stale(now=now)
    session.commit()
    return forgotten


CHORES = (
    Chore("questions without an answer", timedelta(minutes=10), lapse_questions),
    Chore("news for followers", timedelta(minutes=10), tell_followers),
    Chore("addresses to forget", timedelta(hours=6), forget_stale_backings),
)
