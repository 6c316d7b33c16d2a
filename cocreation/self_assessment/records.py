"""The figures of a plan at the end of a day, gathered from what is tracked: what a snapshot freezes.

Figures of the plan, its axes and its commitments are read where `tracking` keeps them; none is computed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.clock import noon
from cocreation.core.database import Base, Translated, found, session
from cocreation.cycles.models import Axis, Cycle
from cocreation.documents.models import Section, SectionKind
from cocreation.documents.queries import texts_at
from cocreation.meetings.models.meeting import Meeting
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.plan.sheet import CommitmentSheet, Indicator
from cocreation.self_assessment.figures import (
    PERCENT,
    FrozenFigures,
    SnapshotActivity,
    SnapshotAxis,
    SnapshotCommitment,
    SnapshotFigure,
    SnapshotIndicator,
    SnapshotObstacle,
)
from cocreation.tracking.arithmetic import ProgressBand, band
from cocreation.tracking.models import (
    Evidence,
    IndicatorValue,
    MarkScope,
    ProgressMark,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)


def gathered(cycle: Cycle, on: date) -> FrozenFigures:
    """All figures for the end of `on`, in as many statements whatever the plan has. Raises NotFound where it
    is not carried out yet.
    """
    plan = found(session.get(TrackedPlan, cycle.id))
    kept = _Records(cycle, plan, on)
    axes = list(
        session.scalars(select(Axis).where(Axis.cycle_id == cycle.id).order_by(Axis.position, Axis.id))
    )
    numbers = {axis.id: number for number, axis in enumerate(axes, 1)}
    rows = [row for row in session.scalars(commitments(cycle)) if row.id in kept.tracked]
    used = {row.axis_id for row in rows}
    return FrozenFigures(
        cycle=cycle.code,
        title=cycle.title,
        as_of=on.isoformat(),
        rule=plan.rule.value,
        source=plan.source,
        plan=kept.figure(MarkScope.PLAN, cycle.id),
        axes=[
            SnapshotAxis(numbers[axis.id], axis.name, kept.figure(MarkScope.AXIS, axis.id))
            for axis in axes
            if axis.id in used
        ],
        commitments=[kept.commitment(row, numbers[row.axis_id]) for row in rows],
        participation=_participation(cycle, plan, on),
    )


class _Records:
    """What is asked of the database once for all commitments."""

    def __init__(self, cycle: Cycle, plan: TrackedPlan, on: date) -> None:
        self.plan, self.on, self.until = plan, on, _end_of(on)
        tracked = select(TrackedCommitment).where(TrackedCommitment.cycle_id == cycle.id)
        loaded = selectinload(TrackedCommitment.activities)
        self.tracked = {row.commitment_id: row for row in session.scalars(tracked.options(loaded))}
        self.marks = self._marks(cycle)
        self.reports = self._reports(cycle)
        self.evidence = self._evidence(cycle)
        self.measured = self._measured()
        self.sheets = self._sheets(cycle)

    def figure(self, scope: MarkScope, scope_id: int) -> SnapshotFigure:
        mark = self.marks.get((scope, scope_id))
        if mark is None:
            return SnapshotFigure()
        level = None if mark.declared is None else band(Fraction(mark.declared, PERCENT), self.plan.bands)
        return SnapshotFigure(
            mark.declared,
            mark.evidenced,
            mark.former_declared,
            mark.former_evidenced,
            level.value if level else None,
            mark.is_published,
        )

    def commitment(self, row: Commitment, axis: int) -> SnapshotCommitment:
        tracked, sheet = self.tracked[row.id], self.sheets[row.id]
        own = [activity for activity in tracked.activities if not self._is_past(activity.dropped_on)]
        proofs = self._proofs(own)
        return SnapshotCommitment(
            reference=row.reference,
            number=row.number,
            axis=axis,
            title=_first(sheet.text(SectionKind.TITLE), row.title),
            institution=row.institution.name,
            figure=self.figure(MarkScope.COMMITMENT, row.id),
            dropped_on=_iso(tracked.dropped_on) if self._is_past(tracked.dropped_on) else None,
            problem=_first(sheet.text(SectionKind.PROBLEM), row.problem),
            solution=_first(sheet.text(SectionKind.SOLUTION), row.solution),
            result=_first(sheet.text(SectionKind.RESULT), row.expected_result),
            activities=[self._activity(activity) for activity in own],
            obstacles=self._named(own),
            indicators=[self._indicator(row.id, indicator) for indicator in sheet.indicators],
            evidence=len(proofs),
            standing=sum(proof.counts for proof in proofs),
        )

    def _is_past(self, day: date | None) -> bool:
        return day is not None and day <= self.on

    def _activity(self, activity: TrackedActivity) -> SnapshotActivity:
        report = self.reports.get(activity.id)
        return SnapshotActivity(
            number=activity.number,
            title=activity.title,
            band=self._band(report),
            declared=report.declared if report else None,
            evidenced=self._evidenced(activity),
            weight=activity.weight,
            actions=report.actions if report else "",
            language=report.language if report else "",
            starts_on=_iso(activity.starts_on),
            ends_on=_iso(activity.ends_on),
            due_on=_iso(activity.due_on),
        )

    def _band(self, report: ProgressReport | None) -> str | None:
        if report is None:
            return None
        if report.declared is not None:
            return band(report.declared, self.plan.bands).value
        return list(ProgressBand)[report.band].value if report.band is not None else None

    def _evidenced(self, activity: TrackedActivity) -> int | None:
        return activity.evidenced

    def _proofs(self, activities: Iterable[TrackedActivity]) -> list[Evidence]:
        return [proof for activity in activities for proof in self.evidence[activity.id]]

    def _named(self, activities: Iterable[TrackedActivity]) -> list[SnapshotObstacle]:
        return [obstacle for activity in activities for obstacle in self._obstacles(activity)]

    def _obstacles(self, activity: TrackedActivity) -> list[SnapshotObstacle]:
        if (report := self.reports.get(activity.id)) is None:
            return []
        return [
            SnapshotObstacle(activity.number, obstacle.kind.value, obstacle.words, report.language)
            for obstacle in report.obstacles
        ]

    def _indicator(self, commitment_id: int, indicator: Indicator) -> SnapshotIndicator:
        measured = self.measured.get((commitment_id, indicator.uid))
        return SnapshotIndicator(
            label=indicator.label,
            unit=indicator.unit,
            baseline=indicator.baseline,
            target=measured.target if measured and measured.target else indicator.target,
            value=measured.value if measured else "",
            source=measured.source if measured else "",
        )

    def _marks(self, cycle: Cycle) -> dict[tuple[MarkScope, int], ProgressMark]:
        """The last mark of each figure until the day."""
        own = ProgressMark.cycle_id == cycle.id, ProgressMark.on <= self.on
        rows = session.scalars(select(ProgressMark).where(*own).order_by(ProgressMark.on))
        return {(row.scope, row.scope_id): row for row in rows}

    def _reports(self, cycle: Cycle) -> dict[int, ProgressReport]:
        """What was reported last of each activity until the day, by its id."""
        statement = (
            select(ProgressReport)
            .join(ProgressReport.period)
            .where(ReportingPeriod.cycle_id == cycle.id)
            .order_by(ReportingPeriod.number, ProgressReport.revision)
            .options(joinedload(ProgressReport.period), selectinload(ProgressReport.obstacles))
        )
        return {row.activity_id: row for row in session.scalars(statement) if self._stood(row)}

    def _stood(self, report: ProgressReport) -> bool:
        """Whether a report stood at the end of the day; one that was imported stood when its period ended."""
        if report.is_imported:
            return report.period.ends_on <= self.on
        return report.submitted_at < self.until

    def _evidence(self, cycle: Cycle) -> Mapping[int, list[Evidence]]:
        given: dict[int, list[Evidence]] = defaultdict(list)
        statement = (
            select(Evidence)
            .join(Evidence.period)
            .where(ReportingPeriod.cycle_id == cycle.id, Evidence.added_at < self.until)
            .order_by(Evidence.id)
        )
        for row in session.scalars(statement):
            given[row.activity_id].append(row)
        return given

    def _measured(self) -> dict[tuple[int, str], IndicatorValue]:
        statement = (
            select(Section.uid, IndicatorValue)
            .join(Section, Section.id == IndicatorValue.section_id)
            .join(ReportingPeriod, ReportingPeriod.id == IndicatorValue.period_id)
            .where(IndicatorValue.commitment_id.in_(self.tracked), IndicatorValue.measured_at < self.until)
            .order_by(ReportingPeriod.number, IndicatorValue.revision)
        )
        return {(row.commitment_id, uid): row for uid, row in session.execute(statement)}

    def _sheets(self, cycle: Cycle) -> dict[int, CommitmentSheet]:
        """The sheets of the commitments as they are in force, by the id of the commitment."""
        of_cycle = commitments(cycle).options(joinedload(Commitment.document))
        rows = [row for row in session.scalars(of_cycle) if row.id in self.tracked]
        numbers = {
            row.document.id: row.document.adopted or row.document.published or row.document.latest
            for row in rows
            if row.document
        }
        said = texts_at({document: {number} for document, number in numbers.items()})
        return {
            row.id: CommitmentSheet(said[row.document.id, numbers[row.document.id]] if row.document else [])
            for row in rows
        }


def _participation(cycle: Cycle, plan: TrackedPlan, on: date) -> dict[str, int]:
    """What people did between the beginning of the plan and the end of the day."""
    since, until = noon(plan.began_on) - timedelta(hours=12), _end_of(on)
    held = Meeting.cycle_id == cycle.id, Meeting.starts_at >= since, Meeting.starts_at < until
    sat = (
        CoordinationMeeting.cycle_id == cycle.id,
        CoordinationMeeting.starts_at >= since,
        CoordinationMeeting.starts_at < until,
    )
    opened = (
        Consultation.cycle_id == cycle.id,
        Consultation.announced_at.is_not(None),
        Consultation.called_off_at.is_(None),
        Consultation.opens_at >= since,
        Consultation.opens_at < until,
    )
    said = (
        select(func.count())
        .select_from(Comment)
        .join(Comment.text)
        .join(ConsultedText.consultation)
        .where(*opened, Comment.confirmed_at < until, Comment.withdrawn_at.is_(None))
    )
    return {
        "meetings": _count(Meeting, held),
        "sittings": _count(CoordinationMeeting, sat),
        "consultations": _count(Consultation, opened),
        "comments": session.scalar(said) or 0,
    }


def _count(model: type[Base], conditions: Collection[object] | Sequence[object]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _first(said: Translated, kept: Translated) -> Translated:
    """What the sheet says; of one that has no sheet yet what the commitment keeps."""
    return said or kept


def _end_of(day: date) -> datetime:
    return noon(day) + timedelta(hours=12)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
