"""Who proposes commitments, reads drafts of them, remarks on them and replies."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.draft_commitments.models import CommitmentProposal

MEMBERS = holders(Duty.COMMITTEE)
readers = staff(*SECRETARIAT, *MEMBERS, Role.FOCAL_POINT)
members = staff(*MEMBERS)
repliers = staff(*SECRETARIAT, Role.FOCAL_POINT)
proposers = staff(Role.FOCAL_POINT)


def speaks_for(person: Person, institution_id: int) -> bool:
    """Whether they are a focal point of this institution."""
    return person.has(Role.FOCAL_POINT, scope=institution_id)


def can_reply(person: Person, institution_id: int) -> bool:
    """The secretariat, and the focal points of the responsible institution."""
    return person.runs_everything or speaks_for(person, institution_id)


def can_read(person: Person, institution_id: int, *, is_shared: bool) -> bool:
    """Those who reply to remarks on it, and the committee once it is shared with it."""
    return can_reply(person, institution_id) or (is_shared and person.has_duty(Duty.COMMITTEE))


def can_remark(person: Person, *, is_shared: bool) -> bool:
    return is_shared and person.has_duty(Duty.COMMITTEE)


def can_see(person: Person, proposal: CommitmentProposal) -> bool:
    return can_reply(person, proposal.institution_id)
