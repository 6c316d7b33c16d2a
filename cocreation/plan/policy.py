"""Who may read a commitment before everyone does."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.plan.models import Commitment


def can_read(person: Person | None, commitment: Commitment) -> bool:
    """Everyone once it is published; before, the secretariat and the steering committee."""
    if commitment.published_at:
        return True
    return person is not None and person.has(*SECRETARIAT, *holders(Duty.COMMITTEE))
