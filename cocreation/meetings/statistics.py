"""Who took part, counted: one definition for each figure, wherever it is shown.

A count of one to four people could point at somebody, so it is hidden, with as many of its neighbours
as it takes to keep the total from giving it away. A meeting whose organiser has already published its
figures in full shows them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.core.i18n import Lazy, lazy_gettext as _l
from cocreation.core.naming import Named
from cocreation.meetings.models import (
    AgeBracket,
    Capacity,
    Demographics,
    Gender,
    Registration,
    RegistrationState,
)

SMALLEST_SHOWN = 5  # people
FEW = _l("fewer than %(count)s", count=SMALLEST_SHOWN)
HIDDEN = _l("hidden")

Figure = int | Lazy
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True)
class Tally:
    """How many registrations of a meeting there are, by state and by what people said of themselves."""

    counts: Counter[tuple[RegistrationState, AgeBracket, Gender, Capacity]]

    def in_state(self, state: RegistrationState) -> int:
        return sum(count for key, count in self.counts.items() if key[0] == state)

    @property
    def confirmed(self) -> int:
        return self.in_state(RegistrationState.CONFIRMED)

    @property
    def waiting(self) -> int:
        return self.in_state(RegistrationState.WAITING)

    def by(self, kind: type[Named]) -> dict[Named, int]:
        """Confirmed people for each member of AgeBracket, Gender or Capacity, zeros included."""
        place = (RegistrationState, AgeBracket, Gender, Capacity).index(kind)
        found: Counter[Named] = Counter()
        for key, count in self.counts.items():
            if key[0] == RegistrationState.CONFIRMED:
                found[key[place]] += count
        return {member: found[member] for member in kind}

    def table(self, kind: type[Named], *, in_full: bool) -> list[tuple[Lazy, Figure]]:
        """The rows people see: (label, count), small counts hidden unless `in_full`.

        A gender nobody left out has no "not available" row: an empty row of it would say nothing.
        """
        counts = {
            m: n for m, n in self.by(kind).items() if n or not (kind is Gender and m is Gender.NOT_STATED)
        }
        hidden = set() if in_full else _hidden(counts)
        return [(each.label, _figure(count, each in hidden)) for each, count in counts.items()]


def tally(meeting_id: int) -> Tally:
    """The tally of a meeting, in one statement."""
    age = func.coalesce(Demographics.age_bracket, AgeBracket.NOT_STATED)
    gender = func.coalesce(Demographics.gender, Gender.NOT_STATED)
    keys = (Registration.state, age, gender, Registration.capacity)
    rows = session.execute(
        select(*keys, func.count())
        .join_from(Registration, Demographics, isouter=True)
        .where(Registration.meeting_id == meeting_id)
        .group_by(*keys)
    )
    counts: Counter[tuple[RegistrationState, AgeBracket, Gender, Capacity]] = Counter()
    for state, years, sex, capacity, count in rows:
        counts[RegistrationState(state), AgeBracket(years), Gender(sex), Capacity(capacity)] += count
    return Tally(counts)


def _hidden(counts: Mapping[Key, int], also: Collection[str] = ()) -> set[Key]:
    """The members whose count is not shown: those under five or of `also`, and their secondary neighbours.

    Zero is shown. Hidden counts can be worked out from the total when there is one of them alone, or
    when they can only be all ones or all fours: then the smallest count still shown is hidden too.
    """
    present = sorted((count, each) for each, count in counts.items() if count)
    hidden = [each for count, each in present if count < SMALLEST_SHOWN or each in also]
    shown = [each for count, each in present if each not in hidden]
    while hidden and shown and _can_be_worked_out([counts[each] for each in hidden]):
        hidden.append(shown.pop(0))
    return set(hidden)


def _can_be_worked_out(counts: list[int]) -> bool:
    most = SMALLEST_SHOWN - 1
    total = sum(counts)
    return len(counts) == 1 or total == len(counts) or (max(counts) <= most and total == most * len(counts))


def figures(counts: dict[str, int], *, also: Collection[str] = ()) -> dict[str, Figure]:
    """Counts by anything as people see them: small ones hidden, and those of `also`, with the neighbours that
    this takes.
    """
    hidden = _hidden(counts, also)
    return {each: _figure(count, each in hidden) for each, count in counts.items()}


def _figure(count: int, is_hidden: bool) -> Figure:
    if not is_hidden:
        return count
    return FEW if count < SMALLEST_SHOWN else HIDDEN


def tables(tally: Tally, *, in_full: bool) -> list[tuple[Lazy, list[tuple[Lazy, Figure]]]]:
    """The three tables of a meeting's page with their titles; none while too few people came to count."""
    if tally.confirmed < (1 if in_full else SMALLEST_SHOWN):
        return []
    titles = {AgeBracket: _l("Age bracket"), Gender: _l("Gender"), Capacity: _l("Capacity")}
    return [(title, tally.table(kind, in_full=in_full)) for kind, title in titles.items()]


def has_hidden(rows: Iterable[tuple[Lazy, Figure]]) -> bool:
    """Whether a table hides something, which the page then explains."""
    return any(not isinstance(figure, int) for _, figure in rows)
