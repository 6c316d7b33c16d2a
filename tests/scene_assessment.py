"""A past plan with a self-assessment of it, written, and one in its calendar."""

from __future__ import annotations

from datetime import date

from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle
from cocreation.plan.models import Commitment
from cocreation.self_assessment.models import AssessmentKind, AssessmentPaper
from cocreation.self_assessment.services import calendar, reports, snapshots
from cocreation.tracking.arithmetic import BANDS
from cocreation.tracking.models import PlanRule, TrackedCommitment, TrackedPlan
from tests.cast import THEN, Cast, T


def an_assessment(cast: Cast) -> dict[str, object]:
    """The samples for its routes: everyone reads it, and its paper in French."""
    cycle = Cycle(
        code="2020",
        title=T("خطة العمل السابقة", "Plan d'action précédent"),
        summary=T("دورة سابقة", "Un cycle passé"),
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    session.add(cycle)
    session.flush()
    session.add(
        TrackedPlan(
            cycle_id=cycle.id,
            began_on=date(2020, 6, 1),
            weights_due_on=date(2020, 7, 1),
            rule=PlanRule.AXES,
            bands=list(BANDS),
            source=T("المنهجية", "La méthode"),
        )
    )
    axis = Axis(cycle_id=cycle.id, position=1, name=T("محور", "Axe"))
    session.add(axis)
    session.flush()
    words = dict.fromkeys(("title", "problem", "solution", "expected_result"), T("التزام", "Engagement"))
    commitment = Commitment(
        cycle_id=cycle.id,
        number=1,
        axis_id=axis.id,
        institution_id=cast.ministry.id,
        published_at=THEN,
        **words,
    )
    session.add(commitment)
    session.flush()
    session.add(TrackedCommitment(commitment_id=commitment.id, cycle_id=cycle.id, began_on=date(2020, 6, 1)))
    by = cast.salma.id
    due = calendar.add(cycle.id, AssessmentKind.FINAL, date(2022, 3, 1), by=by, now=THEN)
    snapshot = snapshots.take(cycle.id, date(2021, 12, 31), by=by, now=THEN)
    report = reports.begin(AssessmentKind.ANNUAL, snapshot.id, by=by, now=THEN)
    report.document.consulted = report.document.latest
    session.add(AssessmentPaper(document_id=report.document_id, language="fr", content=b"%PDF", digest=""))
    session.flush()
    return {
        "self_assessment:reference": report.document.reference,
        "self_assessment:code": "fr",
        "self_assessment:cycle": cycle.code,
        "plan_progress:cycle": cycle.code,
        "plan_progress:kind": "csv",
        "plan_progress.commitment:reference": commitment.reference,
        "self_assessment:number": snapshot.number,
        "self_assessment:due_id": due.id,
        "self_assessment:block": "lessons",
    }
