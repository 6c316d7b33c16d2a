"""What is kept of the plan as it is carried out. Weights are in thousandths of a commitment, progress in
percent.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Section
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment


class PlanRule(Named):
    """How the progress of the plan follows from that of its commitments."""

    AXES = "axes", _l("the mean of its axes")
    COMMITMENTS = "commitments", _l("the mean of its commitments")


class ObstacleKind(Named):
    """What stands in the way of an activity."""

    LAW = "law", _l("law or regulation")
    MONEY = "money", _l("money")
    PEOPLE = "people", _l("people")
    TECHNOLOGY = "technology", _l("technology")
    OTHER_BODY = "other_body", _l("another body")
    POLITICS = "politics", _l("politics")


class EvidenceKind(Named):
    """What proves that something was done."""

    LINK = "link", _l("a page on the web")
    FILE = "file", _l("a file")
    DATASET = "dataset", _l("a dataset")
    LAW = "law", _l("a published law or regulation")
    MEETING = "meeting", _l("a meeting of this platform")


class MarkScope(Named):
    """What a figure is of."""

    COMMITMENT = "commitment", _l("commitment")
    AXIS = "axis", _l("axis")
    PLAN = "plan", _l("plan")


class TrackedPlan(Base):
    """The plan of a cycle from its adoption on, and the method by which its figures are made: data with their
    source.

    `bands` are the percentages at which the second band and each after it begin (1, 60, 90, 100). Weights may
    be set freely until the end of `weights_due_on`.
    """

    __tablename__ = "tracked_plans"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), primary_key=True)
    began_on: Mapped[date]
    weights_due_on: Mapped[date]
    rule: Mapped[PlanRule] = mapped_column(choice(PlanRule))
    bands: Mapped[list[int]] = mapped_column(Json)
    source: Mapped[Translated]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")


class TrackedCommitment(Base):
    """A commitment of an adopted plan. `is_original` says that it was in the plan before any review; one that
    a review dropped stays, with the day: it goes on counting in the figures on the plan as it was first
    adopted.

    `began_on` is the day it came into the plan. `frozen_at` is when its weights went into the register: since
    then each change has a public reason.
    """

    __tablename__ = "tracked_commitments"

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True
    )
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    is_original: Mapped[bool] = mapped_column(default=True, server_default=true())
    began_on: Mapped[date]
    dropped_on: Mapped[date | None]
    frozen_at: Mapped[datetime | None]

    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")
    activities: Mapped[list[TrackedActivity]] = relationship(
        order_by="TrackedActivity.number", lazy="raise_on_sql", back_populates="tracked"
    )

    @property
    def is_dropped(self) -> bool:
        return self.dropped_on is not None


class TrackedActivity(Base):
    """An activity of the adopted text, by its section. Words and days repeat those in force in that text.

    `ends_on` is the end first adopted and never moves; `due_on` is the one in force (`DeadlineChange`).
    `declared` and `evidenced` are the percentages in force, None as long as nothing was reported or proved;
    `period_id` is the period of the last report. `weight` is None where it is not known (plans of the past);
    `former_weight` is that on the plan as it was first adopted: it stays when an amendment gives others. None
    of what is not in that plan (`is_original`).
    """

    __tablename__ = "tracked_activities"
    __table_args__ = (
        UniqueConstraint("commitment_id", "number"),
        CheckConstraint("declared BETWEEN 0 AND 100", name="declared"),
        CheckConstraint("evidenced <= declared", name="evidenced"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("tracked_commitments.commitment_id", ondelete="CASCADE")
    )
    section_id: Mapped[int] = mapped_column(
        ForeignKey("document_sections.id", ondelete="CASCADE"), unique=True
    )
    number: Mapped[int]
    title: Mapped[Translated]
    responsible: Mapped[Translated]
    deliverable: Mapped[Translated]
    weight: Mapped[int | None]
    former_weight: Mapped[int | None]
    is_original: Mapped[bool] = mapped_column(default=True, server_default=true())
    began_on: Mapped[date]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    due_on: Mapped[date | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    declared: Mapped[int | None]
    evidenced: Mapped[int | None]
    period_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_periods.id"), index=True)

    tracked: Mapped[TrackedCommitment] = relationship(lazy="raise_on_sql", back_populates="activities")
    section: Mapped[Section] = relationship(lazy="raise_on_sql")


class ReportingPeriod(Base):
    """A stretch of time on which every activity is reported, by the end of `due_on`; late reports are taken
    until the end of `closes_on`, none after it. `closed_at` is when the worker closed it.
    """

    __tablename__ = "reporting_periods"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("starts_on <= ends_on", name="period"),
        CheckConstraint("ends_on <= due_on AND due_on <= closes_on", name="due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[Translated]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    closes_on: Mapped[date]
    closed_at: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")


class ProgressReport(Base):
    """What was reported of an activity in a period; `revision` counts from 1, the last one is in force.

    `declared` is None in reports of past plans that have a band alone: `band` is then its number, from 0.
    `lowered` is the public reason of a figure below the one before. `is_unchanged` says "nothing new this
    period".
    """

    __tablename__ = "progress_reports"
    __table_args__ = (
        UniqueConstraint("activity_id", "period_id", "revision"),
        CheckConstraint("declared BETWEEN 0 AND 100", name="declared"),
        Index("ix_progress_reports_submitted_at_id", "submitted_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("tracked_activities.id", ondelete="CASCADE"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)
    revision: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True, server_default=true())
    declared: Mapped[int | None]
    band: Mapped[int | None]
    language: Mapped[str]
    actions: Mapped[str] = mapped_column(Text)
    next_steps: Mapped[str] = mapped_column(Text)
    lowered: Mapped[str | None] = mapped_column(Text)
    is_unchanged: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_imported: Mapped[bool] = mapped_column(default=False, server_default=false())
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime]

    activity: Mapped[TrackedActivity] = relationship(lazy="raise_on_sql")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise_on_sql")
    submitter: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    obstacles: Mapped[list[Obstacle]] = relationship(
        order_by="Obstacle.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Obstacle(Base):
    """What stood in the way, as a report says."""

    __tablename__ = "obstacles"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_reports.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ObstacleKind] = mapped_column(choice(ObstacleKind))
    words: Mapped[str] = mapped_column(Text)


class Evidence(Base):
    """What proves what was reported of an activity in a period. It counts while it is alive, stands
    uncontested and was not withdrawn (`counts`).

    Of a link, what was seen when it was last looked at is kept: title, SHA-256 of the content, moment.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_activity_id_period_id", "activity_id", "period_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("tracked_activities.id", ondelete="CASCADE"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"))
    kind: Mapped[EvidenceKind] = mapped_column(choice(EvidenceKind))
    title: Mapped[str]
    language: Mapped[str]
    url: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None]
    file_type: Mapped[str | None]
    file_size: Mapped[int | None]
    meeting: Mapped[str | None]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    dead_since: Mapped[datetime | None]
    contested_at: Mapped[datetime | None]
    counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    seen_title: Mapped[str | None] = mapped_column(Text)
    seen_digest: Mapped[str | None]
    seen_at: Mapped[datetime | None]
    look_again_at: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")

    activity: Mapped[TrackedActivity] = relationship(lazy="raise_on_sql")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise_on_sql")


class EvidenceStanding(Base):
    """From when on a piece of evidence counted or did not count, and why: what makes a figure of a past day
    exact.
    """

    __tablename__ = "evidence_standings"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    counts: Mapped[bool]
    cause: Mapped[str]


class DeadlineChange(Base):
    """An end of an activity that was moved, and why. The one before is never hidden."""

    __tablename__ = "deadline_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        ForeignKey("tracked_activities.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[date | None]
    after: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    moved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    moved_at: Mapped[datetime]


class WeightSetting(Base):
    """The weights of all activities of a commitment as they were set, by the number of each activity.
    `reason` is public; there is one for each that was set after the first ones were frozen. `is_former` says
    that they count on the plan as it was first adopted, too: those until an amendment changed its activities.
    """

    __tablename__ = "weight_settings"
    __table_args__ = (UniqueConstraint("commitment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("tracked_commitments.commitment_id", ondelete="CASCADE")
    )
    number: Mapped[int]
    weights: Mapped[dict[str, int]] = mapped_column(Json)
    is_former: Mapped[bool] = mapped_column(default=True, server_default=true())
    reason: Mapped[Translated]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]


class IndicatorValue(Base):
    """What an indicator of the adopted text was in a period, as its lead reports it; the last revision is in
    force.
    """

    __tablename__ = "indicator_values"
    __table_args__ = (UniqueConstraint("section_id", "period_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("tracked_commitments.commitment_id", ondelete="CASCADE"), index=True
    )
    section_id: Mapped[int] = mapped_column(ForeignKey("document_sections.id", ondelete="CASCADE"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), index=True)
    revision: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True, server_default=true())
    value: Mapped[str]
    target: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    measured_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    measured_at: Mapped[datetime]


class PublishedProgress(Base):
    """The progress of a commitment as it was published elsewhere, where its weights are not known: `percent`
    in hundredths of a percent, at the end of `on`.
    """

    __tablename__ = "published_progress"

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("tracked_commitments.commitment_id", ondelete="CASCADE"), primary_key=True
    )
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_periods.id"), primary_key=True)
    percent: Mapped[int]
    on: Mapped[date]


class ProgressMark(Base):
    """A figure of a commitment, an axis or the plan from the end of a day on, until the next mark of the
    same.

    `declared` and `evidenced` are in hundredths of a percent, rounded half up from exact fractions, None
    where nothing is known. Those of a commitment have the exact sums they come from: Σ weight × percent, and
    Σ weight. `former_declared` and `former_evidenced` are the same on the plan as it was first adopted,
    dropped commitments included and added ones left out. `is_published` says that the figure was taken over
    as published.
    """

    __tablename__ = "progress_marks"
    __table_args__ = (Index("ix_progress_marks_cycle_id_scope_on", "cycle_id", "scope", "on"),)

    scope: Mapped[MarkScope] = mapped_column(choice(MarkScope), primary_key=True)
    scope_id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    declared: Mapped[int | None]
    evidenced: Mapped[int | None]
    former_declared: Mapped[int | None]
    former_evidenced: Mapped[int | None]
    declared_sum: Mapped[int | None]
    evidenced_sum: Mapped[int | None]
    weight_sum: Mapped[int | None]
    is_published: Mapped[bool] = mapped_column(default=False, server_default=false())
