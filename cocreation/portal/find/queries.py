"""Where what has a reference is read."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sqlalchemy import select

from cocreation.accounts.models import Person
from cocreation.comments.queries import get_comment
from cocreation.consultations.models import Consultation
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.core.secrets import read_receipt
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.meetings.models.meeting import Meeting
from cocreation.plan import policy as plan_policy
from cocreation.plan.queries import get_commitment
from cocreation.text.references import Reference, ReferenceKind
from cocreation.workshops import policy as workshops_policy
from cocreation.workshops.queries import get_workshop, outputs

_RECEIPT = re.compile(r"(?=.*\d)[0-9A-Za-z]{4}(?:[-–\s]?[0-9A-Za-z]{4}){3}")


class Address(NamedTuple):
    """A page: the name of its address, and what stands in it."""

    endpoint: str
    values: dict[str, Any]


def typed_receipt(typed: str) -> str:
    """The receipt that was typed; "" for words, which may have as many letters."""
    return read_receipt(typed) if _RECEIPT.fullmatch(typed) else ""


def address_of(reference: Reference, person: Person | None) -> Address | None:
    """The page of what has this reference; None where there is no such thing, or not for `person`."""
    try:
        if reference.kind in (ReferenceKind.WORKSHOP, ReferenceKind.LINE):
            return _in_a_workshop(reference, person)
        if reference.kind is ReferenceKind.COMMITMENT:
            may_read = plan_policy.can_read(person, get_commitment(str(reference)))
            return Address("portal.commitment", {"reference": str(reference)}) if may_read else None
        if reference.kind is ReferenceKind.COMMENT:
            return _comment(reference)
    except NotFound:
        return None
    public, endpoint = {
        ReferenceKind.IDEA: (
            select(Idea.id).where(Idea.reference == str(reference), IS_PUBLIC),
            "portal.idea",
        ),
        ReferenceKind.MEETING: (
            select(Meeting.id).where(Meeting.reference == str(reference), Meeting.announced_at.is_not(None)),
            "meetings.show",
        ),
        ReferenceKind.COORDINATION: (
            select(CoordinationMeeting.id).where(
                CoordinationMeeting.reference == str(reference), CoordinationMeeting.published_at.is_not(None)
            ),
            "coordination.show",
        ),
        ReferenceKind.CONSULTATION: (
            select(Consultation.id).where(
                Consultation.reference == str(reference), Consultation.announced_at.is_not(None)
            ),
            "consultations.show",
        ),
    }[reference.kind]
    return Address(endpoint, {"reference": str(reference)}) if session.scalar(public) else None


def _comment(reference: Reference) -> Address:
    """Raises NotFound."""
    year, consultation, number = reference.parts
    comment = get_comment(f"{year}-PC{consultation}", int(number))
    values = {"reference": comment.consultation.reference, "number": comment.number}
    return Address("comments.comment", values)


def _in_a_workshop(reference: Reference, person: Person | None) -> Address | None:
    """The page of a workshop, or of the line there. Raises NotFound."""
    letters, number, workshop_number, *line = reference.parts
    workshop = get_workshop(f"{letters}{number}", int(workshop_number))
    if not workshops_policy.can_read(person, workshop):
        return None
    if not line:
        values = {"reference": workshop.meeting.reference, "number": workshop.number}
        return Address("portal.workshop", values)
    is_there = str(reference) in {row.reference for row in outputs(workshop).lines}
    return Address("portal.line", {"line_reference": str(reference)}) if is_there else None
