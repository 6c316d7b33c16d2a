"""Which comments have to be answered, and who reads an answer as the second one."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.comment_answers.models import AnswerStage, CommentAnswer
from cocreation.comments.models import Comment

READERS = (*SECRETARIAT, *holders(Duty.COMMITTEE))
readers = staff(*READERS)

# A comment that has to be answered: its address is proven and it was not taken back. A reply is part of the
# talk about the comment it replies to, and is answered with it.
COUNTS = Comment.confirmed_at.is_not(None) & Comment.withdrawn_at.is_(None) & Comment.parent_id.is_(None)


def can_read_second(person: Person, answer: CommentAnswer) -> bool:
    """Somebody else than whoever wrote it last."""
    return answer.stage is AnswerStage.SENT and person.id != answer.drafted_by


def shown_author(comment: Comment) -> str | None:
    """Who wrote a comment, as they chose to be named; None where they did not, or where it is silent. Needs
    its commenter and the commenter's association.
    """
    commenter = comment.commenter
    if commenter is None or comment.is_silent:
        return None
    if association := commenter.speaks_for:
        return association.name
    return commenter.name if commenter.is_named else None
