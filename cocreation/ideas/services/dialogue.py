"""What is said back and forth with an author: questions of the screening, and an appeal against a fate."""

from __future__ import annotations

from datetime import date, datetime

from cocreation.core import clock
from cocreation.core.database import Translated, lock, session
from cocreation.ideas import emails, policy
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Author, Idea, IdeaState, StepKind
from cocreation.ideas.queries import dialogue
from cocreation.ideas.refusals import (
    AlreadyReplied,
    FateAlreadyContested,
    NoOpenQuestion,
    NothingToContest,
    TooLateToContest,
    TooLateToReply,
)
from cocreation.ideas.services.steps import by_receipt, record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.text.language_guess import guess_language


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
    sent twice change nothing. Raises NotFound, NoOpenQuestion, AlreadyReplied, TooLateToReply.
    """
    idea = by_receipt(receipt)
    question = dialogue.last_question(idea.id)
    if question is None or idea.is_withdrawn:
        raise NoOpenQuestion
    if question.reply == words:
        return idea
    if question.replied_at:
        raise AlreadyReplied
    if not question.takes_reply(clock.day_of(now)):
        raise TooLateToReply(day=question.answer_by)
    question.reply, question.replied_at = words, now
    idea.state = IdeaState.RECEIVED
    record_step(idea, StepKind.REPLIED, at=now, text=Translated({guess_language(words): words}))
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


def appeal(receipt: str, words: str, *, now: datetime) -> Appeal:
    """The author contests the published fate, once, until the day `Idea.appeal_until`. The same words sent
    twice are one appeal. Raises NotFound, NothingToContest, FateAlreadyContested, TooLateToContest.
    """
    idea = by_receipt(receipt)
    filed: Appeal | None = session.get(Appeal, idea.id)
    if filed and filed.text == words:
        return filed
    if filed:
        raise FateAlreadyContested
    if not policy.is_contestable(idea):
        raise NothingToContest
    if not policy.can_appeal(idea, clock.day_of(now)):
        raise TooLateToContest(day=idea.appeal_until)
    language = guess_language(words)
    filed = Appeal(idea_id=idea.id, text=words, language=language, filed_at=now)
    session.add(filed)
    record_step(idea, StepKind.APPEALED, at=now, text=Translated({language: words}))
    # Sealed: the register cannot forget, and what people write may have to be.
    journal.append(Action.APPEALED, idea.reference or "", now, text=journal.seal(words))
    return filed
