"""Telephone numbers kept before their present spelling are spelled anew when the database is renewed."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from cocreation.core import migrate
from cocreation.core.database import session
from cocreation.places.models.registration import Registration, RegistrationState
from tests.meeting_day import write

BEFORE = "0026"


@pytest.fixture
def kept(cast, app):
    """Registrations with these numbers, their addresses and states, as an older version kept them."""

    def keep(*rows: tuple[str, str | None, RegistrationState]) -> None:
        write(cast, len(rows))
        for registration, (phone, email, state) in zip(session.query(Registration), rows, strict=True):
            registration.phone, registration.email, registration.state = phone, email, state
            registration.folded = f"p {phone}"
        session.commit()
        session.remove()

    return keep


def test_a_number_that_lost_its_zero_is_one_of_morocco_and_clashes_are_left(
    kept, app, database_url, caplog, monkeypatch
):
    confirmed, gone = RegistrationState.CONFIRMED, RegistrationState.CANCELLED
    kept(
        ("+612345678", None, confirmed),  # spelled anew
        ("+212655555555", None, confirmed),
        ("+655555555", None, confirmed),  # the same number as the one before: left
        ("+655555556", None, gone),
        ("+212655555557", None, confirmed),
        ("+655555557", "a@example.org", confirmed),  # a number beside an address clashes with none
        ("+33612345678", None, confirmed),
        ("+4912345678", None, confirmed),
    )
    migrate.downgrade(database_url, BEFORE)
    with caplog.at_level(logging.INFO, "alembic.runtime.migration"):
        migrate.upgrade(database_url)
    rows = session.execute(text("select phone, folded from registrations order by id")).all()
    assert [phone for phone, _folded in rows] == [
        "+212612345678",
        "+212655555555",
        "+655555555",
        "+212655555556",
        "+212655555557",
        "+212655555557",
        "+33612345678",
        "+4912345678",
    ]
    assert all(folded == f"p {phone}" for phone, folded in rows)
    [said] = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert said.args == (1,)
