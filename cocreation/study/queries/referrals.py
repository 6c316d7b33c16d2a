"""Reads of the desk that sends ideas to institutions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.rows import ROW
from cocreation.study.models import Referral
from cocreation.study.queries.bundle import IS_WAITING


def to_refer(states: Collection[IdeaState], cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """Ideas in one of `states` with their theme, the oldest first."""
    ideas = select(Idea).where(Idea.state.in_(states)).options(joinedload(Idea.theme), *ROW)
    return page(ideas, Idea.received_at, Idea.id, cursor=cursor, size=size, descending=False)


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


def late_total(today: date) -> int:
    """How many answers wait past their day, in all institutions."""
    statement = select(func.count()).select_from(Referral).join(Referral.idea)
    return int(session.scalar(statement.where(IS_WAITING, Referral.due_on < today)) or 0)
