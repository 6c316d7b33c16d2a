"""What the pages of progress say: the plan at a glance, a commitment, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from cocreation.directory.models import Institution
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import Indicator
from cocreation.tracking.arithmetic import HUNDREDTHS, ProgressBand
from cocreation.tracking.figures import (
    AxisFigure,
    CommitmentFigure,
    Figure,
    MissingReport,
    PeriodFigure,
    PlanFigures,
    SummedActivity,
)
from cocreation.tracking.models import IndicatorValue, WeightSetting
from cocreation.tracking.queries import ActivityRecord


def percent(figure: int | None) -> float | None:
    """A figure of the plan in percent, to the hundredth; None where nothing is known."""
    return None if figure is None else figure / HUNDREDTHS


@dataclass(frozen=True)
class PlanPage:
    """The plan at a glance at the end of a day. `asked` narrows the list of commitments, no figure."""

    figures: PlanFigures
    periods: Sequence[PeriodFigure]
    missing: Sequence[MissingReport]
    asked: Mapping[str, str]

    @cached_property
    def shown(self) -> list[AxisFigure]:
        """The axes with those of their commitments that are asked for."""
        late = {row.commitment.id for row in self.missing}
        axes = [
            AxisFigure(row.axis, row.figure, [c for c in row.commitments if self._is_asked(c, late)])
            for row in self.figures.axes
        ]
        return [row for row in axes if row.commitments]

    def _is_asked(self, row: CommitmentFigure, late: set[int]) -> bool:
        commitment = row.commitment
        wanted = {
            "axis": str(commitment.axis.position),
            "institution": commitment.institution.slug,
            "band": row.figure.band.value,
            "late": "yes" if commitment.id in late else "",
        }
        return all(wanted[name] == value for name, value in self.asked.items())

    @cached_property
    def bands(self) -> list[tuple[ProgressBand, int]]:
        counts = self.figures.commitments_by_band
        return [(reached, counts[reached]) for reached in ProgressBand]

    @cached_property
    def institutions(self) -> list[Institution]:
        found = {
            row.commitment.institution_id: row.commitment.institution for row in self.figures.commitments
        }
        return sorted(found.values(), key=lambda institution: institution.slug)

    @property
    def in_force(self) -> int:
        return sum(row.is_in_force for row in self.figures.commitments)

    @property
    def has_published(self) -> bool:
        """Whether figures of it were taken over as they were published elsewhere."""
        return any(row.figure.is_published for row in self.figures.commitments)

    @property
    def is_reviewed(self) -> bool:
        """Whether the plan in force is not the one first adopted."""
        return any(not row.is_in_force or not row.tracked.is_original for row in self.figures.commitments)


@dataclass(frozen=True)
class CommitmentPage:
    """The progress of a commitment at the end of a day. `indicators` come with their values, each with the
    number of its period.
    """

    commitment: Commitment
    on: date
    figure: Figure
    summed: Sequence[SummedActivity]
    records: Sequence[ActivityRecord]
    indicators: Sequence[tuple[Indicator, Sequence[tuple[int, IndicatorValue]]]]
    settings: Sequence[WeightSetting]
    missing: Sequence[MissingReport]

    @property
    def weights(self) -> int:
        return sum(row.weight for row in self.summed)

    @property
    def declared_sum(self) -> int:
        return sum(row.product for row in self.summed)

    @property
    def evidenced_sum(self) -> int:
        return sum(row.evidenced_product for row in self.summed)

    def silent(self, record: ActivityRecord) -> list[MissingReport]:
        """The periods on which nothing was reported of an activity."""
        return [row for row in self.missing if row.activity.id == record.progress.activity.id]


@dataclass(frozen=True)
class OverdueActivity:
    """An activity that is past its end, which was `due_on` on that day."""

    row: CommitmentFigure
    record: ActivityRecord
    due_on: date


@dataclass(frozen=True)
class LatePage:
    """What is late at the end of a day: reports that are missing, activities past their end, and why."""

    on: date
    missing: Sequence[MissingReport]
    overdue: Sequence[OverdueActivity]

    @cached_property
    def by_institution(self) -> list[tuple[Institution, list[MissingReport]]]:
        ordered = sorted(self.missing, key=lambda row: row.institution.slug)
        grouped = groupby(ordered, key=lambda row: row.institution.slug)
        return [((rows := list(group))[0].institution, rows) for _slug, group in grouped]

    @cached_property
    def obstacles(self) -> Counter[str]:
        """How many of the activities that are past their end name each kind of obstacle, by its name."""
        kinds = (
            {str(obstacle.kind.label) for obstacle in record.reports[0].obstacles}
            for record in (row.record for row in self.overdue)
            if record.reports
        )
        return Counter(kind for named in kinds for kind in named)
