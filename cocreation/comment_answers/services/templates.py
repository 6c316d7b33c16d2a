"""Templates of answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.comment_answers.models import AnswerReason, AnswerTemplate
from cocreation.comment_answers.refusals import ReasonOfAnother, TemplateNameTaken
from cocreation.comments.models import AnswerOutcome
from cocreation.core import audit
from cocreation.core.database import Translated, lock, lock_name, session


def add_answer_template(
    name: str, outcome: AnswerOutcome, reason: AnswerReason, text: Translated, *, by: int, now: datetime
) -> AnswerTemplate:
    """Words that answers can begin with. Raises ReasonOfAnother, TemplateNameTaken."""
    _check(name, outcome, reason)
    template = AnswerTemplate(name=name, outcome=outcome, reason=reason, text=text)
    session.add(template)
    session.flush()
    audit.record("answer template added", str(template.id), by=by, now=now)
    return template


def change_answer_template(
    template_id: int,
    name: str,
    outcome: AnswerOutcome,
    reason: AnswerReason,
    text: Translated,
    *,
    by: int,
    now: datetime,
) -> AnswerTemplate:
    """What was begun with it stays as it is. Raises NotFound, ReasonOfAnother, TemplateNameTaken."""
    template = lock(AnswerTemplate, template_id)
    _check(name, outcome, reason, but=template_id)
    template.name, template.outcome, template.reason, template.text = name, outcome, reason, text
    audit.record("answer template changed", str(template_id), by=by, now=now)
    return template


def remove_answer_template(template_id: int, *, by: int, now: datetime) -> None:
    """Raises NotFound."""
    session.delete(lock(AnswerTemplate, template_id))
    audit.record("answer template removed", str(template_id), by=by, now=now)


def _check(name: str, outcome: AnswerOutcome, reason: AnswerReason, but: int = 0) -> None:
    if outcome not in reason.outcomes:
        raise ReasonOfAnother
    lock_name("names of answer templates")
    taken = select(AnswerTemplate.id).where(AnswerTemplate.name == name, AnswerTemplate.id != but)
    if session.scalar(taken):
        raise TemplateNameTaken
