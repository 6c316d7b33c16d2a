"""What every act on ideas stands on: the public steps, the numbers, the row that a receipt opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cocreation.core.database import Translated, lock, session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.languages import i18n
from cocreation.reasons.models import Reason
from cocreation.text import stems


def record_step(
    idea: Idea,
    kind: StepKind,
    *,
    at: datetime,
    institution_id: int | None = None,
    outcome: str | None = None,
    reason: Reason | None = None,
    text: Translated | None = None,
    due_on: date | None = None,
    related_id: int | None = None,
) -> Step:
    """Write what happened to an idea for everyone to read; without an institution it is the secretariat's."""
    step = Step(
        idea_id=idea.id,
        kind=kind,
        at=at,
        institution_id=institution_id,
        outcome=str(outcome) if outcome else None,
        reason=reason,
        text=text,
        due_on=due_on,
        related_id=related_id,
    )
    session.add(step)
    return step


def next_number(cycle: Cycle) -> int:
    """The number of the cycle's next idea, counted from 1 without gaps. The cycle must be locked."""
    return 1 + (session.scalar(select(func.max(Idea.number)).where(Idea.cycle_id == cycle.id)) or 0)


def receive(cycle: Cycle, ideas: Sequence[Idea], *, now: datetime) -> None:
    """Number `ideas` in their order; from now on they are public and found. The cycle must be locked."""
    for number, idea in enumerate(ideas, next_number(cycle)):
        idea.number, idea.reference = number, f"{cycle.code}-{number}"
        idea.state, idea.received_at = IdeaState.RECEIVED, now
        index_words(idea)
    session.add_all(ideas)
    session.flush()
    for idea in ideas:
        record_step(idea, StepKind.RECEIVED, at=now)
    session.flush()


def index_words(idea: Idea) -> None:
    """Let an idea be found by its words; a silent one by none. For when its words or its silence change."""
    said = (idea.problem, idea.proposal, idea.expected_result)
    idea.tokens = "" if idea.is_silent else stems.search_tokens(*said)


def by_receipt(receipt: str) -> Idea:
    key = session.scalar(select(Idea.id).where(Idea.receipt == receipt)) if receipt else None
    return lock(Idea, key, selectinload(Idea.author))


def in_every_language(sentence: i18n.Lazy) -> Translated:
    written = {}
    for code in i18n.WHOLE:
        with i18n.speaking(code):
            written[code] = str(sentence)
    return Translated(written)
