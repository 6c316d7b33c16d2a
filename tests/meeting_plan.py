"""What the tests of planning a meeting do again and again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting
from cocreation.preparation.models import Rule, RuleKind, Task, TaskKind
from tests.cast import Cast, T

HUB = "/en/manage/meetings/OR1"
NEW, RULES = "/en/manage/meetings/new", "/en/manage/meetings/rules/2026"
LINK = "https://visio.example.org/oujda"


def rows(model) -> list:
    session.remove()
    found = list(session.scalars(select(model).order_by(model.id)))
    session.expunge_all()
    session.remove()
    return found


def meeting(reference: str = "OR1") -> Meeting:
    return next(row for row in rows(Meeting) if row.reference == reference)


def set_rules(cast: Cast, **days: int) -> None:
    for kind, count in days.items():
        source = T("جرى به العمل سنة 2023", "comme pratiqué en 2023")
        session.add(Rule(cycle_id=cast.cycle.id, kind=RuleKind(kind), days=count, source=source))
    session.commit()
    session.remove()


def due(reference: str) -> dict[TaskKind, date]:
    found = meeting(reference)
    return {task.kind: task.due_on for task in rows(Task) if task.meeting_id == found.id}
