"""By which day a self-assessment is to be published."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import lock, session
from cocreation.core.errors import AlreadyDone, NotFound
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.self_assessment.models import AssessmentKind, DueAssessment


class AssessmentAlreadyDue(AlreadyDone):
    sentence = _l("This self-assessment is in the calendar for that day already.")


def add(cycle_id: int, kind: AssessmentKind, due_on: date, *, by: int, now: datetime) -> DueAssessment:
    """Raises NotFound, AssessmentAlreadyDue."""
    cycle = lock(Cycle, cycle_id)
    same = DueAssessment.cycle_id == cycle.id, DueAssessment.kind == kind, DueAssessment.due_on == due_on
    if session.scalar(select(DueAssessment.id).where(*same)):
        raise AssessmentAlreadyDue
    due = DueAssessment(cycle_id=cycle.id, kind=kind, due_on=due_on)
    session.add(due)
    session.flush()
    audit.record("self-assessment due", cycle.code, by=by, now=now, kind=kind.value)
    return due


def remove(due_id: int, *, by: int, now: datetime) -> None:
    """Take a day out of the calendar while no report was begun for it. Raises NotFound."""
    due = lock(DueAssessment, due_id)
    if due.report_id:
        raise NotFound
    cycle = session.get_one(Cycle, due.cycle_id)
    session.delete(due)
    audit.record("self-assessment not due", cycle.code, by=by, now=now, kind=due.kind.value)
