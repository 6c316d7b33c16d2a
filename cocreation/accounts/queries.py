"""What the pages of accounts show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.accounts.models import Door, Invitation, Person, SignIn
from cocreation.accounts.refusals import LinkEnded
from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.core.paging import Page, page


def link(token: str, door: Door, now: datetime) -> Invitation:
    """The link of this token, still good. Raises LinkEnded."""
    statement = select(Invitation).where(
        Invitation.digest == secrets.digest(token),
        Invitation.door == door,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    link = session.scalar(statement.options(selectinload(Invitation.person)))
    if link is None or link.person.disabled_at is not None:
        raise LinkEnded
    return link


def half_signed_in(person_id: int) -> Person | None:
    """Who gave a right password and still owes a code."""
    person = session.get(Person, person_id)
    return person if person and person.disabled_at is None else None


def sign_ins(person_id: int, now: datetime) -> list[SignIn]:
    """The browsers in which a person is signed in, the newest first."""
    live = (SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return list(session.scalars(select(SignIn).where(*live).order_by(SignIn.id.desc())))


def people(cursor: str | None) -> Page[Person]:
    """Everyone of the staff, newest first, with their roles."""
    return page(select(Person).options(selectinload(Person.grants)), Person.id, cursor=cursor, size=50)


def all_people() -> list[Person]:
    """For the command line."""
    return list(session.scalars(select(Person).options(selectinload(Person.grants)).order_by(Person.email)))
