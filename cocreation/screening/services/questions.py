"""A question to an author, before an idea is decided: its clock stands still until the answer or its day."""

from __future__ import annotations

from datetime import date, datetime

from cocreation.core import audit, clock
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import DEFAULT, lazy_gettext as _l
from cocreation.cycles.calendar import must_be_open
from cocreation.cycles.models import Phase
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Author, Idea, IdeaState
from cocreation.ideas.services.dialogue import put_question
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.screening.services.screening import WITH_CALENDAR, why_not


class NoAddress(Refusal):
    sentence = _l("This idea came without an e-mail address, so its author cannot be asked.")


class AuthorAlreadyAsked(Refusal):
    sentence = _l("Meanwhile its author was asked a question. Yours was not sent.")


class QuestionUnreadable(Invalid):
    sentence = _l("Write the question in Arabic or in the author's language.")


class DayTooEarly(Invalid):
    sentence = _l("Choose a day after today, so that the author has time to answer.")


def ask(idea_id: int, text: Translated, *, answer_by: date, by: int, now: datetime) -> Question:
    """Put a question to the author of an idea that waits for screening, to be answered until `answer_by`.

    Raises NotFound, PhaseClosed, AlreadyAsked, AlreadyAccepted, AlreadyNotAccepted, NotWaiting, NoAddress,
    QuestionUnreadable, DayTooEarly.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    must_be_open(idea.cycle, Phase.SCREENING, now)
    if idea.state is IdeaState.ASKED:
        raise AuthorAlreadyAsked
    if idea.state is not IdeaState.RECEIVED:
        raise why_not(idea)
    author = session.get(Author, idea.id)
    if author is None or not author.email:
        raise NoAddress
    if not (text.get(DEFAULT.code) or text.get(idea.language)):
        raise QuestionUnreadable
    if answer_by <= clock.day_of(now):
        raise DayTooEarly
    question = put_question(idea, text, answer_by=answer_by, by=by, now=now)
    audit.record("question asked", idea.reference or "", by=by, now=now, answer_by=answer_by.isoformat())
    content = {"question": text, "answer_by": answer_by.isoformat()}
    journal.append_all([(Action.ASKED, idea.reference or "", content)], now)
    return question
