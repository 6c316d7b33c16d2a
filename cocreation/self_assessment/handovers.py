"""What waits for the staff in this room, and who acts next."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, or_

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.core.clock import day_of
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.self_assessment.models import (
    AssessmentReport,
    AssessmentStage,
    DueAssessment,
    PlanSnapshot,
)
from cocreation.tracking.models import (
    Evidence,
    EvidenceStanding,
    ProgressReport,
    TrackedActivity,
    TrackedCommitment,
)

AHEAD = timedelta(days=60)  # before a report is due: writing, public comment and answers take that long


def _to_begin(person: Person, now: datetime) -> WaitingRows:
    return (
        waits(None, due=DueAssessment.due_on, about=Cycle.code)
        .select_from(DueAssessment)
        .join(DueAssessment.cycle)
        .where(DueAssessment.report_id.is_(None), DueAssessment.due_on <= day_of(now) + AHEAD)
    )


def _to_publish(person: Person, now: datetime) -> WaitingRows:
    return (
        waits(AssessmentReport.begun_at, due=DueAssessment.due_on, about=Document.reference)
        .select_from(AssessmentReport)
        .join(AssessmentReport.document)
        .outerjoin(DueAssessment, DueAssessment.report_id == AssessmentReport.document_id)
        .where(AssessmentReport.published_at.is_(None))
    )


def _flagged(person: Person, now: datetime) -> WaitingRows:
    return (
        waits(AssessmentReport.begun_at, about=Document.reference)
        .select_from(AssessmentReport)
        .join(AssessmentReport.document)
        .where(AssessmentReport.published_at.is_(None), AssessmentReport.flags > 0)
    )


def _outdated(person: Person, now: datetime) -> WaitingRows:
    """Reports in the making whose plan was reported on, or whose evidence stands otherwise, since."""
    activity = TrackedActivity.commitment_id == TrackedCommitment.commitment_id
    of_plan = TrackedCommitment.cycle_id == PlanSnapshot.cycle_id
    reported = (
        exists()
        .where(ProgressReport.activity_id == TrackedActivity.id, activity, of_plan)
        .where(ProgressReport.submitted_at > PlanSnapshot.taken_at)
    )
    proved = (
        exists()
        .where(EvidenceStanding.evidence_id == Evidence.id, Evidence.activity_id == TrackedActivity.id)
        .where(activity, of_plan, EvidenceStanding.at > PlanSnapshot.taken_at)
    )
    return (
        waits(PlanSnapshot.taken_at, about=Document.reference)
        .select_from(AssessmentReport)
        .join(AssessmentReport.document)
        .join(AssessmentReport.snapshot)
        .where(AssessmentReport.published_at.is_(None), or_(reported, proved))
    )


TO_BEGIN = WaitingKind(
    "self_assessment.to_begin",
    SECRETARIAT,
    _l("Self-assessments to begin"),
    "manage_self_assessment.index",
    _to_begin,
    "cycle",
)
TO_PUBLISH = WaitingKind(
    "self_assessment.to_publish",
    SECRETARIAT,
    _l("Self-assessments to write and publish"),
    "manage_self_assessment.show",
    _to_publish,
    "reference",
)
FLAGGED = WaitingKind(
    "self_assessment.flagged",
    SECRETARIAT,
    _l("Self-assessments with flagged numbers"),
    "manage_self_assessment.flags",
    _flagged,
    "reference",
)
OUTDATED = WaitingKind(
    "self_assessment.outdated",
    SECRETARIAT,
    _l("Self-assessments whose figures have changed since"),
    "manage_self_assessment.renew",
    _outdated,
    "reference",
)

WAITING: tuple[WaitingKind, ...] = (TO_BEGIN, TO_PUBLISH, FLAGGED, OUTDATED)
STATES: tuple[NextActor, ...] = (
    NextActor(AssessmentStage.WRITTEN, waits=(TO_PUBLISH,)),
    NextActor(AssessmentStage.CONSULTED, waits=(TO_PUBLISH,)),
    NextActor(AssessmentStage.PUBLISHED, nobody="it is published"),
)
