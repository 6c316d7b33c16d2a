"""The figures of a plan on a day, from how its commitments stand. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from cocreation.tracking.arithmetic import Progress, WeightedSums, rounded, together
from cocreation.tracking.models import MarkScope, PlanRule

NOTHING = WeightedSums(None, None, 0)
Key = tuple[MarkScope, int]


@dataclass(frozen=True)
class CommitmentStanding:
    """How a commitment stands at the end of a day: its sums on the plan in force, and (`former`) on the plan
    as it was first adopted. `published` is its percentage as published elsewhere, for want of weights.
    """

    commitment_id: int
    axis_id: int
    is_in_force: bool
    is_original: bool
    sums: WeightedSums = NOTHING
    former_sums: WeightedSums = NOTHING
    published: Fraction | None = None

    @property
    def is_published(self) -> bool:
        """Whether its figure is taken over as it was published."""
        return self.published is not None and self.sums.progress.declared is None

    @property
    def progress(self) -> Progress:
        return Progress(self.published) if self.is_published else self.sums.progress

    @property
    def former(self) -> Progress:
        if not self.is_original:
            return Progress()
        return Progress(self.published) if self.is_published else self.former_sums.progress


@dataclass(frozen=True)
class ReckonedFigure:
    """What a mark says, in hundredths of a percent; of a commitment the sums it comes from, too."""

    declared: int | None
    evidenced: int | None
    former_declared: int | None
    former_evidenced: int | None
    declared_sum: int | None = None
    evidenced_sum: int | None = None
    weight_sum: int | None = None
    is_published: bool = False


def reckoned(
    standings: Collection[CommitmentStanding], rule: PlanRule, cycle_id: int
) -> dict[Key, ReckonedFigure]:
    """The figures of all commitments, of their axes and of the plan of a cycle."""
    figures = {
        (MarkScope.COMMITMENT, standing.commitment_id): _of_commitment(standing) for standing in standings
    }
    by_axis = _by_axis(standings)
    for axis_id, group in by_axis.items():
        figures[MarkScope.AXIS, axis_id] = _rounded(_present(group), _former(group))
    if rule is PlanRule.AXES:
        present = together([mean for g in by_axis.values() if (mean := _present(g))])
        former = together([mean for g in by_axis.values() if (mean := _former(g))])
    else:
        present, former = _present(standings) or Progress(), _former(standings) or Progress()
    figures[MarkScope.PLAN, cycle_id] = _rounded(present, former)
    return figures


def _by_axis(standings: Iterable[CommitmentStanding]) -> dict[int, list[CommitmentStanding]]:
    by_axis: dict[int, list[CommitmentStanding]] = defaultdict(list)
    for standing in standings:
        by_axis[standing.axis_id].append(standing)
    return by_axis


def _present(standings: Iterable[CommitmentStanding]) -> Progress | None:
    """The mean of those in force; None where there is none."""
    counted = [standing.progress for standing in standings if standing.is_in_force]
    return together(counted) if counted else None


def _former(standings: Iterable[CommitmentStanding]) -> Progress | None:
    """The same on the plan as it was first adopted."""
    counted = [standing.former for standing in standings if standing.is_original]
    return together(counted) if counted else None


def _of_commitment(standing: CommitmentStanding) -> ReckonedFigure:
    progress, former, sums = standing.progress, standing.former, standing.sums
    return ReckonedFigure(
        *(rounded(progress.declared), rounded(progress.evidenced)),
        *(rounded(former.declared), rounded(former.evidenced)),
        *(sums.declared, sums.evidenced, sums.weight or None),
        standing.is_published,
    )


def _rounded(present: Progress | None, former: Progress | None) -> ReckonedFigure:
    present, former = present or Progress(), former or Progress()
    return ReckonedFigure(
        *(rounded(present.declared), rounded(present.evidenced)),
        *(rounded(former.declared), rounded(former.evidenced)),
    )
