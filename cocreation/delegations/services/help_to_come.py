"""Help to come, asked for by an association for those it has named, and taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cocreation.core.database import found
from cocreation.delegations import emails
from cocreation.delegations.services.people import of_receipt, people_of
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting
from cocreation.places.models.registration import Delegation, Registration
from cocreation.travel_support.services import several
from cocreation.travel_support.services.requests import Wanted


def ask(receipt: str, numbers: Collection[int], wanted: Wanted, *, now: datetime) -> int:
    """Ask for the delegates with these numbers in the list of a delegation, for all of them or for none; how
    many. The association is told once.

    Raises NotFound and what `several.ask_for` does.
    """
    delegation, meeting, people = _chosen(receipt, numbers)
    offered = several.ask_for(delegation, meeting, people, wanted, now=now)
    until = offered.closes_on
    emails.tell_of_request(delegation, meeting, people=len(people), wanted=wanted, until=until, now=now)
    return len(people)


def take_back(receipt: str, numbers: Collection[int], *, now: datetime) -> int:
    """Take back what was asked for them and is not decided; how many requests. Raises NotFound and what
    `several.take_back_from` does.
    """
    delegation, meeting, people = _chosen(receipt, numbers)
    return several.take_back_from(delegation, meeting, people, now=now)


def _chosen(receipt: str, numbers: Collection[int]) -> tuple[Delegation, Meeting, list[Registration]]:
    delegation = of_receipt(receipt)
    meeting = lock_meeting(delegation.meeting_id)
    listed = dict(enumerate(people_of(delegation), 1))
    return delegation, meeting, [found(listed.get(number)) for number in sorted(set(numbers))]
