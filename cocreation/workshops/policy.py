"""Who may enter, correct and publish the outputs of a workshop."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.meetings.models.meeting import Meeting, Workshop

# Those who have a room here; which room is asked of `can_enter`.
workshop_staff = staff(*SECRETARIAT, *holders(Duty.WORKSHOPS))
coordination = staff(*SECRETARIAT, *holders(Duty.MEETINGS))


def can_enter(person: Person | None, workshop: Workshop) -> bool:
    """Its facilitators, the coordinators of its meeting and the secretariat see its room; nobody else."""
    if person is None:
        return False
    coordinates = person.has(Role.COORDINATOR, scope=workshop.meeting_id)
    return person.runs_everything or coordinates or person.has(Role.FACILITATOR, scope=workshop.id)


def can_correct(person: Person | None, workshop: Workshop) -> bool:
    """Whoever enters, until it is published; then only the secretariat, and only words and links."""
    if workshop.published_at:
        return person is not None and person.runs_everything
    return can_enter(person, workshop)


def can_import(person: Person | None, meeting: Meeting) -> bool:
    """A file may hold every workshop of the meeting: its coordinators and the secretariat."""
    if person is None:
        return False
    return person.runs_everything or person.has(Role.COORDINATOR, scope=meeting.id)


def can_read(person: Person | None, workshop: Workshop) -> bool:
    """Everyone once it is published; before, those who have a room here."""
    return workshop.published_at is not None or can_enter(person, workshop)
