"""The annual self-assessment of the running plan: from its snapshot to its publication."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from cocreation.consultations.models import Telling
from cocreation.consultations.services import announcement, preparation
from cocreation.core.database import session
from cocreation.demonstration.content import at, load, translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.self_assessment.models import AssessmentKind, AssessmentReport
from cocreation.self_assessment.services import calendar, reports, snapshots
from cocreation.tracking.models import ProgressReport, ReportingPeriod, TrackedPlan

# How many days before today: the figures, the report, its consultation announced, open, closed, published.
FIGURES, BEGUN, ANNOUNCED, OPEN, CLOSED, PUBLISHED = 90, 85, 80, 60, 35, 20
NEXT = 45  # days until the next one is due


def assess(stage: DemonstrationStage, today: date) -> None:
    """One that is published, and the next in the calendar, of the plan that was adopted last of those on
    which something was reported; nothing where there is none.
    """
    reported = select(ReportingPeriod.cycle_id).join(
        ProgressReport, ProgressReport.period_id == ReportingPeriod.id
    )
    last = (
        select(TrackedPlan.cycle_id)
        .where(TrackedPlan.cycle_id.in_(reported))
        .order_by(TrackedPlan.began_on.desc())
        .limit(1)
    )
    if (cycle_id := session.scalar(last)) is None:
        return
    by = stage.secretariat.id
    begun = at(today - timedelta(days=BEGUN), 10)
    snapshot = snapshots.take(cycle_id, today - timedelta(days=FIGURES), by=by, now=begun)
    report = reports.begin(AssessmentKind.ANNUAL, snapshot.id, by=by, now=begun)
    for number, (block, words) in enumerate(load("assessments")["blocks"].items(), 1):
        text = translated({code: said.strip() for code, said in words.items()})
        reports.write(report.document_id, block, text, by=by, now=begun + timedelta(hours=number))
    consult(report, by, today)
    reports.publish(
        report.document_id, is_outdated_meant=True, by=by, now=at(today - timedelta(days=PUBLISHED), 11)
    )
    due_on = today + timedelta(days=NEXT)
    calendar.add(cycle_id, AssessmentKind.MIDTERM, due_on, by=by, now=at(today - timedelta(days=2), 9))


def consult(report: AssessmentReport, by: int, today: date) -> None:
    """Everyone could comment on it, and nobody did."""
    said, now = load("assessments")["consultation"], at(today - timedelta(days=ANNOUNCED), 10)
    details = preparation.ConsultationDetails(
        **{key: translated(said[key]) for key in ("title", "note", "questions", "follow_up")},
        opens_at=at(today - timedelta(days=OPEN), 12),
        closes_at=at(today - timedelta(days=CLOSED), 18),
        answers_by=today - timedelta(days=PUBLISHED),
    )
    consultation = preparation.prepare(report.document.cycle_id, details, by=by, now=now)
    preparation.choose_texts(consultation.id, [report.document.reference], by=by, now=now)
    [text] = consultation.texts
    preparation.summarise(consultation.id, text.id, translated(said["summary"]), by=by, now=now)
    announcement.announce(consultation.id, by=by, now=now)
    session.execute(update(Telling).values(told_at=now))
