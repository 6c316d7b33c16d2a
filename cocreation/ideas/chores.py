"""What the worker does for ideas by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.core import clock
from cocreation.core.chores import Chore
from cocreation.core.database import session
from cocreation.ideas import queries, services


def lapse_questions(now: datetime) -> int:
    """Close the questions whose day has passed, each in a transaction of its own."""
    lapsed = 0
    for question_id in queries.overdue_questions(clock.day_of(now)):
        lapsed += services.lapse(question_id, now=now)
        session.commit()
    return lapsed


CHORES = (Chore("questions without an answer", timedelta(minutes=10), lapse_questions),)
