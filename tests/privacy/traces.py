"""All that the person does (by room in traces_of_*.py), and what the tests ask of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import text

from cocreation.core.database import session
from cocreation.places.models.registration import RegistrationState
from tests.cast import Cast
from tests.meeting_day import registrations
from tests.privacy.trace import Pages, Ways
from tests.privacy.traces_of_comments import commented, followed
from tests.privacy.traces_of_ideas import backed, drafted, reported, sent_an_idea
from tests.privacy.traces_of_meetings import (
    being_imported,
    invited,
    organised,
    registered,
    registered_others,
    stood_in,
)
from tests.privacy.traces_of_offices import attended, declared, employed, remarked, written_to

EVERYTHING: tuple[Callable[[Cast, Ways], Pages], ...] = (
    registered,
    sent_an_idea,
    backed,
    followed,
    commented,
    drafted,
    reported,
    registered_others,
    declared,
    invited,
    stood_in,
    organised,
    being_imported,
    attended,
    employed,
    remarked,
    written_to,
)


def invoke(app: Flask, *args: str) -> str:
    done = app.test_cli_runner().invoke(args=["data", *args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    session.remove()
    return done.output


def codes(pages: Pages) -> list[str]:
    """The receipts in these addresses."""
    return sorted({code for page in pages for code in re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page)})


def bystanders() -> tuple[list[str], list[str]]:
    """The names of the delegates and the address of the other author, as they are now."""
    session.remove()
    live = [
        registration.name
        for registration in registrations()
        if registration.state != RegistrationState.INVITED
    ]
    authors = session.execute(text("SELECT email FROM authors ORDER BY email")).scalars().all()
    session.remove()
    return sorted(name for name in live if name), list(authors)
