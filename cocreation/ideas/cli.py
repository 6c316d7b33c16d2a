"""Commands about people's own data."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas import services
from cocreation.meetings.models import Demographics, Registration, RegistrationState
from cocreation.meetings.services import registering

# What rooms above this one do to forget an address (in small letters).
ALSO: list[Callable[[str], None]] = []

data = AppGroup("data", help="What the platform holds about people.")


@data.command("erase")
@click.argument("email")
def erase(email: str) -> None:
    """Erase the name, the address and the rest of who EMAIL is. Ideas and counts stay, without a person."""
    email = email.strip().lower()
    registrations, ideas = _forget_registrations(email), services.forget(email)
    for forget in ALSO:
        forget(email)
    session.execute(delete(Mail).where(func.lower(Mail.to) == email))
    session.commit()
    click.echo(f"Erased from {ideas} ideas and {registrations} registrations.")


def _forget_registrations(email: str) -> int:
    """Places still to come are given up; of what was, only that somebody came remains."""
    statement = select(Registration).where(func.lower(Registration.email) == email)
    rows = list(session.scalars(statement.options(joinedload(Registration.meeting))))
    for row in rows:
        if row.standing is not RegistrationState.CANCELLED and not row.meeting.is_over(clock.now()):
            registering.cancel(row.receipt, now=clock.now())
        # An address of its own, since two of one meeting may not share one.
        row.name, row.email, row.phone, row.association = "—", f"erased-{row.id}@invalid", None, None
        row.folded = ""
        session.execute(delete(Demographics).where(Demographics.registration_id == row.id))
    return len(rows)
