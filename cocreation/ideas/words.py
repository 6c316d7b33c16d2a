"""What an idea says and is about."""

from __future__ import annotations

from dataclasses import dataclass

from cocreation.ideas.models.idea import Idea


@dataclass(frozen=True)
class IdeaWords:
    """What an idea says and is about."""

    proposal: str
    problem: str | None = None
    expected_result: str | None = None
    theme_id: int | None = None
    region_code: str | None = None


def words_of(idea: Idea) -> IdeaWords:
    """What an idea says now and is about."""
    return IdeaWords(idea.proposal, idea.problem, idea.expected_result, idea.theme_id, idea.region_code)
