"""The very words that an answer changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import selectinload

from cocreation.comment_answers.models import CommentAnswer
from cocreation.comment_answers.queries.answers import references_of
from cocreation.comment_answers.queries.consultations import WITH_TEXTS
from cocreation.comment_answers.refusals import ChangedWordsMissing
from cocreation.comment_answers.services.answers import named
from cocreation.comment_answers.services.changes import attribute, detach
from cocreation.consultations.models import Consultation
from cocreation.core.database import found, lock, session


def choose_words(answer_id: int, change_ids: Collection[int], *, by: int, now: datetime) -> CommentAnswer:
    """These are the words that changed because of an answer, and no others; also once it is public, but then
    some. Raises NotFound, ChangedWordsMissing, and what `attribute` and `detach` raise.
    """
    lock(Consultation, found(session.get(CommentAnswer, answer_id)).consultation_id, *WITH_TEXTS)
    answer = lock(CommentAnswer, answer_id, selectinload(CommentAnswer.changes))
    before, after = {change.change_id for change in answer.changes}, set(change_ids)
    if answer.published_at and not after:
        raise ChangedWordsMissing(count=1, references=named(references_of([answer_id])))
    if gone := before - after:
        detach(answer_id, gone, by=by, now=now)
    if new := after - before:
        attribute(answer_id, new, by=by, now=now)
    session.expire(answer, ["changes"])
    return answer
