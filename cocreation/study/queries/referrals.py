"""Reads of the desk that sends ideas to institutions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.desks.queries.lists import DeskFilter
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.models import Referral
from cocreation.study.queries.bundle import IS_WAITING


def to_refer(states: Collection[IdeaState], narrowed: DeskFilter) -> Select[Idea]:
    """The ideas in one of `states`, of any theme; where an institution is named, those sent to it."""
    ideas = select(Idea).where(Idea.state.in_(states))
    if narrowed.institution:
        sent = Referral.idea_id == Idea.id, Referral.institution_id == narrowed.institution
        ideas = ideas.where(select(Referral.id).where(*sent).exists())
    return ideas


@dataclass(frozen=True)
class DeskCounts:
    """How many ideas are accepted and not sent yet, how many are studied, how many answers are late."""

    accepted: int
    in_study: int
    late: int


def desk_counts(today: date) -> DeskCounts:
    """All in one statement."""
    ideas = select(func.count()).select_from(Idea)
    overdue = select(func.count()).select_from(Referral).join(Referral.idea)
    counts = [
        ideas.where(Idea.state == IdeaState.ACCEPTED),
        ideas.where(Idea.state.in_((IdeaState.REFERRED, IdeaState.ANSWERED))),
        overdue.where(IS_WAITING, Referral.due_on < today),
    ]
    return DeskCounts(*session.execute(select(*(count.scalar_subquery() for count in counts))).one())


def waiting_count(idea_ids: Collection[int], institution_ids: Collection[int]) -> int:
    """How many answers of these institutions to these ideas are still awaited."""
    statement = select(func.count()).select_from(Referral).join(Referral.idea)
    of_them = Referral.idea_id.in_(idea_ids), Referral.institution_id.in_(institution_ids)
    awaited = Referral.answered_at.is_(None), Idea.state == IdeaState.REFERRED
    return int(session.scalar(statement.where(*of_them, *awaited)) or 0)


def unsent_count(idea_ids: Collection[int], institution_ids: Collection[int]) -> int:
    """How many pairs of these ideas and institutions were not sent yet."""
    statement = select(func.count()).select_from(Idea).join(Institution, true())
    of_them = Idea.id.in_(idea_ids), Institution.id.in_(institution_ids)
    sent = exists().where(Referral.idea_id == Idea.id, Referral.institution_id == Institution.id)
    return int(session.scalar(statement.where(*of_them, ~sent)) or 0)


def referrals_of(ideas: Page[Idea]) -> dict[int, list[Referral]]:
    """The referrals of each idea of a page, with their institutions."""
    grouped: dict[int, list[Referral]] = {idea.id: [] for idea in ideas}
    statement = select(Referral).where(Referral.idea_id.in_(grouped)).order_by(Referral.id)
    for referral in session.scalars(statement.options(joinedload(Referral.institution))):
        grouped[referral.idea_id].append(referral)
    return grouped


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.id)))


def late(today: date, cursor: str | None = None, size: int = 60) -> Page[Referral]:
    """Every referral that waits past its day, the longest first, with its idea and institution."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(IS_WAITING, Referral.due_on < today)
        .options(
            idea.defer(Idea.tokens),
            idea.defer(Idea.problem),
            idea.defer(Idea.expected_result),
            joinedload(Referral.institution),
        )
    )
    return page(statement, Referral.due_on, Referral.id, cursor=cursor, size=size, descending=False)


def late_counts(today: date) -> list[tuple[Institution, int, date, bool]]:
    """The institutions that are late: how many answers, the day the oldest was due, whether anybody can be
    reminded; the worst first.
    """
    count = func.count()
    held = exists().where(
        Grant.role == Role.FOCAL_POINT,
        Grant.scope_id == Institution.id,
        Grant.person_id == Person.id,
        Person.disabled_at.is_(None),
    )
    reachable = or_(Institution.email.is_not(None), held)
    statement = (
        select(Institution, count, func.min(Referral.due_on), reachable)
        .join(Referral, Referral.institution_id == Institution.id)
        .join(Referral.idea)
        .where(IS_WAITING, Referral.due_on < today)
        .group_by(Institution.id)
        .order_by(count.desc(), Institution.id)
    )
    return [(body, number, oldest, bool(can)) for body, number, oldest, can in session.execute(statement)]


def siblings(idea_ids: Collection[int]) -> dict[int, list[Referral]]:
    """All referrals of each idea."""
    grouped: dict[int, list[Referral]] = {idea_id: [] for idea_id in idea_ids}
    of_ideas = select(Referral).where(Referral.idea_id.in_(idea_ids)).order_by(Referral.id)
    for referral in session.scalars(of_ideas):
        grouped[referral.idea_id].append(referral)
    return grouped
