"""A plan as a file of JSON has it: read, and everything that is wrong with it said at once.

A text is a sentence in the language of the file, or `{"ar": …, "fr": …}`. Progress, bands and actions taken
are not of the sheet: they are counted and left for whoever follows the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from cocreation.core.database import Translated
from cocreation.core.errors import Refusal
from cocreation.documents.models import IndicatorType
from cocreation.languages.i18n import LANGUAGES
from cocreation.plan.sheet import FURTHER, Activity, Indicator
from cocreation.text import cleanup, spelling

MOST_NUMBER, MOST_TITLE, MOST_TEXT = 999, 500, 5000
PROMISED = ("title", "problem", "solution", "result")
# Of how a plan goes on, not of what it says.
TRACKED = {"published_progress", "band", "actions"}
KEYS = {
    "commitment": {"number", "axis", "responsible", "activities", "indicators", *PROMISED}
    | {kind.value for kind in FURTHER},
    "activity": {"number", "title", "responsible", "starts_on", "ends_on", "weight", "deliverable"},
    "indicator": {"label", "type", "unit", "baseline", "target", "source"},
}
_Part = TypeVar("_Part")
Names = Mapping[str, int]  # of axes or institutions, folded, with their numbers in the database


@dataclass(frozen=True)
class PlannedCommitment:
    """One commitment of the file, as it can be written."""

    number: int
    axis_id: int
    institution_id: int
    words: Mapping[str, Translated]
    activities: Sequence[Activity]
    indicators: Sequence[Indicator]

    def texts(self, *names: str) -> dict[str, Translated]:
        return {name: self.words[name] for name in names if self.words.get(name)}


@dataclass
class PlanFile:
    """What was read of a file: its commitments, its faults, and how often what was left out stood in it."""

    commitments: list[PlannedCommitment] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, list[str]] = field(default_factory=lambda: {"axis": [], "responsible": []})


def read_plan(content: object, axes: Names, institutions: Names, language: str) -> PlanFile:
    """What the JSON of a file says, with everything that is wrong with it."""
    reader = _PlanReader(axes, institutions, language)
    rows = content.get("commitments") if isinstance(content, Mapping) else None
    if not isinstance(rows, list) or not rows:
        reader.found.faults.append("There is no list “commitments” with something in it.")
        return reader.found
    reader.found.faults += _taken_twice(rows)
    for place, row in enumerate(rows, 1):
        reader.read_commitment(row, place)
    return reader.found


def _taken_twice(rows: Sequence[object]) -> list[str]:
    numbers = Counter(int(row["number"]) for row in rows if isinstance(row, Mapping) and _is_number(row))
    twice = sorted((number, times) for number, times in numbers.items() if times > 1)
    return [f"Number {number} belongs to {times} commitments." for number, times in twice]


def names_of(rows: Sequence[tuple[int, Translated]]) -> dict[str, int]:
    """The numbers of rows by their names in every language, as they are compared."""
    return {_folded(name): number for number, names in rows for name in names.values()}


def _folded(name: str) -> str:
    return " ".join(spelling.fold(name).split())


def _is_number(row: Mapping[str, object]) -> bool:
    number = row.get("number")
    return type(number) is int and 0 < number <= MOST_NUMBER


class _PlanReader:
    """Reads one commitment after another; `at` says where it is."""

    def __init__(self, axes: Names, institutions: Names, language: str) -> None:
        self.axes, self.institutions, self.language = axes, institutions, language
        self.found, self.at = PlanFile(), ""

    def read_commitment(self, row: object, place: int) -> None:
        before = len(self.found.faults)
        self.at = f"Commitment {place}"
        if not isinstance(row, Mapping):
            self._wrong("is no object")
            return
        self._leave_out(row, "commitment")
        number = self._number(row)
        self.at = f"Commitment {number or place}"
        words = {name: self._text(row, name, required=True) for name in PROMISED}
        words |= {kind.value: self._text(row, kind.value) for kind in FURTHER}
        axis = self._named(row, "axis", self.axes, "axis of the cycle")
        institution = self._named(row, "responsible", self.institutions, "institution of the directory")
        where = self.at
        activities = self._parts(row, "activities", where, self._activity)
        indicators = self._parts(row, "indicators", where, self._indicator)
        self.at = where
        if len({activity.number for activity in activities}) < len(activities):
            self._wrong("has two activities of one number")
        if len(self.found.faults) == before:
            self.found.commitments.append(
                PlannedCommitment(number, axis, institution, words, activities, indicators)
            )

    def _parts(
        self, row: Mapping[str, object], key: str, where: str, read: Callable[[object, int], _Part | None]
    ) -> list[_Part]:
        rows = row.get(key) or []
        if not isinstance(rows, list):
            self._wrong(f"“{key}” is no list")
            return []
        parts = []
        for place, part in enumerate(rows, 1):
            self.at = f"{where}, {key}, {place}"
            parts.append(read(part, place))
        return [part for part in parts if part is not None]

    def _activity(self, row: object, place: int) -> Activity | None:
        if not isinstance(row, Mapping):
            self._wrong("is no object")
            return None
        self._leave_out(row, "activity")
        activity = Activity(
            number=self._number(row),
            title=self._text(row, "title", required=True, most=MOST_TITLE),
            responsible=self._text(row, "responsible", most=MOST_TITLE),
            starts_on=self._day(row, "starts_on"),
            ends_on=self._day(row, "ends_on"),
            weight=self._weight(row),
            deliverable=self._text(row, "deliverable", most=MOST_TITLE),
        )
        if activity.title:
            self._check(activity)
        return activity

    def _indicator(self, row: object, place: int) -> Indicator | None:
        if isinstance(row, str):  # a sentence is what is measured
            row = {"label": row}
        if not isinstance(row, Mapping):
            self._wrong("is neither a sentence nor an object")
            return None
        self._leave_out(row, "indicator")
        types = {kind.value: kind for kind in IndicatorType}
        if (kind := row.get("type", "tracking")) not in types:
            self._wrong(f"“type” is neither {' nor '.join(types)}")
            return None
        return Indicator(
            number=place,
            label=self._text(row, "label", required=True, most=MOST_TITLE),
            type=types[str(kind)],
            unit=self._text(row, "unit", most=MOST_TITLE),
            baseline=cleanup.clean_line(str(row.get("baseline", "")), 100),
            target=cleanup.clean_line(str(row.get("target", "")), 100),
            source=self._text(row, "source", most=MOST_TITLE),
        )

    def _check(self, activity: Activity) -> None:
        try:
            activity.check()
        except Refusal as refusal:
            self._wrong(str(refusal))

    def _text(
        self, row: Mapping[str, object], key: str, *, required: bool = False, most: int = MOST_TEXT
    ) -> Translated:
        text = self._said(row, key)
        if unknown := set(text) - set(LANGUAGES):
            self._wrong(f"“{key}” is in a language there is not: {', '.join(sorted(map(str, unknown)))}")
        if required and not text:
            self._wrong(f"“{key}” is missing")
        if any(len(words) > most for words in text.values()):
            self._wrong(f"“{key}” is longer than {most} characters")
        return text

    def _said(self, row: Mapping[str, object], key: str) -> Translated:
        given = row.get(key) or {}
        given = {self.language: given} if isinstance(given, str) else given
        if not isinstance(given, Mapping) or not all(isinstance(words, str) for words in given.values()):
            self._wrong(f"“{key}” is no text")
            return Translated()
        return Translated({code: cleaned for code in given if (cleaned := cleanup.clean(given[code]))})

    def _number(self, row: Mapping[str, object]) -> int:
        if not _is_number(row):
            self._wrong(f"“number” is no number from 1 to {MOST_NUMBER}")
            return 0
        return int(str(row["number"]))

    def _named(self, row: Mapping[str, object], key: str, names: Names, what: str) -> int:
        given = row.get(key)
        if not isinstance(given, str) or not given.strip():
            self._wrong(f"“{key}” is missing")
        elif _folded(given) not in names:
            self._wrong(f"“{cleanup.clean_line(given, 80)}” is no {what}")
            self._note_unknown(key, cleanup.clean_line(given, MOST_TITLE))
        else:
            return names[_folded(given)]
        return 0

    def _note_unknown(self, key: str, name: str) -> None:
        """Once, however it is spelt."""
        names = self.found.unknown[key]
        if _folded(name) not in map(_folded, names):
            names.append(name)

    def _day(self, row: Mapping[str, object], key: str) -> date | None:
        try:
            return date.fromisoformat(str(row[key])) if row.get(key) else None
        except ValueError:
            self._wrong(f"“{key}” is no day such as 2027-03-31")
            return None

    def _weight(self, row: Mapping[str, object]) -> int | None:
        given = row.get("weight")
        if given is None:
            return None
        try:
            weight = Decimal(str(given))
        except InvalidOperation:
            weight = Decimal("NaN")
        if isinstance(given, bool) or not weight.is_finite() or not 0 < weight <= 100:
            self._wrong("“weight” is no number of more than 0 and at most 100")
            return None
        return round(weight * 10)

    def _leave_out(self, row: Mapping[str, object], what: str) -> None:
        self.found.left_out.update(f"{what}: {key}" for key in row if key not in KEYS[what] and row[key])

    def _wrong(self, what: str) -> None:
        self.found.faults.append(f"{self.at}: {what}.".replace("..", "."))
