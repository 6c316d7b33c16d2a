"""A commitment's sheet: what the sections of its document mean, what it still lacks, and what cannot stand in
it. Pure values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from cocreation.core.database import Translated
from cocreation.core.enums import Named
from cocreation.documents.models import IndicatorType, SectionKind
from cocreation.documents.sections import SectionWords
from cocreation.languages.i18n import REQUIRED, Lazy, lazy_gettext as _l
from cocreation.plan.refusals import ActivityEndsFirst, PartWithoutTitle, WeightImpossible

WHOLE = 1000  # the weights of all activities together, in thousandths
# The sections of which a sheet has one each, their kind being their name.
PROMISE = SectionKind.PROBLEM, SectionKind.SOLUTION, SectionKind.RESULT
OPENNESS = SectionKind.TRANSPARENCY, SectionKind.PARTICIPATION, SectionKind.ACCOUNTABILITY
MEANS = SectionKind.PUBLIC_PARTNERS, SectionKind.CIVIL_PARTNERS, SectionKind.BUDGET
FURTHER = (*OPENNESS, *MEANS)

WEIGHTS_RULE = _l(
    "The weight of an activity says how much of the commitment it is. The weights of all activities add "
    "up to 100; the progress of the commitment will be the mean of its activities by these weights."
)


@dataclass(frozen=True)
class Activity:
    """Something that is done for a commitment. `weight` is in thousandths of the commitment."""

    number: int
    title: Translated
    responsible: Translated = field(default_factory=Translated)
    starts_on: date | None = None
    ends_on: date | None = None
    weight: int | None = None
    deliverable: Translated = field(default_factory=Translated)
    uid: str = ""

    def check(self) -> None:
        """Raises PartWithoutTitle, ActivityEndsFirst, WeightImpossible."""
        if not any(self.title.values()):
            raise PartWithoutTitle
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ActivityEndsFirst(number=self.number)
        if self.weight is not None and not 0 < self.weight <= WHOLE:
            raise WeightImpossible(number=self.number)

    def words(self, uid: str) -> SectionWords:
        facts = {
            "number": self.number,
            "responsible": dict(self.responsible),
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "weight": self.weight,
            "deliverable": dict(self.deliverable),
        }
        return SectionWords(uid, SectionKind.ACTIVITY, self.title, _given(facts))

    @property
    def is_whole(self) -> bool:
        return bool(self.responsible and self.starts_on and self.ends_on and self.deliverable)


@dataclass(frozen=True)
class Indicator:
    """What is counted: that the work goes on, or what it changes for people."""

    number: int
    label: Translated
    type: IndicatorType = IndicatorType.TRACKING
    unit: Translated = field(default_factory=Translated)
    baseline: str = ""
    target: str = ""
    source: Translated = field(default_factory=Translated)
    uid: str = ""

    def check(self) -> None:
        """Raises PartWithoutTitle."""
        if not any(self.label.values()):
            raise PartWithoutTitle

    def words(self, uid: str) -> SectionWords:
        facts = {
            "number": self.number,
            "type": self.type.value,
            "unit": dict(self.unit),
            "baseline": self.baseline,
            "target": self.target,
            "source": dict(self.source),
        }
        return SectionWords(uid, SectionKind.INDICATOR, self.label, _given(facts))

    @property
    def is_whole(self) -> bool:
        return bool(self.unit and self.baseline and self.target and self.source)


class SheetLack(Named):
    """What a sheet can still lack, and the page of the secretariat on which it is said (`page`)."""

    page: str

    LANGUAGE = "language", _l("its words in Arabic and in French"), "edit"
    OPENNESS = "openness", _l("how it advances transparency, participation or accountability"), "further"
    PUBLIC_PARTNERS = "public_partners", _l("its public partners"), "further"
    CIVIL_PARTNERS = "civil_partners", _l("its civil-society partners"), "further"
    BUDGET = "budget", _l("its budget"), "further"
    ACTIVITIES = "activities", _l("its activities"), "activities"
    DETAILS = "details", _l("who does each activity, from when to when, and what it delivers"), "activities"
    WEIGHTS = "weights", _l("weights of its activities that add up to 100"), "activities"
    TRACKING = "tracking", _l("a tracking indicator"), "indicators"
    IMPACT = "impact", _l("an impact indicator"), "indicators"
    MEASURES = "measures", _l("the unit, baseline, target and source of each indicator"), "indicators"

    # The defaults are for type checkers, as those of `Named`.
    def __new__(cls, value: str, label: Lazy = Lazy(""), page: str = "") -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_, member.label, member.page = value, label, page
        return member


@dataclass(frozen=True)
class CommitmentSheet:
    """What a commitment says in one version."""

    sections: list[SectionWords]

    def text(self, kind: SectionKind) -> Translated:
        """The words of a section of which there is one."""
        return next((s.text for s in self.sections if s.kind is kind), Translated())

    def said(self, *kinds: SectionKind) -> list[tuple[SectionKind, Translated]]:
        """The words of those of these sections that say something."""
        return [(kind, text) for kind in kinds if (text := self.text(kind))]

    @property
    def activities(self) -> list[Activity]:
        return [_activity(s) for s in self.sections if s.kind is SectionKind.ACTIVITY]

    @property
    def indicators(self) -> list[Indicator]:
        return [_indicator(s) for s in self.sections if s.kind is SectionKind.INDICATOR]

    @property
    def weights(self) -> int:
        """The weights of all activities together, in thousandths."""
        return sum(activity.weight or 0 for activity in self.activities)

    @property
    def has_some_weights(self) -> bool:
        return any(activity.weight is not None for activity in self.activities)

    @property
    def lacks(self) -> list[SheetLack]:
        """What it does not say yet, in its order; nothing of activities where there are none."""
        found = set(self._lacks())
        if SheetLack.ACTIVITIES in found:
            found -= {SheetLack.DETAILS, SheetLack.WEIGHTS}
        if not self.indicators:
            found -= {SheetLack.MEASURES}
        return [lack for lack in SheetLack if lack in found]

    @property
    def completeness(self) -> float:
        """From 0 to 1: of all that a sheet can say, how much it does."""
        return 1 - len(set(self._lacks())) / len(SheetLack)

    def _lacks(self) -> Iterator[SheetLack]:
        yield from self._of_words()
        yield from self._of_activities()
        yield from self._of_indicators()

    def _of_words(self) -> Iterator[SheetLack]:
        if not all(section.text.get(code) for section in self.sections for code in REQUIRED):
            yield SheetLack.LANGUAGE
        if not self.said(*OPENNESS):
            yield SheetLack.OPENNESS
        yield from (SheetLack(kind.value) for kind in MEANS if not self.text(kind))

    def _of_activities(self) -> Iterator[SheetLack]:
        activities = self.activities
        if not activities:
            yield SheetLack.ACTIVITIES
        if not activities or not all(activity.is_whole for activity in activities):
            yield SheetLack.DETAILS
        if self.weights != WHOLE:
            yield SheetLack.WEIGHTS

    def _of_indicators(self) -> Iterator[SheetLack]:
        indicators = self.indicators
        types = {indicator.type for indicator in indicators}
        if IndicatorType.TRACKING not in types:
            yield SheetLack.TRACKING
        if IndicatorType.IMPACT not in types:
            yield SheetLack.IMPACT
        if not indicators or not all(indicator.is_whole for indicator in indicators):
            yield SheetLack.MEASURES


def evenly(count: int) -> list[int]:
    """The weights of as many activities that weigh the same, in thousandths; what is left over goes to the
    first ones, a tenth of a hundredth each.
    """
    share, rest = divmod(WHOLE, count) if count else (0, 0)
    return [share + (place < rest) for place in range(count)]


def texts(**words: Translated) -> list[SectionWords]:
    """Sections of which there is one, each by the name of its kind."""
    return [SectionWords(name, SectionKind(name), text) for name, text in words.items()]


def _given(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts without those that say nothing."""
    return {key: value for key, value in facts.items() if value not in (None, "", {})}


def _activity(section: SectionWords) -> Activity:
    facts = section.facts
    return Activity(
        number=section.number,
        title=section.text,
        responsible=_words(facts.get("responsible")),
        starts_on=_day(facts.get("starts_on")),
        ends_on=_day(facts.get("ends_on")),
        weight=weight if isinstance(weight := facts.get("weight"), int) else None,
        deliverable=_words(facts.get("deliverable")),
        uid=section.uid,
    )


def _indicator(section: SectionWords) -> Indicator:
    facts = section.facts
    return Indicator(
        number=section.number,
        label=section.text,
        type=IndicatorType(str(facts.get("type", IndicatorType.TRACKING.value))),
        unit=_words(facts.get("unit")),
        baseline=str(facts.get("baseline", "")),
        target=str(facts.get("target", "")),
        source=_words(facts.get("source")),
        uid=section.uid,
    )


def _words(value: object) -> Translated:
    return Translated(value) if isinstance(value, Mapping) else Translated()


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def next_number(parts: Iterable[Activity] | Iterable[Indicator]) -> int:
    return max((part.number for part in parts), default=0) + 1
