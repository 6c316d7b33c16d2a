"""Writes of the cycles: the calendar, the themes and the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, NotFound
from cocreation.cycles.models import (
    ANNOUNCE_DAYS,
    APPEAL_DAYS,
    CONSULTATION_DAYS,
    FATES_IN,
    OBJECTION_DAYS,
    Axis,
    Cycle,
    Phase,
    PhasePeriod,
    Theme,
)
from cocreation.cycles.refusals import CodeTaken, EndsBeforeItStarts, StillUsed
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

# A list of a cycle, by the word it has in addresses and in the journal.
PARTS: dict[str, type[Theme] | type[Axis]] = {"themes": Theme, "axes": Axis}


# What may be wrong with the days of a phase.
ONE_DAY_ONLY = _l("Give both days, or neither.")
DAYS_REVERSED = _l("The last day cannot be before the first one.")
OUTSIDE_CYCLE = _l("These days are outside the cycle, which goes from %(start)s to %(end)s.")


@dataclass(frozen=True)
class CycleDetails:
    """What the secretariat says of a cycle; `calendar` has first and last days, or None."""

    title: Translated
    summary: Translated
    starts_on: date
    ends_on: date
    calendar: Mapping[Phase, tuple[date | None, date | None]] = field(default_factory=dict)
    readers_to_refuse: int = 1
    reads_blind: bool = True
    languages: tuple[str, ...] = FATES_IN
    appeal_days: int = APPEAL_DAYS
    objection_days: int = OBJECTION_DAYS
    announce_days: int = ANNOUNCE_DAYS
    consultation_days: int = CONSULTATION_DAYS

    def faults(self) -> dict[Phase, Lazy]:
        """What is wrong with the dates of each phase, in a sentence; nothing when all is well."""
        said = {phase: self._fault(*days) for phase, days in self.calendar.items()}
        return {phase: fault for phase, fault in said.items() if fault}

    def _fault(self, opens_on: date | None, closes_on: date | None) -> Lazy | None:
        if opens_on is None and closes_on is None:
            return None
        if opens_on is None or closes_on is None:
            return ONE_DAY_ONLY
        if closes_on < opens_on:
            return DAYS_REVERSED
        if opens_on < self.starts_on or closes_on > self.ends_on:
            return OUTSIDE_CYCLE.filled(start=self.starts_on, end=self.ends_on)
        return None


# A calendar as cycles had it, by the days after the first one on which a phase opens and closes.
USUAL_DAYS = {
    Phase.PREPARATION: (0, 29),
    Phase.MEETINGS: (30, 104),
    Phase.INTAKE: (30, 119),
    Phase.SCREENING: (45, 149),
    Phase.STUDY: (120, 209),
    Phase.DRAFTING: (180, 239),
    Phase.CONSULTATION: (240, 269),
    Phase.ADOPTION: (270, 299),
    Phase.FATES: (180, 299),
    Phase.IMPLEMENTATION: (300, 1029),
    Phase.EVALUATION: (1000, 1094),
}


def proposed_calendar(starts_on: date) -> tuple[date, dict[Phase, tuple[date, date]]]:
    """A last day and a calendar for a cycle that begins on that day, to be changed by who knows better."""
    calendar = {
        phase: (starts_on + timedelta(days=opens), starts_on + timedelta(days=closes))
        for phase, (opens, closes) in USUAL_DAYS.items()
    }
    return max(closes for _opens, closes in calendar.values()), calendar


def create_cycle(code: str, details: CycleDetails, *, now: datetime, by: int) -> Cycle:
    """A new cycle. Raises CodeTaken, or Invalid for dates that cannot be."""
    _check(details)
    if session.scalar(select(Cycle.id).where(Cycle.code == code)):
        raise CodeTaken(code=code)
    cycle = Cycle(code=code, phases=[], themes=[], axes=[])
    _write(cycle, details)
    session.add(cycle)
    session.flush()
    audit.record("cycle created", code, by=by, now=now)
    return cycle


def change_cycle(cycle_id: int, details: CycleDetails, *, now: datetime, by: int) -> bool:
    """Other words or dates for a cycle; its code stays, since references begin with it. Raises Invalid."""
    _check(details)
    cycle = lock(Cycle, cycle_id, selectinload(Cycle.phases))
    _write(cycle, details)
    audit.record("cycle changed", cycle.code, by=by, now=now)
    return True


def add_part(cycle_id: int, kind: str, name: Translated, *, now: datetime, by: int | None) -> Theme | Axis:
    """A theme or an axis at the end of its list."""
    cycle, model = lock(Cycle, cycle_id), PARTS[kind]
    last = session.scalar(select(func.max(model.position)).where(model.cycle_id == cycle_id)) or 0
    part = model(cycle_id=cycle_id, position=last + 1, name=name)
    session.add(part)
    session.flush()
    audit.record(f"{kind}: added", cycle.code, by=by, now=now, id=part.id)
    return part


def rename_part(cycle_id: int, kind: str, part_id: int, name: Translated, *, now: datetime, by: int) -> None:
    """Another name for a theme or an axis; what stands under it stays."""
    cycle, parts = _locked(cycle_id, kind)
    part = find_part(parts, part_id)
    before, part.name = part.name, name
    audit.record(f"{kind}: renamed", cycle.code, by=by, now=now, id=part_id, before=before, after=name)


def move_part(cycle_id: int, kind: str, part_id: int, *, down: bool, now: datetime, by: int) -> None:
    """One place up or down; at the end of the list, nothing."""
    cycle, parts = _locked(cycle_id, kind)
    at = parts.index(find_part(parts, part_id))
    to = at + 1 if down else at - 1
    if not 0 <= to < len(parts):
        return
    parts[at], parts[to] = parts[to], parts[at]
    for position, part in enumerate(parts, start=1):
        part.position = position
    audit.record(f"{kind}: moved", cycle.code, by=by, now=now, id=part_id, place=to + 1)


def remove_part(cycle_id: int, kind: str, part_id: int, *, now: datetime, by: int) -> None:
    """Raises StillUsed while higher rooms stand on it: the database knows, we need not ask."""
    cycle, parts = _locked(cycle_id, kind)
    part = find_part(parts, part_id)
    try:
        with session.begin_nested():
            session.delete(part)
    except IntegrityError as error:
        raise StillUsed from error
    audit.record(f"{kind}: removed", cycle.code, by=by, now=now, id=part_id, name=part.name)


def _check(details: CycleDetails) -> None:
    if details.ends_on < details.starts_on:
        raise EndsBeforeItStarts
    for fault in details.faults().values():
        raise Invalid(fault)


def _write(cycle: Cycle, details: CycleDetails) -> None:
    cycle.title, cycle.summary = details.title, details.summary
    cycle.starts_on, cycle.ends_on = details.starts_on, details.ends_on
    cycle.readers_to_refuse, cycle.reads_blind = details.readers_to_refuse, details.reads_blind
    cycle.languages, cycle.appeal_days = list(details.languages), details.appeal_days
    cycle.objection_days = details.objection_days
    cycle.announce_days, cycle.consultation_days = details.announce_days, details.consultation_days
    periods = {period.phase: period for period in cycle.phases}
    for phase, (opens_on, closes_on) in details.calendar.items():
        period = periods.get(phase)
        if opens_on is None or closes_on is None:
            if period:
                cycle.phases.remove(period)
        elif period:
            period.opens_on, period.closes_on = opens_on, closes_on
        else:
            cycle.phases.append(PhasePeriod(phase=phase, opens_on=opens_on, closes_on=closes_on))


def _locked(cycle_id: int, kind: str) -> tuple[Cycle, list[Theme | Axis]]:
    """The cycle, locked so that its lists hold still, and one of them in order."""
    cycle, model = lock(Cycle, cycle_id), PARTS[kind]
    return cycle, list(
        session.scalars(select(model).where(model.cycle_id == cycle_id).order_by(model.position, model.id))
    )


def find_part(parts: Sequence[Theme | Axis], part_id: int) -> Theme | Axis:
    """The theme or axis of that number in its list. Raises NotFound."""
    part = next((part for part in parts if part.id == part_id), None)
    if part is None:
        raise NotFound
    return part
