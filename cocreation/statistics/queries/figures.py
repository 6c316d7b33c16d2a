"""Who took part, counted: one definition for each figure, wherever it is shown.

- registered: everyone who was ever to be reckoned with and did not cancel: with a place, offered one,
  waiting, whose offer lapsed, who was declined;
- confirmed: who has a place;
- present: who has a place and arrived (`Registration.present_at`).

Each is a part of the one before. A count of one to four people could point at somebody, so it is hidden, with
what would give it away (`suppression`); the three columns are hidden together, so that subtracting them says
no more. Who comes by an invitation is in none of them: they did not register, and said nothing of themselves.
A meeting whose organiser has already published its figures in full shows them all. There are no
totals over several meetings by age or the like: with them a hidden figure could be worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, TypeCoerce, and_, case, func, literal, select, type_coerce, union_all

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.demographics.models import (
    CAPACITY,
    NOT_STATED,
    PROVINCE,
    QUESTIONS,
    Demographics,
    StatisticalQuestion,
    TableRows,
)
from cocreation.demographics.suppression import (
    CONFIRMED,
    REGISTERED,
    SMALLEST_SHOWN,
    Cells,
    Figure,
    Hidden,
    Row,
    cells,
    figure,
    hide,
)
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.places.models.registration import NOT_COUNTED, Registration, RegistrationState

Label = Lazy | str
NOBODY: Row = (0, 0, 0)
LEADING = tuple(question for question in QUESTIONS if question.leads)
PRESENT = and_(Registration.state == RegistrationState.CONFIRMED, Registration.present_at.is_not(None))


class Who(Named):
    """Whom a figure counts, in the order of the columns."""

    REGISTERED = "registered", _l("Registered")
    CONFIRMED = "confirmed", _l("Confirmed registrations")
    PRESENT = "present", _l("Present")


@dataclass(frozen=True)
class MeetingTally:
    """The registrations of a meeting: how many, by state, presence and their answers to `LEADING`."""

    counts: Counter[tuple[RegistrationState, bool, tuple[str, ...]]]

    @property
    def states(self) -> Counter[RegistrationState]:
        """How many registrations are in each state."""
        found: Counter[RegistrationState] = Counter()
        for (state, _arrived, _answers), count in self.counts.items():
            found[state] += count
        return found

    @property
    def confirmed(self) -> int:
        return self.states[RegistrationState.CONFIRMED]

    def rows(self, question: StatisticalQuestion) -> dict[str, Row]:
        """Registered, confirmed and present people by what they answered, in the order of its table."""
        place, found = LEADING.index(question), dict[str, list[int]]()
        for (state, arrived, answers), count in self.counts.items():
            if state in NOT_COUNTED:
                continue
            row = found.setdefault(answers[place], [0, 0, 0])
            is_confirmed = state == RegistrationState.CONFIRMED
            for column, counts in enumerate((True, is_confirmed, is_confirmed and arrived)):
                row[column] += count * counts
        return _in_order(question, {answer: (row[0], row[1], row[2]) for answer, row in found.items()})

    def table(self, question: StatisticalQuestion, *, in_full: bool) -> list[tuple[Label, Figure]]:
        """The rows people see: (label, count) of confirmed people, small counts hidden unless `in_full`."""
        rows = self.rows(question)
        hidden = Hidden() if in_full or not question.sensitive else hide(rows)
        confirmed = {answer for answer, row in rows.items() if row[CONFIRMED]}
        return [
            (label, figure(rows.get(answer, NOBODY)[CONFIRMED], (answer, CONFIRMED), hidden))
            for answer, label in labels(question, confirmed, {})
        ]


@dataclass(frozen=True)
class MeetingFigures:
    """All that is counted of one meeting: how many in all, and by the key of each question."""

    totals: Row
    by: Mapping[str, Mapping[str, Row]]

    def shown(self, question: StatisticalQuestion, *, in_full: bool) -> dict[str, Cells]:
        """What people see of a table, by answer. Nothing while too few people came to count, or where
        nothing could be said without pointing at somebody.
        """
        if self.totals[CONFIRMED] < (1 if in_full else SMALLEST_SHOWN):
            return {}
        rows = _in_order(question, self.by[question.key])
        hidden = Hidden() if in_full or not question.sensitive else hide(rows)
        return {} if REGISTERED in hidden.columns else {key: cells(key, rows[key], hidden) for key in rows}

    def table(
        self, question: StatisticalQuestion, names: Mapping[str, str], *, in_full: bool
    ) -> list[tuple[Label, Cells]]:
        """The same with the labels of its rows, in the order people read them."""
        shown, rows = self.shown(question, in_full=in_full), self.by[question.key]
        named = labels(question, rows, names) if shown else []
        return [(label, shown.get(answer, NOBODY)) for answer, label in named]


def tally(meeting_id: int) -> MeetingTally:
    """The tally of a meeting, in one statement."""
    arrived = Registration.present_at.is_not(None)
    answers = [func.coalesce(_answer(question), NOT_STATED) for question in LEADING]
    keys = (Registration.state, arrived, *answers)
    rows = session.execute(
        select(*keys, func.count())
        .join_from(Registration, Demographics, isouter=True)
        .where(Registration.meeting_id == meeting_id)
        .group_by(*keys)
    )
    counts: Counter[tuple[RegistrationState, bool, tuple[str, ...]]] = Counter()
    for state, is_present, *said, count in rows:
        counts[RegistrationState(str(state)), bool(is_present), tuple(map(str, said))] += count
    return MeetingTally(counts)


def figures(meeting_ids: Collection[int]) -> dict[int, MeetingFigures]:
    """The figures of several meetings, in one statement, by the id of the meeting."""
    found: dict[int, dict[str, dict[str, Row]]] = {
        meeting_id: {question.key: {} for question in QUESTIONS} for meeting_id in meeting_ids
    }
    if found:
        grouped = [_grouped(question, meeting_ids) for question in QUESTIONS]
        for meeting_id, by, answer, *counts in session.execute(union_all(*grouped)):
            key = answer or NOT_STATED
            before = found[meeting_id][by].get(key, NOBODY)
            added = [old + new for old, new in zip(before, counts, strict=True)]
            found[meeting_id][by][key] = (added[0], added[1], added[2])
    return {
        meeting_id: MeetingFigures(_totals(by[CAPACITY.key].values()), by) for meeting_id, by in found.items()
    }


def provinces_of(counted: Iterable[MeetingFigures]) -> set[str]:
    """The codes of the provinces people came from."""
    return {code for figures in counted for code in figures.by[PROVINCE.key]}


def labels(
    question: StatisticalQuestion, rows: Collection[str], names: Mapping[str, str]
) -> list[tuple[str, Label]]:
    """The rows of a table, by answer, in the order people read them; `rows` are the answers somebody gave."""
    named: dict[str, Label] = {**_provinces(rows, names), **question.labels}
    if question.rows == TableRows.GIVEN:
        return [(answer, label) for answer, label in named.items() if answer in rows]
    if question.rows == TableRows.STATED and NOT_STATED not in rows:
        del named[NOT_STATED]
    return list(named.items())


def tables(tally: MeetingTally, *, in_full: bool) -> list[tuple[Lazy, list[tuple[Label, Figure]]]]:
    """The tables of a meeting's page with their titles; none while too few people came to count."""
    if tally.confirmed < (1 if in_full else SMALLEST_SHOWN):
        return []
    return [(question.label, tally.table(question, in_full=in_full)) for question in LEADING]


def _in_order(question: StatisticalQuestion, rows: Mapping[str, Row]) -> dict[str, Row]:
    """All rows, always in one order: of equal counts the first is hidden, and all pages hide the same."""
    ordered = [answer.value for answer in question.answers or ()]
    ordered += sorted(set(rows) - set(ordered))
    return {answer: rows.get(answer, NOBODY) for answer in ordered}


def _provinces(rows: Collection[str], names: Mapping[str, str]) -> dict[str, Label]:
    """The provinces somebody comes from, by their names."""
    return {code: name for name, code in sorted((names[code], code) for code in rows if code in names)}


def _answer(question: StatisticalQuestion) -> TypeCoerce[str]:
    """The column of its answers, as their values."""
    kept = Demographics if question.is_apart else Registration
    return type_coerce(getattr(kept, question.name), String)


def _grouped(question: StatisticalQuestion, meeting_ids: Collection[int]) -> Any:
    answer = _answer(question)
    confirmed = Registration.state == RegistrationState.CONFIRMED
    return (
        select(
            Registration.meeting_id,
            literal(question.key, String),
            answer,
            func.count(),
            func.sum(case((confirmed, 1), else_=0)),
            func.sum(case((PRESENT, 1), else_=0)),
        )
        .join_from(Registration, Demographics, isouter=True)
        .where(Registration.meeting_id.in_(meeting_ids))
        .where(Registration.state.not_in(NOT_COUNTED))
        .group_by(Registration.meeting_id, answer)
    )


def _totals(rows: Iterable[Row]) -> Row:
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0, 0, 0]
    return (sums[0], sums[1], sums[2])
