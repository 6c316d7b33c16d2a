"""Who may do what with a coordination meeting."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.coordination.models import CoordinationMeeting

# Those who read meetings before everybody else; which ones is asked of `can_read`.
readers = staff(*SECRETARIAT, *holders(Duty.COORDINATION))


def reads_all(person: Person) -> bool:
    """The secretariat, and the committee whatever the institution."""
    return person.runs_everything or person.has_duty(Duty.COMMITTEE)


def can_read(person: Person, meeting: CoordinationMeeting) -> bool:
    """Before it is published: those who were invited, the focal points of its own institution only."""
    return reads_all(person) or person.has(Role.FOCAL_POINT, scope=meeting.institution_id)


def can_prepare(person: Person, meeting: CoordinationMeeting) -> bool:
    """The secretariat, until the minutes are published: then nothing of a meeting changes any more."""
    return person.runs_everything and meeting.published_at is None
