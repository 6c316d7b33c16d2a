"""Whom of those who registered for a meeting is found, erased and forgotten; what is kept of them all over
the house is said by `portal.receipt.personal_data`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from cocreation.core import secrets
from cocreation.core.chores import each_of
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.core.personal_data import (
    Erasure,
    Subject,
    mark_erased,
)
from cocreation.meetings.personal_data import (
    AT_ONCE,
    meetings_of_long_ago,
)
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.registration.services import own_data


def find_registrations(subject: Subject) -> Sequence[str]:
    """The receipts of the registrations under these addresses, numbers and receipts."""
    own = or_(
        func.lower(Registration.email).in_(subject.emails),
        Registration.phone.in_(subject.phones),
        Registration.receipt.in_(subject.receipts),
    )
    conditions = (own, Registration.state != RegistrationState.INVITED, Registration.erased_at.is_(None))
    ordered = (
        select(Registration.receipt).where(*conditions).order_by(Registration.meeting_id, Registration.id)
    )
    return session.scalars(ordered).all()


def erase_registrations(keys: Sequence[str], erasure: Erasure) -> None:
    for receipt in keys:
        own_data.erase(receipt, now=erasure.now, by=erasure.by)
    erasure.receipts.update(keys)


def names_registered(keys: Sequence[str]) -> Sequence[str | None]:
    return session.scalars(select(Registration.name).where(Registration.receipt.in_(keys))).all()


def forget_participants(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who came to it; what counts them stays. How many, each in a
    transaction of their own. Commits.
    """
    conditions = (Registration.meeting_id.in_(meetings_of_long_ago(now)), Registration.erased_at.is_(None))
    is_registered = Registration.state != RegistrationState.INVITED
    receipts = select(Registration.receipt).where(*conditions, is_registered).order_by(Registration.id)
    people = session.scalars(receipts.limit(AT_ONCE)).all()

    def forget(receipt: str) -> int:
        try:
            own_data.forget(receipt, now=now)
        except NotFound:  # another worker, or the person, was sooner
            return 0
        mark_erased([receipt], now=now)
        return 1

    return each_of("person to forget", people, forget, now=now, number=_shown)


def _shown(receipt: str) -> str:
    """How the log names somebody to be forgotten."""
    return secrets.digest(receipt)[:12]
