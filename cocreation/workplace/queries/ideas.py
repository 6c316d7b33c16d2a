"""Ideas that the staff's search finds: by what they say and, for the secretariat, by who sent them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from cocreation.accounts.models import Person
from cocreation.core.contacts import mailbox
from cocreation.core.database import session
from cocreation.ideas.models.idea import Author, Idea, IdeaState
from cocreation.ideas.queries.public_ideas import Filter, list_ideas
from cocreation.portal.find.queries import typed_receipt
from cocreation.text.names import is_called
from cocreation.text.query import read_query
from cocreation.text.search import says_all
from cocreation.workplace.queries.people import FEWEST_LETTERS, letters

MOST = 20


def ideas(typed: str) -> Sequence[Idea]:
    """Those everyone can read, the latest first, by their words."""
    return list_ideas(Filter(q=typed), size=MOST).items if read_query(typed) else []


def hidden_ideas(person: Person, typed: str) -> Sequence[Idea]:
    """Those that moderation hides, by their words, for the secretariat: not those erased."""
    says = says_all(Idea.tokens, typed) if person.runs_everything else None
    if says is None:
        return []
    kept_back = Idea.hidden_at.is_not(None), Idea.erased_at.is_(None), Idea.state != IdeaState.WITHDRAWN
    return _latest(says, *kept_back)


def ideas_sent_by(person: Person, typed: str) -> Sequence[Idea]:
    """Those of an author by name or address, or the one of a receipt, for the secretariat; also those that
    were never confirmed. With their authors.
    """
    if not person.runs_everything:
        return []
    if receipt := typed_receipt(typed):
        return _latest(Idea.receipt == receipt)
    if address := mailbox(typed):
        return _latest(Author.email == address)
    if len(letters(typed)) < FEWEST_LETTERS:
        return []
    return _latest(or_(is_called(Author.name, typed), Author.email.icontains(typed, autoescape=True)))


def _latest(*conditions: ColumnElement[bool]) -> Sequence[Idea]:
    statement = (
        select(Idea)
        .outerjoin(Idea.author)
        .where(*conditions)
        .options(contains_eager(Idea.author), joinedload(Idea.theme), joinedload(Idea.region))
        .options(defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result))
    )
    return session.scalars(statement.order_by(Idea.id.desc()).limit(MOST)).all()
