"""What the page of a delegation shows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import found, session
from cocreation.core.secrets import read_receipt
from cocreation.cycles.models import Cycle
from cocreation.meetings.models.meeting import Meeting
from cocreation.places import queries as places_queries
from cocreation.places.models.registration import Delegation, Registration


def get_delegate(receipt: str, number: int) -> tuple[Delegation, Registration]:
    """A delegation and the delegate of this number in its list, from 1 on. Raises NotFound."""
    delegation, people = get_delegation(receipt)
    return delegation, found(dict(enumerate(people, 1)).get(number))


def get_delegation(receipt: str) -> tuple[Delegation, list[Registration]]:
    """A delegation by its receipt as somebody typed it, with its meeting and its people. Raises NotFound."""
    delegations = select(Delegation).where(Delegation.receipt == read_receipt(receipt))
    meeting = joinedload(Delegation.meeting)
    phases = meeting.joinedload(Meeting.cycle).selectinload(Cycle.phases)
    offer = meeting.joinedload(Meeting.support)  # type: ignore[attr-defined]
    delegation = found(session.scalar(delegations.options(phases, offer)))
    people = select(Registration).where(Registration.delegation_id == delegation.id)
    return delegation, list(session.scalars(people.order_by(Registration.id)))


def somebody_waits(delegation: Delegation) -> bool:
    """Whether a place that comes free at the meeting of a delegation goes to somebody else."""
    counted = places_queries.room([delegation.meeting]).get(delegation.meeting_id)
    return counted is not None and counted.waiting > 0
