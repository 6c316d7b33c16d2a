"""Seeding: all of the demonstration in one transaction, which the caller commits."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import selectinload

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Cycle
from cocreation.demonstration import assessments, past, present
from cocreation.demonstration.content import at
from cocreation.demonstration.stage import ScopeOf, give_roles, set_up
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l


class NotEmpty(Refusal):
    sentence = _l("This database has a cycle already. The demonstration needs one without.")


def is_empty() -> bool:
    """Whether there is no cycle yet."""
    return session.scalar(select(Cycle.id).limit(1)) is None


def seed(today: date, scope_of: ScopeOf) -> list[Person]:
    """The demonstration as it stands at nine in the morning of `today`; the people of its staff. Raises NotEmpty.

    `scope_of` finds what a role holds for. The same day gives the same rows, secrets apart. None of the mails it writes stays: its addresses
    belong to nobody.
    """
    if not is_empty():
        raise NotEmpty
    last = session.scalar(select(func.max(Mail.id))) or 0
    with i18n.speaking(i18n.DEFAULT.code):
        stage = set_up()
        past.play(stage)
        present.play(stage, today)
        assessments.assess(stage, today)
        give_roles(stage, scope_of, at(today - timedelta(days=1), 9))
    session.flush()
    session.execute(delete(Mail).where(Mail.id > last))
    staff = select(Person).options(selectinload(Person.grants)).order_by(Person.id)
    return list(session.scalars(staff, execution_options={"populate_existing": True}))
