"""Questions back and forth: the screening asks, the author replies in time, or the day passes."""

from __future__ import annotations

from datetime import date, datetime

from cocreation.core import clock, text
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.ideas import emails, queries
from cocreation.ideas.models import Author, Idea, IdeaState, Question, StepKind
from cocreation.ideas.services.steps import by_receipt, record_step


class NothingAsked(Refusal):
    sentence = _l("No question is waiting for your answer. Nothing was changed.")


class AlreadyReplied(Refusal):
    sentence = _l("This question is already answered. Your first answer stands; nothing was changed.")


class TooLateToReply(Refusal):
    sentence = _l(
        "The question could be answered until %(day)s. Your idea is screened as it stands;"
        " nothing was changed."
    )


def put_question(idea: Idea, words: Translated, *, answer_by: date, by: int, now: datetime) -> Question:
    """Ask the author of `idea` something, to be answered until the end of the day `answer_by`: the idea's
    clock stands still meanwhile. The caller has locked the idea and checked that it may be asked.
    """
    question = Question(idea_id=idea.id, text=words, asked_by=by, asked_at=now, answer_by=answer_by)
    session.add(question)
    session.flush()
    idea.state = IdeaState.ASKED
    record_step(idea, StepKind.ASKED, at=now, text=words, due_on=answer_by)
    emails.ask(idea, question, session.get(Author, idea.id))
    return question


def reply(receipt: str, words: str, *, now: datetime) -> Idea:
    """The author answers the open question, once: the idea waits for its screening again. The same words
    sent twice change nothing. Raises NotFound, NothingAsked, AlreadyReplied, TooLateToReply.
    """
    idea = by_receipt(receipt)
    question = queries.last_question(idea.id)
    if question is None or idea.is_withdrawn:
        raise NothingAsked
    if question.reply == words:
        return idea
    if question.replied_at:
        raise AlreadyReplied
    if not question.takes_reply(clock.day_of(now)):
        raise TooLateToReply(day=question.answer_by)
    question.reply, question.replied_at = words, now
    idea.state = IdeaState.RECEIVED
    record_step(idea, StepKind.REPLIED, at=now, text=Translated({text.guess_language(words): words}))
    return idea


def lapse(question_id: int, *, now: datetime) -> bool:
    """Close a question whose day has passed without a reply: its idea waits for its screening again.
    Whether there still was something to close.
    """
    idea = lock(Idea, session.get_one(Question, question_id).idea_id)
    question = lock(Question, question_id)
    if not question.is_open or question.takes_reply(clock.day_of(now)):
        return False
    question.lapsed_at = now
    if idea.state is IdeaState.ASKED:
        idea.state = IdeaState.RECEIVED
        record_step(idea, StepKind.LAPSED, at=now)
    return True
