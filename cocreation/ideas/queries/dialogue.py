"""Questions put to authors, and how long an idea has waited without them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Idea

OPEN = Question.replied_at.is_(None) & Question.lapsed_at.is_(None)


def questions_of(idea_id: int) -> list[Question]:
    """Every question put to the author of an idea, the first one first."""
    return list(session.scalars(select(Question).where(Question.idea_id == idea_id).order_by(Question.id)))


def last_question(idea_id: int) -> Question | None:
    """The question put last; no other can be open."""
    latest = select(Question).where(Question.idea_id == idea_id).order_by(Question.id.desc()).limit(1)
    return session.scalar(latest)


def appeal_of(idea_id: int) -> Appeal | None:
    return session.get(Appeal, idea_id)


def overdue_questions(today: date) -> list[int]:
    """The ids of open questions whose day has passed."""
    overdue = select(Question.id).where(OPEN, Question.answer_by < today).order_by(Question.id)
    return list(session.scalars(overdue))


def days_waiting(idea: Idea, questions: Iterable[Question], now: datetime) -> int:
    """Whole days since an idea was received, without the time a question to its author was open."""
    if idea.received_at is None:
        return 0
    stood_still = sum(
        ((question.replied_at or question.lapsed_at or now) - question.asked_at for question in questions),
        timedelta(),
    )
    return max(0, (now - idea.received_at - stood_still).days)
