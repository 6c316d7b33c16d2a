"""Reads of an institution's own people."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core.database import session
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.study.models import Referral
from cocreation.study.policy import Bundle
from cocreation.study.queries.bundle import IS_WAITING


def colleagues(own_bundle: Bundle) -> list[tuple[Grant, int]]:
    """The colleagues of the institutions a person speaks for, by name, with how many ideas wait with each."""
    waiting = (
        select(func.count())
        .select_from(Referral)
        .join(Idea, Idea.id == Referral.idea_id)
        .where(IS_WAITING, Referral.delegate_id == Grant.person_id)
        .where(Referral.institution_id == Grant.scope_id)
        .scalar_subquery()
    )
    statement = (
        select(Grant, waiting)
        .join(Grant.person)
        .where(Grant.role == Role.COLLEAGUE, Grant.scope_id.in_(own_bundle.speaks_for))
        .where(Person.disabled_at.is_(None))
        .options(contains_eager(Grant.person))
        .order_by(Grant.scope_id, Person.name, Person.id)
    )
    return [(grant, count) for grant, count in session.execute(statement)]


def institutions_of(own_bundle: Bundle) -> list[Institution]:
    """The institutions a person speaks for."""
    statement = select(Institution).where(Institution.id.in_(own_bundle.speaks_for))
    return list(session.scalars(statement.order_by(Institution.id)))
