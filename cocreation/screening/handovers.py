"""What waits for its screening, and who acts next before it is screened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, select

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.ideas.emails import ASKED
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.screening.models import Reading
from cocreation.screening.queries.queue import COUNTS
from cocreation.submission.emails import CONFIRM

WAS_ASKED = exists().where(Question.idea_id == Idea.id)


def _to_screen(person: Person, now: datetime) -> WaitingRows:
    """Not those that this person has read: they wait for another reader."""
    return _unread(person, waits(Idea.received_at).where(~WAS_ASKED))


def _replied(person: Person, now: datetime) -> WaitingRows:
    """The author answered, or let the day pass."""
    ended = func.max(func.coalesce(Question.replied_at, Question.lapsed_at))
    since = select(ended).where(Question.idea_id == Idea.id).correlate(Idea).scalar_subquery()
    return _unread(person, waits(since).where(WAS_ASKED))


def _unread(person: Person, rows: WaitingRows) -> WaitingRows:
    own_reading = exists().where(COUNTS, Reading.reader_id == person.id)
    return rows.select_from(Idea).where(Idea.state == IdeaState.RECEIVED, ~own_reading)


TO_SCREEN = WaitingKind(
    "screening.to_screen", SECRETARIAT, _l("Ideas to screen"), "manage_screening.screening", _to_screen
)
REPLIED = WaitingKind(
    "screening.replied",
    SECRETARIAT,
    _l("Ideas to screen whose author answered your question, or did not in time"),
    "manage_screening.screening",
    _replied,
)

WAITING = (TO_SCREEN, REPLIED)
STATES = (
    NextActor(IdeaState.UNCONFIRMED, told=(CONFIRM,)),
    NextActor(IdeaState.RECEIVED, waits=(TO_SCREEN, REPLIED)),
    NextActor(IdeaState.ASKED, told=(ASKED,)),
)
