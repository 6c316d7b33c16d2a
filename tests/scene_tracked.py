"""The cast's plan as it is carried out, written as rows: one commitment with three activities, one period."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cocreation.core.database import Translated, session
from cocreation.documents.models import Section
from cocreation.documents.services import save
from cocreation.plan.services.commitments import document_of, locked
from cocreation.plan.sheet import Activity, Indicator
from cocreation.tracking.arithmetic import BANDS
from cocreation.tracking.models import (
    Evidence,
    EvidenceKind,
    MarkScope,
    Obstacle,
    ObstacleKind,
    PlanRule,
    ProgressMark,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)
from tests.cast import THEN, Cast, T

BEGAN = date(2026, 1, 15)
ACTIVITIES = (("جرد المعطيات", "Inventaire"), ("فتح البوابة", "Ouverture du portail"), ("تكوين", "Formation"))


def tracked(cast: Cast, *percents: int | None) -> list[int]:
    """What was declared of each of the three activities on 1 March; the first has evidence. The ids of the
    activities.
    """
    commitment = locked(cast.commitment.id)
    document = document_of(commitment, by=None, now=THEN - timedelta(days=50))
    parts = [Activity(n, T(*title)).words(f"activity-{n}") for n, title in enumerate(ACTIVITIES, 1)]
    parts.append(Indicator(1, T("عدد المعطيات", "Jeux de données"), target="40").words("indicator-1"))
    save(document.id, parts, by=None, now=THEN - timedelta(days=49))
    document.adopted = document.latest
    period = ReportingPeriod(
        cycle_id=cast.cycle.id,
        number=1,
        label=T("الفترة الأولى", "Première période"),
        starts_on=BEGAN,
        ends_on=date(2026, 2, 28),
        due_on=date(2026, 3, 15),
        closes_on=date(2026, 3, 31),
    )
    plan = TrackedPlan(
        cycle_id=cast.cycle.id,
        began_on=BEGAN,
        weights_due_on=date(2026, 2, 1),
        rule=PlanRule.AXES,
        bands=list(BANDS),
        source=T("الطريقة", "La méthode"),
    )
    session.add_all([plan, period, TrackedCommitment(commitment_id=commitment.id, cycle_id=cast.cycle.id)])
    session.flush()
    sections = session.query(Section).filter_by(document_id=document.id)
    ids = {row.uid: row.id for row in sections}
    rows = [
        TrackedActivity(
            commitment_id=commitment.id,
            section_id=ids[f"activity-{number}"],
            number=number,
            title=T(*title),
            responsible=Translated(),
            deliverable=Translated(),
            weight=weight,
        )
        for (number, title), weight in zip(enumerate(ACTIVITIES, 1), (500, 300, 200), strict=True)
    ]
    session.add_all(rows)
    session.flush()
    for row, percent in zip(rows, percents, strict=True):
        if percent is not None:
            report(cast, row.id, period.id, percent, datetime(2026, 3, 1, 10, tzinfo=THEN.tzinfo))
    session.add(
        Evidence(
            activity_id=rows[0].id,
            period_id=period.id,
            kind=EvidenceKind.LINK,
            title="Portail",
            language="fr",
            url="https://example.org/",
            added_at=THEN - timedelta(days=5),
        )
    )
    rows[0].evidenced = rows[0].declared
    marked(cast, date(2026, 3, 1), declared=760_000, evidenced=500_000)
    session.commit()
    return [row.id for row in rows]


def report(cast: Cast, activity_id: int, period_id: int, percent: int, at: datetime) -> None:
    """A report in force on an activity, with an obstacle."""
    activity = session.get_one(TrackedActivity, activity_id)
    revision = session.query(ProgressReport).filter_by(activity_id=activity_id).count() + 1
    activity.declared, activity.period_id = percent, period_id
    row = ProgressReport(
        activity_id=activity_id,
        period_id=period_id,
        revision=revision,
        declared=percent,
        language="fr",
        actions="Le portail est ouvert",
        next_steps="",
        submitted_at=at,
        obstacles=[Obstacle(kind=ObstacleKind.MONEY, words="Budget tardif")],
    )
    session.add(row)
    session.flush()


def marked(cast: Cast, on: date, *, declared: int, evidenced: int) -> None:
    """The figures of the commitment, its axis and the plan from a day on, in ten-thousandths of a percent."""
    of = {
        MarkScope.COMMITMENT: cast.commitment.id,
        MarkScope.AXIS: cast.axis.id,
        MarkScope.PLAN: cast.cycle.id,
    }
    for scope, scope_id in of.items():
        session.merge(
            ProgressMark(
                scope=scope,
                scope_id=scope_id,
                on=on,
                cycle_id=cast.cycle.id,
                declared=declared,
                evidenced=evidenced,
                former_declared=declared,
                former_evidenced=evidenced,
            )
        )
