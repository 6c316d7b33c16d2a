"""Who may read a commitment before everyone does."""

from __future__ import annotations

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import SECRETARIAT
from cocreation.plan.models import Commitment


def can_read(person: Person | None, commitment: Commitment) -> bool:
    """Everyone once it is published; before, the secretariat and the steering committee."""
    if commitment.published_at:
        return True
    return person is not None and person.has(Role.COMMITTEE_MEMBER, *SECRETARIAT)
