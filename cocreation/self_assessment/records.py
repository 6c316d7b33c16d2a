"""The figures of a plan at the end of a day, gathered from what is tracked: what a snapshot freezes.

Figures are read where `tracking` has them; none is computed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import Base, Translated, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Section, SectionKind
from cocreation.documents.queries import texts_at
from cocreation.meetings.models.meeting import Meeting
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.plan.sheet import CommitmentSheet, Indicator
from cocreation.self_assessment.figures import (
    FrozenFigures,
    SnapshotActivity,
    SnapshotAxis,
    SnapshotCommitment,
    SnapshotFigure,
    SnapshotIndicator,
    SnapshotObstacle,
)
from cocreation.tracking.activities import ActivityProgress, end_of
from cocreation.tracking.figures import CommitmentFigure, Figure, plan_at
from cocreation.tracking.models import Evidence, IndicatorValue, ReportingPeriod
from cocreation.tracking.queries import evidence_of, reports_of


def gathered(cycle: Cycle, on: date) -> FrozenFigures:
    """All figures for the end of `on`, in as many statements whatever the plan has. Raises NotFound where it
    was not carried out yet.
    """
    if (plan := plan_at(cycle, on)) is None:
        raise NotFound
    numbers = {axis.axis.id: number for number, axis in enumerate(plan.axes, 1)}
    records = _Records(cycle, plan.commitments, on)
    return FrozenFigures(
        cycle=cycle.code,
        title=cycle.title,
        as_of=on.isoformat(),
        rule=plan.plan.rule.value,
        source=plan.plan.source,
        plan=_figure(plan.figure),
        axes=[SnapshotAxis(numbers[row.axis.id], row.axis.name, _figure(row.figure)) for row in plan.axes],
        commitments=[records.commitment(row, numbers[row.commitment.axis_id]) for row in plan.commitments],
        participation=_participation(cycle, plan.plan.began_on, on),
    )


def _figure(figure: Figure) -> SnapshotFigure:
    """What a mark says, as it is kept."""
    return SnapshotFigure(
        figure.declared,
        figure.evidenced,
        figure.former_declared,
        figure.former_evidenced,
        figure.band.value,
        figure.is_published,
    )


class _Records:
    """What is asked of the database once for all commitments."""

    def __init__(self, cycle: Cycle, rows: Collection[CommitmentFigure], on: date) -> None:
        ids = [activity.activity.id for row in rows for activity in row.activities]
        self.on = on
        self.reports = {key: found_of[0] for key, found_of in reports_of(ids, on).items()}
        self.evidence = evidence_of(ids, on)
        self.measured = _measured([row.commitment.id for row in rows], on)
        self.sheets = _sheets(cycle, {row.commitment.id for row in rows})

    def commitment(self, row: CommitmentFigure, axis: int) -> SnapshotCommitment:
        commitment, sheet = row.commitment, self.sheets[row.commitment.id]
        own = [activity for activity in row.activities if activity.is_in_force]
        proofs = self._proofs(own)
        return SnapshotCommitment(
            reference=commitment.reference,
            number=commitment.number,
            axis=axis,
            title=_first(sheet.text(SectionKind.TITLE), commitment.title),
            institution=commitment.institution.name,
            figure=_figure(row.figure),
            dropped_on=None if row.is_in_force else _iso(row.tracked.dropped_on),
            problem=_first(sheet.text(SectionKind.PROBLEM), commitment.problem),
            solution=_first(sheet.text(SectionKind.SOLUTION), commitment.solution),
            result=_first(sheet.text(SectionKind.RESULT), commitment.expected_result),
            activities=[self._activity(activity) for activity in own],
            obstacles=self._obstacles(own),
            indicators=[self._indicator(commitment.id, indicator) for indicator in sheet.indicators],
            evidence=len(proofs),
            standing=sum(proof.counts for proof in proofs),
        )

    def _activity(self, progress: ActivityProgress) -> SnapshotActivity:
        activity, report = progress.activity, self.reports.get(progress.activity.id)
        return SnapshotActivity(
            number=activity.number,
            title=activity.title,
            band=progress.band.value if progress.band else None,
            declared=progress.declared,
            evidenced=progress.evidenced,
            weight=activity.weight,
            actions=report.actions if report else "",
            language=report.language if report else "",
            starts_on=_iso(activity.starts_on),
            ends_on=_iso(activity.ends_on),
            due_on=_iso(activity.due_on),
        )

    def _proofs(self, activities: Iterable[ActivityProgress]) -> list[Evidence]:
        return [proof for row in activities for proof in self.evidence.get(row.activity.id, ())]

    def _obstacles(self, activities: Iterable[ActivityProgress]) -> list[SnapshotObstacle]:
        """What stood in the way as the last reports say."""
        return [
            SnapshotObstacle(row.activity.number, obstacle.kind.value, obstacle.words, report.language)
            for row in activities
            if (report := self.reports.get(row.activity.id))
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


def _measured(commitment_ids: Collection[int], on: date) -> dict[tuple[int, str], IndicatorValue]:
    """The last value of each indicator, by its commitment and the name of its section."""
    statement = (
        select(Section.uid, IndicatorValue)
        .join(Section, Section.id == IndicatorValue.section_id)
        .join(ReportingPeriod, ReportingPeriod.id == IndicatorValue.period_id)
        .where(IndicatorValue.commitment_id.in_(commitment_ids), IndicatorValue.measured_at < end_of(on))
        .order_by(ReportingPeriod.number, IndicatorValue.revision)
    )
    return {(row.commitment_id, uid): row for uid, row in session.execute(statement)}


def _sheets(cycle: Cycle, commitment_ids: Collection[int]) -> dict[int, CommitmentSheet]:
    """The sheets of these commitments as they are in force, by the id of the commitment."""
    of_cycle = commitments(cycle).options(joinedload(Commitment.document))
    rows = [row for row in session.scalars(of_cycle) if row.id in commitment_ids]
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


def _participation(cycle: Cycle, began_on: date, on: date) -> dict[str, int]:
    """What people did between the beginning of the plan and the end of the day."""
    since, until = end_of(began_on - timedelta(days=1)), end_of(on)
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


def _count(model: type[Base], conditions: Collection[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _first(said: Translated, kept: Translated) -> Translated:
    """What the sheet says; of one that has no sheet yet what the commitment keeps."""
    return said or kept


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
