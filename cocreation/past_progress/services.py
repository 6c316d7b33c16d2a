"""The progress of a plan that was carried out elsewhere, from a file: all or nothing, twice as well as
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.clock import day_of, noon
from cocreation.core.database import Translated, session
from cocreation.core.errors import Refusal
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Section, SectionKind
from cocreation.languages.i18n import DEFAULT, lazy_gettext as _l
from cocreation.past_progress.progress_file import ProgressFile, PublishedActivity, PublishedCommitment
from cocreation.tracking.models import (
    IndicatorValue,
    ProgressReport,
    PublishedProgress,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)
from cocreation.tracking.services.locks import held_plan
from cocreation.tracking.services.marks import rebuild
from cocreation.tracking.services.periods import PeriodDates, set_period
from cocreation.tracking.services.plans import begin


class ProgressUnfit(Refusal):
    """What of a file does not fit the plan, each by its place."""

    sentence = _l("Nothing was imported: %(faults)s")

    def __init__(self, faults: list[str] | None = None) -> None:
        super().__init__(faults="\n".join(faults or []))
        self.faults = faults or []


def import_progress(cycle: Cycle, found: ProgressFile, as_of: date, *, now: datetime) -> Counter[str]:
    """Take over what was published of a plan at the end of a day: a plan that was not adopted here is tracked
    from its first day on as its public versions say. How many figures and reports are new, changed or as they
    were. Raises ProgressUnfit.
    """
    if not cycle.starts_on <= as_of <= day_of(now):
        raise ProgressUnfit([f"as_of: {as_of} lies before the plan began ({cycle.starts_on}), or is to come"])
    if session.get(TrackedPlan, cycle.id) is None:
        begin(cycle, on=cycle.starts_on, now=noon(cycle.starts_on))
    held_plan(cycle.id)
    tracked = _tracked(cycle)
    if faults := list(_faults(found, tracked)):
        raise ProgressUnfit(faults)
    period, told = _period(cycle, as_of, now), Counter[str]()
    for row in found.commitments:
        told[_publish(tracked[row.number], row, period, as_of)] += 1
        activities = {activity.number: activity for activity in tracked[row.number].activities}
        for part in row.activities:
            told[_report(activities[part.number], part, period, as_of)] += 1
        _measure(tracked[row.number], row, period, as_of)
    rebuild(cycle.id)
    audit.record("progress imported", cycle.code, by=None, now=now, **told)
    return told


def _faults(found: ProgressFile, tracked: Mapping[int, TrackedCommitment]) -> Iterator[str]:
    for row in found.commitments:
        if row.number not in tracked:
            yield f"commitment {row.number}: the plan has none that is public; publish it first"
            continue
        numbers = {activity.number for activity in tracked[row.number].activities}
        for part in row.activities:
            if part.number not in numbers:
                yield f"commitment {row.number}, activity {part.number}: the plan has none"


def _tracked(cycle: Cycle) -> dict[int, TrackedCommitment]:
    statement = (
        select(TrackedCommitment)
        .where(TrackedCommitment.cycle_id == cycle.id)
        .options(joinedload(TrackedCommitment.commitment), selectinload(TrackedCommitment.activities))
        .execution_options(populate_existing=True)
    )
    return {row.commitment.number: row for row in session.scalars(statement)}


def _period(cycle: Cycle, as_of: date, now: datetime) -> ReportingPeriod:
    """The period that ended on the day; made where there is none, after those before it."""
    named = ReportingPeriod.cycle_id == cycle.id, ReportingPeriod.ends_on == as_of
    if period := session.scalar(select(ReportingPeriod).where(*named)):
        return period
    ended = select(ReportingPeriod.ends_on).where(ReportingPeriod.cycle_id == cycle.id)
    last = max(session.scalars(ended), default=None)
    starts_on = last + timedelta(days=1) if last else cycle.starts_on
    day = f"{as_of:%Y-%m}"
    dates = PeriodDates(Translated(ar=day, fr=day, en=day), starts_on, as_of, as_of, as_of)
    return set_period(cycle.id, None, dates, by=None, now=now)


def _publish(
    tracked: TrackedCommitment, row: PublishedCommitment, period: ReportingPeriod, as_of: date
) -> str:
    percent = row.percent * 100
    if stood := session.get(PublishedProgress, (tracked.commitment_id, period.id)):
        is_same, stood.percent = stood.percent == percent, percent
        return "unchanged" if is_same else "changed"
    key = {"commitment_id": tracked.commitment_id, "period_id": period.id}
    session.add(PublishedProgress(**key, percent=percent, on=as_of))
    return "new"


def _report(activity: TrackedActivity, part: PublishedActivity, period: ReportingPeriod, as_of: date) -> str:
    """The band and the actions of an activity as a report without a percentage."""
    band, actions = part.band.number if part.band else None, "\n".join(part.actions)
    of_period = ProgressReport.activity_id == activity.id, ProgressReport.period_id == period.id
    stood = session.scalar(select(ProgressReport).where(*of_period, ProgressReport.is_current))
    if stood and (stood.band, stood.actions) == (band, actions):
        return "unchanged"
    if stood:
        stood.is_current = False
    session.add(
        ProgressReport(
            activity_id=activity.id,
            period_id=period.id,
            revision=stood.revision + 1 if stood else 1,
            band=band,
            language=DEFAULT.code,
            actions=actions,
            next_steps="",
            is_imported=True,
            submitted_at=noon(as_of),
        )
    )
    activity.period_id = period.id
    return "changed" if stood else "new"


def _measure(
    tracked: TrackedCommitment, row: PublishedCommitment, period: ReportingPeriod, as_of: date
) -> None:
    """What stands after the colon of an indicator ("published reports: 7") is its value; the indicator is the
    section of the sheet of the same place.
    """
    sections = session.scalars(
        select(Section.id)
        .where(Section.document_id == tracked.commitment.document_id)
        .where(Section.kind == SectionKind.INDICATOR)
        .order_by(Section.position, Section.id)
    )
    of_period = IndicatorValue.commitment_id == tracked.commitment_id, IndicatorValue.period_id == period.id
    stood = set(session.scalars(select(IndicatorValue.section_id).where(*of_period)))
    for section_id, said in zip(sections, row.indicators, strict=False):
        value = said.rpartition(":")[2].strip() if ":" in said else ""
        if value and section_id not in stood:
            session.add(
                IndicatorValue(
                    commitment_id=tracked.commitment_id,
                    section_id=section_id,
                    period_id=period.id,
                    revision=1,
                    value=value,
                    target="",
                    source="",
                    measured_at=noon(as_of),
                )
            )
