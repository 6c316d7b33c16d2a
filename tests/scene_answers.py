"""A consultation whose comments are being answered, and one whose answers are public, for `tests.scene`."""

from __future__ import annotations

from datetime import timedelta

from cocreation.comment_answers.models import AnsweredComment, AnswerReason, AnswerTemplate, CommentAnswer
from cocreation.comments.models import AnswerOutcome
from cocreation.core.database import session
from tests.cast import THEN, Cast, T
from tests.scene_consultations import a_comment, a_consultation


def an_answer(cast: Cast, number: int, *, is_public: bool = False) -> CommentAnswer:
    """An answer to the first comment of a closed consultation of that number, with its second reader unless
    it is public; added and flushed.
    """
    consultation = a_consultation(cast, number, is_open=True)
    consultation.opens_at, consultation.closes_at = THEN - timedelta(days=30), THEN - timedelta(days=1)
    comment = a_comment(consultation)
    row = CommentAnswer(
        consultation=consultation,
        outcome=AnswerOutcome.NOT_TAKEN_UP,
        reason=AnswerReason.NO_MEANS,
        text=T("لا توجد ميزانية", "Pas de budget"),
        drafted_by=cast.salma.id,
        drafted_at=THEN,
        sent_at=THEN,
        answered=[AnsweredComment(comment_id=comment.id)],
    )
    session.add(row)
    session.flush()
    if is_public:
        row.approved_at, row.approved_by, row.published_at = THEN, cast.mounia.id, THEN
        consultation.answered_at = comment.answered_at = THEN
        comment.outcome, comment.answer, comment.answer_id = row.outcome, row.text, row.id
    session.flush()
    return row


def a_template() -> AnswerTemplate:
    row = AnswerTemplate(
        name="Budget",
        outcome=AnswerOutcome.NOT_TAKEN_UP,
        reason=AnswerReason.NO_MEANS,
        text=T("لا توجد ميزانية", "Pas de budget"),
    )
    session.add(row)
    session.flush()
    return row
