"""What is kept of a plan, day by day: from it every figure of every day comes out anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sqlalchemy import Row, literal, select

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.plan.models import Commitment
from cocreation.tracking.arithmetic import WeightedSums, in_force
from cocreation.tracking.models import (
    Evidence,
    EvidenceStanding,
    ProgressReport,
    PublishedProgress,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    WeightSetting,
)
from cocreation.tracking.totals import CommitmentStanding


@dataclass
class ActivityHistory:
    """An activity as it stands by the day that was last read."""

    number: int
    is_original: bool
    began_on: date
    dropped_on: date | None
    reports: dict[int, tuple[int, int | None]] = field(default_factory=dict)  # by period: revision, percent
    evidence: dict[int, tuple[int, bool]] = field(default_factory=dict)  # by id: period, counts

    def percentages(self) -> tuple[int | None, int | None]:
        proved = {period for period, counts in self.evidence.values() if counts}
        latest = sorted(self.reports.items(), reverse=True)
        return in_force((percent, period in proved) for period, (_revision, percent) in latest)

    def is_there(self, day: date) -> bool:
        return self.began_on <= day and not (self.dropped_on and self.dropped_on <= day)


@dataclass
class CommitmentHistory:
    commitment_id: int
    axis_id: int
    is_original: bool
    began_on: date
    dropped_on: date | None
    activities: dict[int, ActivityHistory] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    former_weights: dict[str, int] = field(default_factory=dict)
    published: Fraction | None = None

    def standing(self, day: date) -> CommitmentStanding:
        present, former = [], []
        for activity in self.activities.values():
            percentages = activity.percentages()
            if activity.is_there(day) and (weight := self.weights.get(str(activity.number))):
                present.append((weight, *percentages))
            if activity.is_original and (weight := self.former_weights.get(str(activity.number))):
                former.append((weight, *percentages))
        return CommitmentStanding(
            self.commitment_id,
            self.axis_id,
            not (self.dropped_on and self.dropped_on <= day),
            self.is_original,
            WeightedSums.of(present),
            WeightedSums.of(former) if self.is_original else WeightedSums.of(()),
            self.published,
        )


class PlanHistory:
    """Everything that was noted of the plan of a cycle, to be read day after day."""

    def __init__(self, cycle_id: int) -> None:
        self.commitments = _commitments(cycle_id)
        self.events: dict[date, list[Row]] = defaultdict(list)
        self._note_days()
        for row in (*_reports(cycle_id), *_standings(cycle_id), *_settings(cycle_id), *_published(cycle_id)):
            self.events[row.day if hasattr(row, "day") else day_of(row.at)].append(row)

    def days(self) -> Iterator[tuple[date, list[CommitmentStanding]]]:
        """Every day on which something was noted, and how the commitments stood at its end."""
        standings: dict[int, CommitmentStanding] = {}
        for day in sorted({*self.events, *self.turning}):
            touched = {self._read(row) for row in self.events.get(day, ())} | self.turning.get(day, set())
            for commitment_id in touched:
                history = self.commitments[commitment_id]
                if history.began_on <= day:
                    standings[commitment_id] = history.standing(day)
            yield day, list(standings.values())

    def _note_days(self) -> None:
        """The days on which a commitment or an activity comes or goes."""
        self.turning: dict[date, set[int]] = defaultdict(set)
        for key, history in self.commitments.items():
            days = {history.began_on, history.dropped_on}
            for activity in history.activities.values():
                days |= {activity.began_on, activity.dropped_on}
            for day in days:
                if day:
                    self.turning[day].add(key)

    def _read(self, row: Row) -> int:
        """Take what a row says for in force; the commitment it is of."""
        history = self.commitments[row.commitment_id]
        match row.what:
            case "report":
                reports = history.activities[row.activity_id].reports
                if row.revision > reports.get(row.period, (0, None))[0]:
                    reports[row.period] = row.revision, row.declared
            case "standing":
                history.activities[row.activity_id].evidence[row.evidence_id] = row.period, row.counts
            case "setting":
                history.weights = row.weights
                history.former_weights = row.weights if row.is_former else history.former_weights
            case "published":
                history.published = Fraction(row.percent, 100)
        return history.commitment_id


def _commitments(cycle_id: int) -> dict[int, CommitmentHistory]:
    of_cycle = TrackedCommitment.cycle_id == cycle_id
    rows = session.execute(
        select(
            *(TrackedCommitment.commitment_id, Commitment.axis_id, TrackedCommitment.is_original),
            *(TrackedCommitment.began_on, TrackedCommitment.dropped_on),
        )
        .join(Commitment, Commitment.id == TrackedCommitment.commitment_id)
        .where(of_cycle)
        .order_by(TrackedCommitment.commitment_id)
    )
    histories = {row[0]: CommitmentHistory(*row) for row in rows}
    activities = session.execute(
        select(
            *(TrackedActivity.commitment_id, TrackedActivity.id, TrackedActivity.number),
            *(TrackedActivity.is_original, TrackedActivity.began_on, TrackedActivity.dropped_on),
        )
        .join(TrackedActivity.tracked)
        .where(of_cycle)
        .order_by(TrackedActivity.id)
    )
    for row in activities:
        history = ActivityHistory(row.number, row.is_original, row.began_on, row.dropped_on)
        histories[row.commitment_id].activities[row.id] = history
    return histories


def _reports(cycle_id: int) -> list[Row]:
    columns = (
        *(literal("report").label("what"), TrackedActivity.commitment_id, ProgressReport.activity_id),
        *(ReportingPeriod.number.label("period"), ProgressReport.revision, ProgressReport.declared),
        ProgressReport.submitted_at.label("at"),
    )
    statement = (
        select(*columns)
        .join(ProgressReport.activity)
        .join(ProgressReport.period)
        .where(ReportingPeriod.cycle_id == cycle_id)
    )
    return list(session.execute(statement))


def _standings(cycle_id: int) -> list[Row]:
    columns = (
        *(literal("standing").label("what"), TrackedActivity.commitment_id, Evidence.activity_id),
        *(ReportingPeriod.number.label("period"), EvidenceStanding.evidence_id, EvidenceStanding.counts),
        EvidenceStanding.at,
    )
    statement = (
        select(*columns)
        .join(Evidence, Evidence.id == EvidenceStanding.evidence_id)
        .join(Evidence.activity)
        .join(Evidence.period)
        .where(ReportingPeriod.cycle_id == cycle_id)
        .order_by(EvidenceStanding.id)
    )
    return list(session.execute(statement))


def _settings(cycle_id: int) -> list[Row]:
    columns = (
        *(literal("setting").label("what"), WeightSetting.commitment_id, WeightSetting.weights),
        *(WeightSetting.is_former, WeightSetting.set_at.label("at")),
    )
    statement = (
        select(*columns)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == WeightSetting.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle_id)
        .order_by(WeightSetting.commitment_id, WeightSetting.number)
    )
    return list(session.execute(statement))


def _published(cycle_id: int) -> list[Row]:
    columns = (
        *(literal("published").label("what"), PublishedProgress.commitment_id, PublishedProgress.percent),
        PublishedProgress.on.label("day"),
    )
    statement = (
        select(*columns)
        .join(TrackedCommitment, TrackedCommitment.commitment_id == PublishedProgress.commitment_id)
        .where(TrackedCommitment.cycle_id == cycle_id)
        .order_by(PublishedProgress.on)
    )
    return list(session.execute(statement))
