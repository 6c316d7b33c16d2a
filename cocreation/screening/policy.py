"""The rules of the screening."""

from __future__ import annotations

from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Fate
from cocreation.screening.models import Screening


def refused(screening: Screening, body_id: int | None) -> FateDecision:
    """What a refusal at screening comes to, `body_id` answering for it."""
    return FateDecision(Fate.NOT_ACCEPTED, screening.reason, screening.reason_text, body_id)
