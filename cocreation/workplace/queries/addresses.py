"""The page of work of what has a reference, for those who work there; the public one for all others."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from cocreation.accounts.models import Person
from cocreation.consultations.models import Consultation
from cocreation.coordination import policy as coordination_policy
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import session
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.meetings import policy as meetings_policy
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.portal.find.queries import Address, address_of
from cocreation.study.models import Referral
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import is_whose
from cocreation.text.references import Reference, ReferenceKind
from cocreation.workshops import policy as workshops_policy


def work_address(reference: Reference, person: Person) -> Address | None:
    """Where `person` works on what has this reference, else where they can read it; None where there is no
    such thing, or not for them.
    """
    at_work = _AT_WORK.get(reference.kind)
    return (at_work(reference, person) if at_work else None) or address_of(reference, person)


def _idea(reference: Reference, person: Person) -> Address | None:
    """Its page at the screening, for the secretariat; that of its answer, for who has to give one."""
    if person.runs_everything:
        is_there = session.scalar(select(Idea.id).where(Idea.reference == str(reference)))
        return Address("manage_screening.screen", {"reference": str(reference)}) if is_there else None
    own_bundle = bundle_of(person)
    if not (own_bundle.speaks_for or own_bundle.helps):
        return None
    sent = select(Institution.slug).join(Referral, Referral.institution_id == Institution.id)
    slug = session.scalar(
        sent.join(Referral.idea).where(Idea.reference == str(reference), is_whose(own_bundle)).limit(1)
    )
    return Address("manage_answers.answer", {"reference": str(reference), "slug": slug}) if slug else None


def _meeting(reference: Reference, person: Person) -> Address | None:
    meeting = session.scalar(select(Meeting).where(Meeting.reference == str(reference)))
    if meeting is None or not meetings_policy.can_run(person, meeting):
        return None
    return Address("manage_meetings.show", {"reference": meeting.reference})


def _workshop(reference: Reference, person: Person) -> Address | None:
    """The room of a workshop, also for the line of it that was meant."""
    letters, number, workshop_number, *_line = reference.parts
    of_meeting = Meeting.reference == f"{letters}{number}", Workshop.number == workshop_number
    workshop = session.scalar(select(Workshop).join(Workshop.meeting).where(*of_meeting))
    if workshop is None or not workshops_policy.can_enter(person, workshop):
        return None
    values = {"reference": f"{letters}{number}", "number": workshop_number}
    return Address("manage_workshops.edit", values)


def _coordination(reference: Reference, person: Person) -> Address | None:
    statement = select(CoordinationMeeting).where(CoordinationMeeting.reference == str(reference))
    meeting = session.scalar(statement)
    if meeting is None or not coordination_policy.can_read(person, meeting):
        return None
    return Address("manage_coordination.show", {"reference": meeting.reference})


def _consultation(reference: Reference, person: Person) -> Address | None:
    is_there = session.scalar(select(Consultation.id).where(Consultation.reference == str(reference)))
    if not (person.runs_everything and is_there):
        return None
    return Address("manage_consultations.show", {"reference": str(reference)})


_AT_WORK: dict[ReferenceKind, Callable[[Reference, Person], Address | None]] = {
    ReferenceKind.IDEA: _idea,
    ReferenceKind.MEETING: _meeting,
    ReferenceKind.WORKSHOP: _workshop,
    ReferenceKind.LINE: _workshop,
    ReferenceKind.COORDINATION: _coordination,
    ReferenceKind.CONSULTATION: _consultation,
}
