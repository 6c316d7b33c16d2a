"""The second reader of an answer: nothing is published that only one person has read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cocreation.comment_answers.models import AnswerStage, CommentAnswer
from cocreation.comment_answers.queries.answers import references_of
from cocreation.comment_answers.refusals import (
    AnswerNotSent,
    AnswersIncomplete,
    NoAnswerToSend,
    OwnAnswer,
    QuestionMissing,
)
from cocreation.comment_answers.services.answers import drafted, named
from cocreation.core import audit

UNSENT = (AnswerStage.DRAFT, AnswerStage.RETURNED)


def send_answers(answer_ids: Collection[int], *, by: int, now: datetime) -> list[CommentAnswer]:
    """Ask somebody else to read these answers; those that were sent meanwhile stay so.

    Raises NotFound, AnswersPublic, NoAnswerToSend, AnswersIncomplete.
    """
    answers = [drafted(answer_id) for answer_id in sorted(answer_ids)]
    sent = [answer for answer in answers if answer.stage in UNSENT]
    if not sent:
        raise NoAnswerToSend
    if wordless := [answer.id for answer in sent if not any(answer.text.values())]:
        raise AnswersIncomplete(references=named(references_of(wordless)))
    for answer in sent:
        answer.sent_at = now
        audit.record("comment answer sent for review", f"answer {answer.id}", by=by, now=now)
    return sent


def approve(answer_ids: Collection[int], *, by: int, now: datetime) -> list[CommentAnswer]:
    """What was read can be published. Raises NotFound, AnswersPublic, AnswerNotSent, OwnAnswer."""
    answers = [_read(answer_id, by) for answer_id in sorted(answer_ids)]
    for answer in answers:
        answer.approved_at, answer.approved_by = now, by
        answer.returned_at = answer.returned_by = answer.returned_why = None
        audit.record("comment answer approved", f"answer {answer.id}", by=by, now=now)
    return answers


def send_back(answer_id: int, why: str | None, *, by: int, now: datetime) -> CommentAnswer:
    """It goes back to whoever wrote it, with a question. Raises NotFound, AnswersPublic, AnswerNotSent,
    OwnAnswer, QuestionMissing.
    """
    answer = _read(answer_id, by)
    if not why:
        raise QuestionMissing
    answer.sent_at = None
    answer.returned_at, answer.returned_by, answer.returned_why = now, by, why
    audit.record("comment answer returned", f"answer {answer.id}", by=by, now=now)
    return answer


def _read(answer_id: int, by: int) -> CommentAnswer:
    answer = drafted(answer_id)
    if answer.stage is not AnswerStage.SENT:
        raise AnswerNotSent
    if by == answer.drafted_by:
        raise OwnAnswer
    return answer
