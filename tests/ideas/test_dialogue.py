"""Questions back and forth: the screening asks, the author answers in time or the day passes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import lock, session
from cocreation.ideas import services
from cocreation.ideas.models import Author, AuthorKind, Idea, IdeaState, Step
from tests.cast import Cast, T
from tests.ideas.conftest import write

WORDS = T("ما المقصود بالفقرة الثانية؟", "Que veut dire le deuxième paragraphe ?")


def asked(cast: Cast, days: int = 7, *, email: str | None = "nadia@example.org") -> Idea:
    """An idea whose author has just been asked something."""
    [idea] = write(cast)
    if email:
        session.add(
            Author(
                idea_id=idea.id, kind=AuthorKind.PERSON, email=email, language="en", consented_at=clock.now()
            )
        )
        session.flush()
    put(cast, idea.id, days)
    return idea


def put(cast: Cast, idea_id: int, days: int = 7) -> None:
    services.put_question(
        lock(Idea, idea_id),
        WORDS,
        answer_by=clock.today() + timedelta(days=days),
        by=cast.salma.id,
        now=clock.now(),
    )
    session.commit()
    session.remove()


def test_a_question_stops_the_idea_and_reaches_its_author(cast, mails):
    idea = asked(cast)
    assert [(each.state, each.reference) for each in session.scalars(select(Idea))] == [
        (IdeaState.ASKED, "2026-1")
    ]
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert (step.kind.value, step.text, step.due_on.isoformat()) == ("asked", WORDS, "2026-03-17")
    [mail] = mails()
    assert WORDS["fr"] in mail
    assert f"/en/receipts/{idea.receipt}" in mail
    assert "17 March 2026" in mail
