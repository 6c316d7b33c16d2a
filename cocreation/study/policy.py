"""Whose bundle a referral is in, beyond the roles that routes declare; what answers to an idea come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import holders, staff
from cocreation.ideas.decision import UNDECIDED, FateDecision
from cocreation.study.models import Referral

# Who studies ideas in an institution.
institution = staff(*holders(Duty.STUDY))
focal_points = staff(Role.FOCAL_POINT)


@dataclass(frozen=True)
class Bundle:
    """Which referrals are a person's: all of the institutions they speak for, and, of those whose focal point
    they help, the ones given to them.
    """

    person_id: int
    speaks_for: frozenset[int]
    helps: frozenset[int]

    def holds(self, referral: Referral) -> bool:
        given = referral.institution_id in self.helps and referral.delegate_id == self.person_id
        return given or referral.institution_id in self.speaks_for


def bundle_of(person: Person) -> Bundle:
    speaks_for, helps = person.scopes(Role.FOCAL_POINT), person.scopes(Role.COLLEAGUE)
    return Bundle(person.id, frozenset(speaks_for), frozenset(helps))


def can_answer(person: Person, referral: Referral) -> bool:
    """Only the institution's own people answer in its name; the secretariat never does."""
    return bundle_of(person).holds(referral)


def proposed(referrals: Sequence[Referral]) -> FateDecision:
    """What the institutions' answers come to: nothing yet while one is missing or two differ.

    One that handed the idea on to another institution leaves the answer to it.
    """
    standing = [referral for referral in referrals if referral.transfer_to_id is None]
    if not standing or len({referral.answer for referral in standing}) > 1 or not standing[0].answer:
        return UNDECIDED
    first = standing[0]
    return FateDecision(
        first.answer, first.reason, first.reason_text, first.institution_id, first.commitment_id
    )
