"""What happens in this room, told to the rooms above (`core.events`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea


@dataclass(frozen=True)
class IdeasToRefer:
    """These ideas, locked, are about to be sent to institutions; who hears of a reason against it refuses."""

    ideas: Sequence[Idea]


@dataclass(frozen=True)
class AnswersGiven:
    """Institutions answered these ideas, or answered them anew. By the id of each, what all of its answers
    came to before and what they come to now.
    """

    before: Mapping[int, FateDecision]
    after: Mapping[int, FateDecision]
