"""What the worker does for ideas by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.core import clock
from cocreation.core.chores import Chore, each_of
from cocreation.ideas.queries import dialogue
from cocreation.ideas.services import dialogue as ideas_dialogue


def lapse_questions(now: datetime) -> int:
    """Close the questions whose day has passed."""
    overdue = dialogue.overdue_questions(clock.day_of(now))
    return each_of(
        "question without an answer",
        overdue,
        lambda question_id: ideas_dialogue.lapse(question_id, now=now),
        now=now,
    )


CHORES = (Chore("questions without an answer", timedelta(minutes=10), lapse_questions),)
