"""The figures of a plan, a region, a meeting or a workshop: how many ideas, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.public_ideas import Outcome, share_with_fate
from cocreation.reasons.models import Fate


@dataclass(frozen=True)
class FateFigures:
    """What became of the ideas received: `parts` as `ideas.queries.outcomes` counts them."""

    parts: list[tuple[Fate, int]]
    received: int

    @property
    def with_fate(self) -> int:
        return sum(count for _, count in self.parts)

    @property
    def waiting(self) -> int:
        return self.received - self.with_fate

    @property
    def share(self) -> float:
        return share_with_fate(self.with_fate, self.received)


@dataclass(frozen=True)
class Told:
    """The figures of one plan under its name: two plans are never added together."""

    code: str
    title: Translated
    figures: FateFigures


def fate_figures(counted: Iterable[tuple[Outcome | None, int]]) -> FateFigures:
    """Those of counts by outcome; what is no fate is one that is awaited."""
    counts = Counter[Outcome | None]()
    for outcome, count in counted:
        counts[outcome] += count
    return FateFigures([(fate, counts[fate]) for fate in Fate if counts[fate]], counts.total())


def figures_of(ideas: Iterable[Idea]) -> FateFigures:
    """Those of ideas that were read already."""
    return fate_figures((idea.fate, 1) for idea in ideas)


def in_order(told: Iterable[Told]) -> list[Told]:
    """The plan that has fates to tell of first, else as they come."""
    return sorted(told, key=lambda plan: not plan.figures.with_fate)
