"""A password for whom a test wants to sign in with one, and the codes of their telephones."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest

from cocreation.accounts import services
from cocreation.accounts.models import Person
from cocreation.core import clock
from cocreation.core.database import session
from tests.cast import Cast

PASSWORD = "quatre mots pris au hasard"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def with_password(cast: Cast) -> Callable[[Person], Person]:
    """Give a person of the cast the password PASSWORD and, where their role asks for it, a device."""

    def give(who: Person) -> Person:
        person = session.get_one(Person, who.id)
        person.password = services.hasher.hash(PASSWORD)
        person.totp_secret, person.totp_last_used = SECRET, 1
        session.commit()
        session.remove()
        return who

    return give


def code() -> str:
    """What their telephone shows now."""
    return pyotp.TOTP(SECRET).at(clock.now())


def read(page: str) -> str:
    """The words of a page without blanks or markup, as someone copying a secret sees it."""
    return re.sub(r"<[^>]*>|\s", "", page)


def row(who: Person) -> Person:
    """The person as the database has them now."""
    session.rollback()
    person = session.get_one(Person, who.id, populate_existing=True)
    session.remove()
    return person
