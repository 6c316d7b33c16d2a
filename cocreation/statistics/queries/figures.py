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

from sqlalchemy import String, and_, case, func, literal, select, type_coerce, union_all

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.i18n import Lazy, lazy_gettext as _l
from cocreation.core.suppression import (
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
from cocreation.directory.models import Domain
from cocreation.places.models.registration import (
    NOT_COUNTED,
    AgeBracket,
    Capacity,
    Demographics,
    Gender,
    Registration,
    RegistrationState,
)

NOT_AVAILABLE = _l("not available")

Label = Lazy | str
PRESENT = and_(Registration.state == RegistrationState.CONFIRMED, Registration.present_at.is_not(None))


class Who(Named):
    """Whom a figure counts, in the order of the columns."""

    REGISTERED = "registered", _l("Registered")
    CONFIRMED = "confirmed", _l("Confirmed")
    PRESENT = "present", _l("Present")


class By(Named):
    """By what they are counted."""

    AGE = "age", _l("Age bracket")
    GENDER = "gender", _l("Gender")
    CAPACITY = "capacity", _l("Capacity")
    PROVINCE = "province", _l("Province")
    DOMAIN = "domain", _l("Field of the association")


ANSWERS: dict[By, type[Named]] = {
    By.AGE: AgeBracket,
    By.GENDER: Gender,
    By.CAPACITY: Capacity,
    By.DOMAIN: Domain,
}


@dataclass(frozen=True)
class MeetingTally:
    """The registrations of a meeting: how many, by state, presence and what people said of themselves."""

    counts: Counter[tuple[RegistrationState, bool, AgeBracket, Gender, Capacity]]

    @property
    def confirmed(self) -> int:
        return sum(count for key, count in self.counts.items() if key[0] == RegistrationState.CONFIRMED)

    def rows(self, kind: type[Named]) -> dict[Named, Row]:
        """Registered, confirmed and present people for each member of AgeBracket, Gender or Capacity."""
        place = 2 + (AgeBracket, Gender, Capacity).index(kind)
        found: dict[Any, list[int]] = {member: [0, 0, 0] for member in kind}
        for key, count in self.counts.items():
            if key[0] in NOT_COUNTED:
                continue
            is_confirmed = key[0] == RegistrationState.CONFIRMED
            for column, counts in enumerate((True, is_confirmed, is_confirmed and key[1])):
                found[key[place]][column] += count * counts
        return {member: (row[0], row[1], row[2]) for member, row in found.items()}

    def by(self, kind: type[Named]) -> dict[Named, int]:
        """Confirmed people for each member of AgeBracket, Gender or Capacity, zeros included."""
        return {member: row[CONFIRMED] for member, row in self.rows(kind).items()}

    def table(self, kind: type[Named], *, in_full: bool) -> list[tuple[Lazy, Figure]]:
        """The rows people see: (label, count) of confirmed people, small counts hidden unless `in_full`.

        A gender nobody left out has no "not available" row: an empty row of it would say nothing.
        """
        rows = self.rows(kind)
        hidden = Hidden() if in_full else hide(rows)
        return [
            (answer.label, figure(row[CONFIRMED], (answer, CONFIRMED), hidden))
            for answer, row in rows.items()
            if row[CONFIRMED] or not (kind is Gender and answer is Gender.NOT_STATED)
        ]


@dataclass(frozen=True)
class MeetingFigures:
    """All that is counted of one meeting: how many in all, and by each property."""

    totals: Row
    by: Mapping[By, Mapping[str, Row]]

    def shown(self, by: By, *, in_full: bool) -> dict[str, Cells]:
        """What people see of a table, by answer. Nothing while too few people came to count, or where
        nothing could be said without pointing at somebody.
        """
        if self.totals[CONFIRMED] < (1 if in_full else SMALLEST_SHOWN):
            return {}
        rows = self.by[by]
        # In one order, always: of equal counts the first is hidden, and all pages must hide the same.
        ordered = [answer.value for answer in ANSWERS[by]] if by in ANSWERS else []
        ordered += sorted(set(rows) - set(ordered))
        complete = {key: rows.get(key, (0, 0, 0)) for key in ordered}
        hidden = Hidden() if in_full else hide(complete)
        return (
            {}
            if REGISTERED in hidden.columns
            else {key: cells(key, complete[key], hidden) for key in complete}
        )

    def table(self, by: By, names: Mapping[str, str], *, in_full: bool) -> list[tuple[Label, Cells]]:
        """The same with the labels of its rows, in the order people read them."""
        shown = self.shown(by, in_full=in_full)
        return [(label, shown[key]) for key, label in labels(by, self.by[by], names)] if shown else []


def tally(meeting_id: int) -> MeetingTally:
    """The tally of a meeting, in one statement."""
    age = func.coalesce(Demographics.age_bracket, AgeBracket.NOT_STATED)
    gender = func.coalesce(Demographics.gender, Gender.NOT_STATED)
    arrived = Registration.present_at.is_not(None)
    keys = (Registration.state, arrived, age, gender, Registration.capacity)
    rows = session.execute(
        select(*keys, func.count())
        .join_from(Registration, Demographics, isouter=True)
        .where(Registration.meeting_id == meeting_id)
        .group_by(*keys)
    )
    counts: Counter[tuple[RegistrationState, bool, AgeBracket, Gender, Capacity]] = Counter()
    for state, is_present, years, sex, capacity, count in rows:
        key = (RegistrationState(state), bool(is_present), AgeBracket(years), Gender(sex), Capacity(capacity))
        counts[key] += count
    return MeetingTally(counts)


def figures(meeting_ids: Collection[int]) -> dict[int, MeetingFigures]:
    """The figures of several meetings, in one statement, by the id of the meeting."""
    columns = {
        By.AGE: Demographics.age_bracket,
        By.GENDER: Demographics.gender,
        By.CAPACITY: Registration.capacity,
        By.PROVINCE: Demographics.province_code,
        By.DOMAIN: Demographics.domain,
    }
    found: dict[int, dict[By, dict[str, Row]]] = {
        meeting_id: {by: {} for by in By} for meeting_id in meeting_ids
    }
    if found:
        grouped = [_grouped(by, column, meeting_ids) for by, column in columns.items()]
        for meeting_id, by, answer, *counts in session.execute(union_all(*grouped)):
            key = answer or "not_stated"
            before = found[meeting_id][By(by)].get(key, (0, 0, 0))
            added = [old + new for old, new in zip(before, counts, strict=True)]
            found[meeting_id][By(by)][key] = (added[0], added[1], added[2])
    return {
        meeting_id: MeetingFigures(_totals(by[By.CAPACITY].values()), by) for meeting_id, by in found.items()
    }


def provinces_of(counted: Iterable[MeetingFigures]) -> set[str]:
    """The codes of the provinces people came from."""
    return {code for figures in counted for code in figures.by[By.PROVINCE]}


def labels(by: By, rows: Collection[str], names: Mapping[str, str]) -> list[tuple[str, Label]]:
    """The rows of a table by `by`: all brackets, genders and capacities; of provinces and fields of work,
    which are many, those somebody came from.
    """
    if by == By.PROVINCE:
        named = sorted((names[code], code) for code in rows if code in names)
        return [*((code, name) for name, code in named), *_not_stated(rows)]
    kind = ANSWERS[by]
    some = [answer for answer in kind if by != By.DOMAIN or answer.value in rows]
    if by == By.GENDER and Gender.NOT_STATED.value not in rows:
        some.remove(Gender.NOT_STATED)
    rest = _not_stated(rows) if by == By.DOMAIN else []
    return [*((answer.value, answer.label) for answer in some), *rest]


def tables(tally: MeetingTally, *, in_full: bool) -> list[tuple[Lazy, list[tuple[Lazy, Figure]]]]:
    """The three tables of a meeting's page with their titles; none while too few people came to count."""
    if tally.confirmed < (1 if in_full else SMALLEST_SHOWN):
        return []
    titles = {AgeBracket: By.AGE.label, Gender: By.GENDER.label, Capacity: By.CAPACITY.label}
    return [(title, tally.table(kind, in_full=in_full)) for kind, title in titles.items()]


def _grouped(by: By, column: object, meeting_ids: Collection[int]) -> Any:
    answer = type_coerce(column, String)
    confirmed = Registration.state == RegistrationState.CONFIRMED
    return (
        select(
            Registration.meeting_id,
            literal(by.value, String),
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


def _not_stated(rows: Collection[str]) -> list[tuple[str, Label]]:
    return [("not_stated", NOT_AVAILABLE)] if "not_stated" in rows else []
