"""Mails to who backs an idea: the question whether they do, and the news of what they follow."""

from __future__ import annotations

from datetime import datetime

from cocreation.backing.models import Backing, Rhythm
from cocreation.core import clock, outbox, secrets
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.languages.i18n import Lazy
from cocreation.reasons.models import Fate
from cocreation.text import cleanup

BACK = MailKind(
    "ideas/back",
    folder="backing/back",
    sample=lambda: {
        "reference": "2026-1",
        "known": False,
        "supports": True,
        "follows": None,
        "backing": SAMPLE_RECEIPT,
        "unsubscribe": SAMPLE_RECEIPT,
    },
    urgency=Urgency.AWAITED,
)
DIGEST = MailKind(
    "ideas/digest",
    folder="backing/digest",
    sample=lambda: {
        "ideas": [
            {
                "reference": "2026-1",
                "words": None,
                "said_in": "fr",
                "backing": SAMPLE_RECEIPT,
                "steps": [
                    {
                        "what": StepKind.SCREENED.label.message,
                        "came_to": None,
                        "at": "2026-05-04T09:00:00+00:00",
                    }
                ],
            }
        ],
        "unsubscribe": SAMPLE_RECEIPT,
    },
    urgency=Urgency.MAILING,
)

MAILS = (
    BACK,
    DIGEST,
)


def ask_backer(
    idea: Idea,
    backing: Backing,
    *,
    supports: bool,
    follows: Rhythm | None,
    now: datetime,
    most: int = 1,
) -> bool:
    """The link by which an address says yes; `most` times a day, whatever is asked in its name. Whether there
    was one more to send.
    """
    key = outbox.another(f"{BACK.name} {backing.id} {clock.day_of(now)}", most)
    if key is None:
        return False
    outbox.post(
        BACK,
        to=backing.email,
        language=backing.language,
        key=key,
        reference=idea.reference,
        known=backing.confirmed_at is not None,
        supports=supports,
        follows=follows.value if follows else None,
        backing=backing.receipt,
        unsubscribe=backing.receipt,
    )
    return True


def tell_follower(news: list[tuple[Backing, list[Step]]], rhythm: Rhythm, until: datetime) -> None:
    """Everything new about the ideas of one follower, in one mail."""
    first, _steps = news[0]
    outbox.post(
        DIGEST,
        to=first.email,
        language=first.language,
        key=f"ideas/digest {rhythm.value} {secrets.digest(first.email)} {until.isoformat()}",
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
