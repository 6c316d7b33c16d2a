"""The mail to an association that registered several people."""

from __future__ import annotations

from cocreation.core import outbox
from cocreation.meetings.emails import facts
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Delegation


def tell_association(delegation: Delegation, meeting: Meeting, people: int) -> None:
    """Send an association the address of its list."""
    outbox.post(
        to=delegation.email,
        template="meetings/delegation",
        key=f"meetings/delegation:{delegation.id}",
        language=delegation.language,
        people=people,
        receipt=delegation.receipt,
        **facts(meeting),
    )
