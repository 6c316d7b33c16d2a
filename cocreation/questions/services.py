"""A second reader's question about one fate: it holds up its batch until it is answered, and nothing else.

The batch stays with its reader meanwhile. Whoever prepared it answers in words, or changes that fate, or
takes it out (`batches.services.drafts`); the reader then looks at this one again, and approves.
"""

from __future__ import annotations

from datetime import datetime

from cocreation.batches.models import FateQuestion
from cocreation.batches.queries.batches import open_question
from cocreation.batches.services.drafts import draft_of, open_batch
from cocreation.batches.services.review import must_be_readable
from cocreation.core import audit
from cocreation.core.database import session
from cocreation.questions.refusals import AlreadyQuestioned, NoQuestionOpen


def ask(batch_id: int, idea_id: int, words: str, *, by: int, now: datetime) -> FateQuestion:
    """Ask about one fate of a batch that was sent to a second reader.

    Raises NotFound, BatchAlreadyPublished, BeingPublished, AlreadyReviewed, BatchNotSent, OwnBatch,
    AlreadyQuestioned.
    """
    batch = open_batch(batch_id, now)
    must_be_readable(batch, by)
    draft = draft_of(batch, idea_id)
    if open_question(draft.idea_id):
        raise AlreadyQuestioned
    question = FateQuestion(idea_id=draft.idea_id, words=words, asked_by=by, asked_at=now)
    session.add(question)
    audit.record("fate questioned", f"batch {batch.id}", by=by, now=now, idea=idea_id)
    return question


def answer(batch_id: int, idea_id: int, words: str, *, by: int, now: datetime) -> FateQuestion:
    """Answer the question about a fate, which stays as it is.

    Raises NotFound, BatchAlreadyPublished, BeingPublished, NoQuestionOpen.
    """
    batch = open_batch(batch_id, now)
    question = open_question(draft_of(batch, idea_id).idea_id)
    if question is None:
        raise NoQuestionOpen
    question.answer, question.answered_by, question.answered_at = words, by, now
    audit.record("fate question answered", f"batch {batch.id}", by=by, now=now, idea=idea_id)
    return question
