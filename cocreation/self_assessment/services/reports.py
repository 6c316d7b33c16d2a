"""A self-assessment is begun on a snapshot, written block by block, put on a newer snapshot, published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.cycles.models import Cycle
from cocreation.documents import services as documents
from cocreation.documents.models import (
    CauseKind,
    Change,
    Document,
    DocumentKind,
    DocumentVersion,
    SectionKind,
)
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.languages import i18n
from cocreation.languages.i18n import REQUIRED, Lazy, lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.self_assessment import paper, queries
from cocreation.self_assessment.blocks import TITLE, Composition, prefilled
from cocreation.self_assessment.figures import read
from cocreation.self_assessment.models import (
    AssessmentKind,
    AssessmentPaper,
    AssessmentReport,
    AssessmentVersion,
    DueAssessment,
    MeantAs,
    MeantNumber,
    PlanSnapshot,
)

NEW_FIGURES = _l("Figures of snapshot %(number)s, for %(day)s, in place of those before.")


class SnapshotOfAnotherPlan(Invalid):
    sentence = _l("This snapshot is of another plan.")


class ReportPublished(Refusal):
    sentence = _l("This report is published: it stands as everyone reads it, for good.")


class NumberNotFlagged(Invalid):
    sentence = _l("This number does not stand in the text any more: look at the list again.")


class FlaggedNumbersStand(Refusal):
    sentence = _l(
        "Something in the text is flagged and not answered (first: “%(words)s”): put a token in its place, "
        "or say what it is."
    )


class ReportHindered(Refusal):
    sentence = _l("The report cannot be published yet: %(why)s.")


class SnapshotOutdated(Refusal):
    sentence = _l(
        "Figures have changed since the snapshot: take a new one, or say that the report is published with "
        "those of the day it names."
    )


@dataclass(frozen=True)
class FlaggedPlace:
    """A number in a block, as the list of flagged numbers names it."""

    block: str
    language: str
    words: str


def begin(kind: AssessmentKind, snapshot_id: int, *, by: int | None, now: datetime) -> AssessmentReport:
    """A new report, `2021-SA1`, drafted from a snapshot; what waits in the calendar for one of its kind is
    this one. Raises NotFound.
    """
    snapshot = _snapshot(snapshot_id)
    cycle = lock(Cycle, snapshot.cycle_id)
    figures = read(snapshot.figures)
    written = prefilled(figures)
    sections = Composition(figures, written).sections()
    reference = f"{cycle.code}-SA{_next_number(cycle)}"
    document = documents.begin(
        DocumentKind.REPORT, cycle.id, reference, sections[0].text, sections, by=by, now=now
    )
    document.is_composed = True
    report = AssessmentReport(document=document, kind=kind, snapshot=snapshot, begun_by=by, begun_at=now)
    session.add(report)
    session.flush()
    _note(report, document, snapshot, written)
    _fulfil(cycle, report)
    audit.record("self-assessment begun", reference, by=by, now=now, snapshot=snapshot.number)
    return report


def write(
    document_id: int,
    block: str,
    text: Translated,
    message: Translated | None = None,
    *,
    by: int | None,
    now: datetime,
) -> AssessmentReport:
    """What a block says from the next version on. Raises NotFound, ReportPublished."""
    report, version = _locked(document_id)
    if block not in {b.uid for b in Composition(read(report.snapshot.figures), {}).blocks}:
        raise NotFound
    _save(report, report.snapshot, {**version.blocks, block: dict(text)}, message, by=by, now=now)
    return report


def renew(document_id: int, snapshot_id: int, *, by: int | None, now: datetime) -> AssessmentReport:
    """Put a report on another snapshot: every figure in it is that one's from the next version on, and what
    changes by it after public comment has that as its cause. Raises NotFound, ReportPublished,
    SnapshotOfAnotherPlan.
    """
    report, version = _locked(document_id)
    snapshot = _snapshot(snapshot_id)
    if snapshot.cycle_id != report.document.cycle_id:
        raise SnapshotOfAnotherPlan
    report.snapshot_id, report.snapshot = snapshot.id, snapshot
    message = _said_everywhere(NEW_FIGURES, number=snapshot.number, as_of=snapshot)
    figures = read(snapshot.figures)
    blocks = {**prefilled(figures), **version.blocks}
    saved = _save(report, snapshot, blocks, message, by=by, now=now)
    if saved:
        changes = session.scalars(select(Change.id).where(Change.version_id == saved.id)).all()
        if changes:
            documents.name_cause(changes, CauseKind.NOTE, reason=message, by=by, now=now)
    audit.record(
        "self-assessment on another snapshot",
        report.document.reference,
        by=by,
        now=now,
        snapshot=snapshot.number,
    )
    return report


def mean(
    document_id: int, places: Collection[FlaggedPlace], meant_as: MeantAs, *, by: int | None, now: datetime
) -> int:
    """These numbers are meant as they stand: dates, references, numbers of laws; how many. Raises NotFound,
    ReportPublished, NumberNotFlagged.
    """
    report, version = _locked(document_id)
    composition = Composition(read(report.snapshot.figures), version.blocks)
    flagged = {
        FlaggedPlace(block.uid, code, flag.words)
        for block in composition.blocks
        for code, flag in composition.flags(block)
        if flag.kind.can_be_meant
    }
    if not places or not set(places) <= flagged:
        raise NumberNotFlagged
    for place in sorted(set(places), key=lambda place: (place.block, place.language, place.words)):
        key = {"document_id": document_id, **vars(place)}
        meant = session.get(MeantNumber, key) or MeantNumber(**key)
        meant.meant_as, meant.said_by, meant.said_at = meant_as, by, now
        session.add(meant)
    session.flush()
    report.flags = len(queries.flagged(report, version))
    audit.record("numbers meant", report.document.reference, by=by, now=now, numbers=len(places))
    return len(places)


def publish(
    document_id: int,
    message: Translated | None = None,
    *,
    is_outdated_meant: bool = False,
    by: int | None,
    now: datetime,
) -> AssessmentReport:
    """Let everyone read the last version as the self-assessment, for good, and draw it on paper. Raises
    ReportPublished, FlaggedNumbersStand, ReportHindered, SnapshotOutdated.
    """
    report, version = _locked(document_id)
    if flagged := queries.flagged(report, version):
        raise FlaggedNumbersStand(words=flagged[0].flag.words)
    if hindrances := queries.hindrances(report.document, now):
        raise ReportHindered(why=hindrances[0].label)
    if not is_outdated_meant and queries.is_outdated(report.snapshot):
        raise SnapshotOutdated
    document = report.document
    document.title = _title(document)
    if document.has_draft:
        documents.publish(document.id, now=now, message=message)
    document.adopted = document.latest
    report.published_at = now
    content = paper.ReportOnPaper(report, Composition(read(report.snapshot.figures), version.blocks), now)
    report.papers = [_paper(content, code) for code in REQUIRED]
    session.flush()
    audit.record("self-assessment published", document.reference, by=by, now=now, version=document.latest)
    journal.append(
        journal.Action.ASSESSED,
        document.reference,
        now,
        version=document.latest,
        snapshot=report.snapshot.number,
        figures=report.snapshot.digest,
        papers={row.language: row.digest for row in report.papers},
    )
    return report


def _title(document: Document) -> Translated:
    said = (s.text for s in text_at(document.id, document.latest) if s.uid == TITLE)
    return next(said, document.title)


def _paper(content: paper.ReportOnPaper, code: str) -> AssessmentPaper:
    drawn = content.drawn(code)
    return AssessmentPaper(language=code, content=drawn, digest=hashlib.sha256(drawn).hexdigest())


def _locked(document_id: int) -> tuple[AssessmentReport, AssessmentVersion]:
    """The report, which nobody else writes meanwhile, and its last version. Raises NotFound,
    ReportPublished.
    """
    lock(Document, document_id)
    document = joinedload(AssessmentReport.document).joinedload(Document.cycle)
    options = document, joinedload(AssessmentReport.snapshot), selectinload(AssessmentReport.papers)
    report = found(session.get(AssessmentReport, document_id, options=options, populate_existing=True))
    if report.published_at:
        raise ReportPublished
    return report, queries.version_of(report, report.document.latest)


def _save(
    report: AssessmentReport,
    snapshot: PlanSnapshot,
    written: Mapping[str, Mapping[str, str]],
    message: Translated | None,
    *,
    by: int | None,
    now: datetime,
) -> DocumentVersion | None:
    """The next version of the document; what its sections said that the report has no more is gone."""
    document = report.document
    sections = Composition(read(snapshot.figures), written).sections()
    kept = {section.uid for section in sections}
    gone = [
        SectionWords(section.uid, SectionKind.FREE, Translated())
        for section in text_at(document.id, document.latest)
        if section.uid not in kept
    ]
    version = documents.save(document.id, [*sections, *gone], by=by, now=now, message=message)
    if not document.published:
        document.title = sections[0].text
    _note(report, document, snapshot, written)
    if version:
        audit.record("document written", document.reference, by=by, now=now, version=version.number)
    return version


def _note(
    report: AssessmentReport,
    document: Document,
    snapshot: PlanSnapshot,
    written: Mapping[str, Mapping[str, str]],
) -> None:
    """What was written stands beside the version that it made; where a save changes no word that is read, the
    tokens it changed belong to the version that stands.
    """
    kept = {uid: {code: text for code, text in words.items() if text} for uid, words in written.items()}
    key = {"document_id": document.id, "number": document.latest}
    version = session.get(AssessmentVersion, key) or AssessmentVersion(**key)
    version.snapshot_id, version.blocks = snapshot.id, kept
    session.add(version)
    session.flush()
    report.flags = len(queries.flagged(report, version))


def _snapshot(snapshot_id: int) -> PlanSnapshot:
    return found(session.get(PlanSnapshot, snapshot_id))


def _said_everywhere(sentence: Lazy, *, number: int, as_of: PlanSnapshot) -> Translated:
    words = {}
    for code in REQUIRED:
        with i18n.speaking(code):
            words[code] = str(sentence.filled(number=number, day=i18n.format_date(as_of.as_of)))
    return Translated(words)


def _next_number(cycle: Cycle) -> int:
    named = select(Document.reference).where(Document.cycle_id == cycle.id)
    numbers = (re.fullmatch(rf"{re.escape(cycle.code)}-SA(\d+)", name) for name in session.scalars(named))
    return max((int(number[1]) for number in numbers if number), default=0) + 1


def _fulfil(cycle: Cycle, report: AssessmentReport) -> None:
    """The first that waits in the calendar for a report of this kind."""
    waiting = (
        select(DueAssessment.id)
        .where(
            DueAssessment.cycle_id == cycle.id,
            DueAssessment.kind == report.kind,
            DueAssessment.report_id.is_(None),
        )
        .order_by(DueAssessment.due_on)
        .limit(1)
    )
    first = session.scalar(waiting)
    session.execute(
        update(DueAssessment).where(DueAssessment.id == first).values(report_id=report.document_id)
    )
