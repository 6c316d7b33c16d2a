"""Mails to who backs an idea: the question whether they do, and the news of what they follow."""

from __future__ import annotations

from datetime import datetime

from cocreation.backing.models import Backing, Rhythm
from cocreation.core import clock, outbox, secrets
from cocreation.core.i18n import Lazy
from cocreation.core.outbox import Urgency
from cocreation.ideas.models.idea import Fate, Idea, IdeaState, Step, StepKind
from cocreation.text import cleanup


def ask_backer(
    idea: Idea, backing: Backing, *, supports: bool, follows: Rhythm | None, now: datetime
) -> None:
    """The link by which an address says yes; once a day at most, whatever is asked in its name."""
    outbox.post(
        to=backing.email,
        language=backing.language,
        template="ideas/back",
        key=f"ideas/back {backing.id} {clock.day_of(now)}",
        urgency=Urgency.AWAITED,
        reference=idea.reference,
        known=backing.confirmed_at is not None,
        supports=supports,
        follows=follows.value if follows else None,
        backing=backing.receipt,
        unsubscribe=backing.receipt,
    )


def tell_follower(news: list[tuple[Backing, list[Step]]], rhythm: Rhythm, until: datetime) -> None:
    """Everything new about the ideas of one follower, in one mail."""
    first, _steps = news[0]
    outbox.post(
        to=first.email,
        language=first.language,
        template="ideas/digest",
        key=f"ideas/digest {rhythm.value} {secrets.digest(first.email)} {until.isoformat()}",
        urgency=Urgency.MAILING,
        ideas=[
            {
                "reference": backing.idea.reference,
                "words": None if backing.idea.is_silent else cleanup.excerpt(backing.idea.proposal, 160),
                "said_in": backing.idea.language,
                "backing": backing.receipt,
                "steps": [_told(step) for step in steps],
            }
            for backing, steps in news
        ],
        unsubscribe=first.receipt,
    )


def _told(step: Step) -> dict[str, str | None]:
    """What happened; the platform's words in English, to be translated when the mail leaves."""
    came_to: Lazy | None = None
    if step.outcome and step.kind is StepKind.SCREENED:
        came_to = IdeaState(step.outcome).label
    if step.outcome and step.kind is StepKind.FATE:
        came_to = Fate(step.outcome).label
    return {
        "what": step.kind.label.message,
        "came_to": came_to.message if came_to else None,
        "at": step.at.isoformat(),
    }
