"""Who may do what with an idea."""

from __future__ import annotations

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.ideas.models import Idea
from cocreation.meetings.models import Meeting


def can_withdraw(idea: Idea) -> bool:
    """Its author may take an idea back until its fate is published."""
    return not idea.is_settled


def can_restate(person: Person | None, meeting: Meeting) -> bool:
    """The secretariat, and the association that coordinates the meeting where it was said."""
    if person is None:
        return False
    return runs_everything(person) or person.has(Role.COORDINATOR, scope=meeting.id)
