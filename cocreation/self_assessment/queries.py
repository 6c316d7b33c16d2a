"""Reads of self-assessments, of the snapshots they stand on, and of what is flagged in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from cocreation.adoption.gate import Hindrance, is_named
from cocreation.adoption.queries import answers_to
from cocreation.comment_answers.queries.consultations import last_unconfirmed, without_changed_words
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.clock import day_of
from cocreation.core.database import found, session
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document
from cocreation.documents.queries import changes_since_consulted
from cocreation.self_assessment import figures
from cocreation.self_assessment.blocks import Composition, NarrativeBlock
from cocreation.self_assessment.models import (
    AssessmentPaper,
    AssessmentReport,
    AssessmentVersion,
    DueAssessment,
    MeantNumber,
    PlanSnapshot,
)
from cocreation.self_assessment.records import gathered
from cocreation.self_assessment.tokens import Flag
from cocreation.tracking.activities import end_of
from cocreation.tracking.models import (
    Evidence,
    EvidenceStanding,
    ProgressReport,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)


def get_report(reference: str) -> AssessmentReport:
    """A report with its document, its cycle, its snapshot and its papers. Raises NotFound."""
    named = (
        select(AssessmentReport)
        .join(AssessmentReport.document)
        .where(Document.reference == reference)
        .options(
            contains_eager(AssessmentReport.document).joinedload(Document.cycle),
            joinedload(AssessmentReport.snapshot),
            selectinload(AssessmentReport.papers),
        )
    )
    return found(session.scalar(named))


def reports(cycle: Cycle | None = None, *, drafts: bool = False) -> list[AssessmentReport]:
    """The reports that everyone reads, or with `drafts` all; the latest first."""
    statement = (
        select(AssessmentReport)
        .join(AssessmentReport.document)
        .options(
            contains_eager(AssessmentReport.document).joinedload(Document.cycle),
            joinedload(AssessmentReport.snapshot),
        )
        .order_by(AssessmentReport.begun_at.desc(), AssessmentReport.document_id.desc())
    )
    if cycle:
        statement = statement.where(Document.cycle_id == cycle.id)
    if not drafts:
        statement = statement.where(Document.consulted.is_not(None))
    return list(session.scalars(statement))


def version_of(report: AssessmentReport, number: int) -> AssessmentVersion:
    """What was written in version `number` of the document, with its snapshot. Raises NotFound."""
    until = AssessmentVersion.document_id == report.document_id, AssessmentVersion.number <= number
    last = select(AssessmentVersion).where(*until).order_by(AssessmentVersion.number.desc()).limit(1)
    return found(session.scalar(last.options(joinedload(AssessmentVersion.snapshot))))


@dataclass(frozen=True)
class FlaggedText:
    """What is flagged in a block, in the language `code`."""

    block: NarrativeBlock
    code: str
    flag: Flag

    @property
    def key(self) -> tuple[str, str, str]:
        return self.block.uid, self.code, self.flag.words


def flagged(report: AssessmentReport, version: AssessmentVersion) -> list[FlaggedText]:
    """What is flagged in a version and not said to be meant, in its order."""
    composition = Composition(figures.read(report.snapshot.figures), version.blocks)
    said = {(row.block, row.language, row.words) for row in meant(report)}
    return [text for text in flags_in(composition) if text.key not in said]


def flags_in(composition: Composition) -> Iterable[FlaggedText]:
    return (
        FlaggedText(block, code, flag)
        for block in composition.blocks
        for code, flag in composition.flags(block)
    )


def meant(report: AssessmentReport) -> list[MeantNumber]:
    """The typed numbers that are meant, with who said so."""
    own = select(MeantNumber).where(MeantNumber.document_id == report.document_id)
    in_order = own.order_by(MeantNumber.block, MeantNumber.language, MeantNumber.words)
    return list(session.scalars(in_order.options(joinedload(MeantNumber.sayer))))


def hindrances(document: Document, now: datetime) -> list[Hindrance]:
    """Why a report cannot be published yet, as the gate of a plan has it."""
    held = _consultations(document)
    hinders = {
        Hindrance.NOT_CONSULTED: document.consulted is None,
        Hindrance.STILL_OPEN: any(row.closes_at > now or last_unconfirmed(row.id, now) for row in held),
        Hindrance.UNANSWERED: _unanswered(document),
        Hindrance.NAMES_NOTHING: any(without_changed_words(row.id)[0] for row in held),
        Hindrance.UNEXPLAINED: _unexplained(document),
    }
    return [hindrance for hindrance, stands in hinders.items() if stands]


def _consultations(document: Document) -> list[Consultation]:
    """Those that are announced; a comment sent in time can be confirmed for some days after."""
    announced = (
        select(Consultation)
        .join(Consultation.texts)
        .where(
            ConsultedText.document_id == document.id,
            Consultation.announced_at.is_not(None),
            Consultation.called_off_at.is_(None),
        )
    )
    return list(session.scalars(announced))


def _unanswered(document: Document) -> int:
    """How many comments that count have no public answer."""
    waiting = (
        select(func.count())
        .select_from(Comment)
        .join(Comment.text)
        .where(
            ConsultedText.document_id == document.id,
            *(Comment.parent_id.is_(None), Comment.confirmed_at.is_not(None)),
            *(Comment.withdrawn_at.is_(None), Comment.hidden_at.is_(None), Comment.answered_at.is_(None)),
        )
    )
    return session.scalar(waiting) or 0


def _unexplained(document: Document) -> bool:
    """Whether words were changed since the consultation and it is not said why."""
    if document.consulted is None:
        return False
    changes = changes_since_consulted(document)
    answers = answers_to([change.id for change in changes])
    return not all(is_named(change, answers.get(change.id, ())) for change in changes)


def changes_since(snapshot: PlanSnapshot, now: datetime) -> list[figures.ChangedFigure]:
    """The figures of a snapshot that are others by now, in the language that is spoken."""
    cycle = session.get_one(Cycle, snapshot.cycle_id)
    return figures.changed(figures.read(snapshot.figures), gathered(cycle, day_of(now)))


def is_outdated(snapshot: PlanSnapshot) -> bool:
    """Whether something was reported on the plan, or evidence stands otherwise, since the day of the figures
    or since they were frozen, whichever came first. Which figures that changes, `changes_since` says.
    """
    since = min(snapshot.taken_at, end_of(snapshot.as_of))
    of_plan = (
        select(TrackedActivity.id)
        .join(TrackedActivity.tracked)
        .where(TrackedCommitment.cycle_id == snapshot.cycle_id)
    )
    reported = select(ProgressReport.id).where(
        ProgressReport.activity_id.in_(of_plan), ProgressReport.submitted_at >= since
    )
    proved = (
        select(EvidenceStanding.id)
        .join(Evidence, Evidence.id == EvidenceStanding.evidence_id)
        .where(Evidence.activity_id.in_(of_plan), EvidenceStanding.at >= since)
    )
    return any(session.scalar(found_of.limit(1)) is not None for found_of in (reported, proved))


def snapshots(cycle: Cycle) -> list[PlanSnapshot]:
    """Those of a plan, the latest first."""
    own = select(PlanSnapshot).where(PlanSnapshot.cycle_id == cycle.id)
    return list(session.scalars(own.order_by(PlanSnapshot.number.desc())))


def get_snapshot(cycle: str, number: int) -> PlanSnapshot:
    """Raises NotFound."""
    named = (
        select(PlanSnapshot)
        .join(PlanSnapshot.cycle)
        .where(Cycle.code == cycle, PlanSnapshot.number == number)
        .options(contains_eager(PlanSnapshot.cycle))
    )
    return found(session.scalar(named))


def due(cycle: Cycle) -> list[DueAssessment]:
    """The calendar of a plan's self-assessments, the next first."""
    own = select(DueAssessment).where(DueAssessment.cycle_id == cycle.id)
    return list(session.scalars(own.order_by(DueAssessment.due_on, DueAssessment.id)))


def tracked_cycles() -> list[Cycle]:
    """The cycles whose plan is carried out, the latest first."""
    tracked = select(Cycle).join(TrackedPlan, TrackedPlan.cycle_id == Cycle.id)
    return list(session.scalars(tracked.order_by(TrackedPlan.began_on.desc(), Cycle.id.desc())))


def paper_of(report: AssessmentReport, language: str) -> bytes:
    """The PDF of a published report in a language. Raises NotFound."""
    own = AssessmentPaper.document_id == report.document_id, AssessmentPaper.language == language
    drawn = select(AssessmentPaper).where(*own).options(undefer(AssessmentPaper.content))
    return found(session.scalar(drawn)).content
