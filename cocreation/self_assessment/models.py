"""Snapshots of the figures of a plan, and the self-assessment reports that stand on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Json, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document
from cocreation.languages.i18n import lazy_gettext as _l


class AssessmentKind(Named):
    """Which self-assessment of a plan a report is."""

    ANNUAL = "annual", _l("annual self-assessment")
    MIDTERM = "midterm", _l("mid-term self-assessment")
    FINAL = "final", _l("final self-assessment")


class MeantAs(Named):
    """What a number typed into a narrative is, where it is no figure of the plan."""

    DATE = "date", _l("a date or a year")
    REFERENCE = "reference", _l("a reference or a number of order")
    LAW = "law", _l("the number of a law or a decree")
    OTHER = "other", _l("a figure that is not one of the plan’s")


class AssessmentStage(Named):
    """Where a report stands."""

    WRITTEN = "written", _l("being written")
    CONSULTED = "consulted", _l("put to public comment")
    PUBLISHED = "published", _l("published")


class PlanSnapshot(Base):
    """The figures of a plan as they were known at a moment, for the end of `as_of`. Never edited.

    `digest` is the SHA-256 of `figures` in the one way of writing JSON that the register has too.
    """

    __tablename__ = "plan_snapshots"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    number: Mapped[int]
    as_of: Mapped[date]
    figures: Mapped[dict[str, object]] = mapped_column(Json)
    digest: Mapped[str]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")


class AssessmentReport(Base):
    """A self-assessment: a document whose figures are those of a snapshot."""

    __tablename__ = "assessment_reports"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    kind: Mapped[AssessmentKind] = mapped_column(choice(AssessmentKind))
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("plan_snapshots.id"), index=True)
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    flags: Mapped[int] = mapped_column(default=0, server_default="0")
    published_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(lazy="raise_on_sql")
    snapshot: Mapped[PlanSnapshot] = relationship(lazy="raise_on_sql")
    papers: Mapped[list[AssessmentPaper]] = relationship(
        order_by="AssessmentPaper.language", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def stage(self) -> AssessmentStage:
        if self.published_at:
            return AssessmentStage.PUBLISHED
        return AssessmentStage.CONSULTED if self.document.consulted else AssessmentStage.WRITTEN


class AssessmentVersion(Base):
    """What was written in a version of the document, by language and with its tokens, and the snapshot that
    filled them in.
    """

    __tablename__ = "assessment_versions"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("assessment_reports.document_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("plan_snapshots.id"), index=True)
    blocks: Mapped[dict[str, dict[str, str]]] = mapped_column(Json)

    snapshot: Mapped[PlanSnapshot] = relationship(lazy="raise_on_sql")


class MeantNumber(Base):
    """A number typed into a block that is no figure of the plan, as the secretariat says."""

    __tablename__ = "meant_numbers"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("assessment_reports.document_id", ondelete="CASCADE"), primary_key=True
    )
    block: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    meant_as: Mapped[MeantAs] = mapped_column(choice(MeantAs))
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]

    sayer: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class AssessmentPaper(Base):
    """A published report as one PDF in a language, drawn once. `digest` is its SHA-256."""

    __tablename__ = "assessment_papers"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("assessment_reports.document_id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    digest: Mapped[str]


class DueAssessment(Base):
    """A self-assessment that is to be published by a day."""

    __tablename__ = "due_assessments"
    __table_args__ = (UniqueConstraint("cycle_id", "kind", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    kind: Mapped[AssessmentKind] = mapped_column(choice(AssessmentKind))
    due_on: Mapped[date]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_reports.document_id"), index=True)

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
