"""The one arithmetic of progress, in exact fractions of a percent. Pure.

Commitment = Σ weight × percent ÷ Σ weight. Axis = mean of its commitments. Plan = mean of its axes: the rule
of which both plans published so far come out (81.90 → 82 and 46.58 → 47; the mean of commitments gives 82.18
and 44.33). Declared and evidenced add up by the same rule; what nobody reported or proved counts as nothing
done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from cocreation.core.enums import Named
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

HUNDREDTHS = 100
BANDS = (1, 60, 90, 100)  # where the second band and each after it begin, in percent


class ProgressBand(Named):
    """How far something is, half-open: 0 · 1–59 · 60–89 · 90–99 · 100.

    The names are those of the self-assessment of July 2023. It prints 60–90 as "substantial" and 90–100 as
    "complete": 90 is in both, which is said beside the band and not imitated (`is_doubled`).
    """

    number: int

    NOT_STARTED = "not_started", _l("not started"), 0
    LIMITED = "limited", _l("limited progress"), 1
    SUBSTANTIAL = "substantial", _l("substantial progress"), 2
    ADVANCED = "advanced", _l("substantial progress, 90 and over"), 3
    COMPLETE = "complete", _l("complete"), 4

    # The defaults are for type checkers, as those of `Named`.
    def __new__(cls, value: str, label: Lazy = Lazy(""), number: int = 0) -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_, member.label, member.number = value, label, number
        return member

    @property
    def is_doubled(self) -> bool:
        """Whether the source prints it under two names."""
        return self is ProgressBand.ADVANCED


def weighted(parts: Collection[tuple[int, int]]) -> Fraction | None:
    """Σ weight × percent ÷ Σ weight of pairs of them; None where nothing weighs anything."""
    weights = sum(weight for weight, _percent in parts)
    return Fraction(sum(weight * percent for weight, percent in parts), weights) if weights else None


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The plain mean; None of nothing."""
    listed = list(values)
    return sum(listed, Fraction()) / len(listed) if listed else None


def rounded(value: Fraction | None, places: int = HUNDREDTHS) -> int | None:
    """In that many parts of a percent, half up: 81.9 is 8190 hundredths."""
    return None if value is None else (value * places * 2 + 1).__floor__() // 2


def band(percent: Fraction | int, begins: Sequence[int] = BANDS) -> ProgressBand:
    """The band of a percentage; less than the first beginning and more than nothing is in the second."""
    if 0 < percent < begins[0]:
        return ProgressBand.LIMITED
    reached = sum(percent >= start for start in begins)
    return list(ProgressBand)[reached]


def in_force(reports: Iterable[tuple[int | None, bool]]) -> tuple[int | None, int | None]:
    """What is declared and what is evidenced of an activity, by the reports in force of its periods, the
    latest first: the percentage of each, and whether living, uncontested evidence stands by it.

    Declared is what the latest says; evidenced what the latest with evidence says, never more than declared;
    None where none has. Reports without a percentage (a band alone) say neither.
    """
    declared = None
    for percent, is_proved in reports:
        if percent is None:
            continue
        declared = percent if declared is None else declared
        if is_proved:
            return declared, min(percent, declared)
    return declared, None


@dataclass(frozen=True)
class Progress:
    """A figure as an exact fraction of a percent; None where nothing was reported, or nothing proved."""

    declared: Fraction | None = None
    evidenced: Fraction | None = None


@dataclass(frozen=True)
class WeightedSums:
    """Σ weight × percent of the activities of a commitment, declared and evidenced, and Σ weight; a sum is
    None where nothing was reported, or proved, of any of them.
    """

    declared: int | None
    evidenced: int | None
    weight: int

    @classmethod
    def of(cls, parts: Collection[tuple[int, int | None, int | None]]) -> WeightedSums:
        """Of activities by weight, declared and evidenced."""
        declared = [weight * percent for weight, percent, _proved in parts if percent is not None]
        evidenced = [weight * proved for weight, _percent, proved in parts if proved is not None]
        return cls(
            sum(declared) if declared else None,
            sum(evidenced) if evidenced else None,
            sum(weight for weight, *_percents in parts),
        )

    @property
    def progress(self) -> Progress:
        return Progress(self._part(self.declared), self._part(self.evidenced))

    def _part(self, product: int | None) -> Fraction | None:
        return None if product is None or not self.weight else Fraction(product, self.weight)


def together(parts: Collection[Progress]) -> Progress:
    """The mean of these, of what is declared and of what is evidenced: what nobody reported or proved counts
    as 0; None where nobody did of any.
    """
    return Progress(_counted([part.declared for part in parts]), _counted([part.evidenced for part in parts]))


def _counted(values: Sequence[Fraction | None]) -> Fraction | None:
    if all(value is None for value in values):
        return None
    return mean(value or Fraction() for value in values)
