"""Who may do what at the desks of this room, beyond the roles that routes declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import holders, runs_everything, staff
from cocreation.fates.models import Batch, Stage
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


def can_prepare(person: Person, batch: Batch, now: datetime) -> bool:
    """The secretariat, until it is being published; committee members read it before everyone else."""
    return runs_everything(person) and batch.stage(now) not in (Stage.PUBLISHING, Stage.PUBLISHED)


def can_review(person: Person, batch: Batch, now: datetime) -> bool:
    """Somebody else than who prepared it."""
    return batch.stage(now) is Stage.SENT and person.id not in (batch.created_by, batch.sent_by)
