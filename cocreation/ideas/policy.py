"""Who may do what with an idea."""

from __future__ import annotations

from datetime import date

from cocreation.accounts.models import Person, Role
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.meetings.models.meeting import Meeting


def can_withdraw(idea: Idea) -> bool:
    """Its author may take an idea back until its fate is published."""
    return not idea.is_settled


def can_edit(idea: Idea) -> bool:
    """Its author may reword an idea until it is screened. A reading of the words of before counts no more."""
    return idea.state in (IdeaState.RECEIVED, IdeaState.ASKED)


def is_contestable(idea: Idea) -> bool:
    """Whether it has a published fate that was open to an appeal; a withdrawal by its author is none."""
    return idea.state is IdeaState.PUBLISHED and idea.appeal_until is not None


def can_appeal(idea: Idea, today: date) -> bool:
    """Whether its author may contest its fate today, as far as days go: an appeal is filed once."""
    return is_contestable(idea) and today <= idea.appeal_until  # type: ignore[operator]


def can_restate(person: Person | None, meeting: Meeting) -> bool:
    """The secretariat, and the association that coordinates the meeting where it was said."""
    if person is None:
        return False
    return person.runs_everything or person.has(Role.COORDINATOR, scope=meeting.id)
