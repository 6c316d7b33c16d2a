"""Reads of the meetings: one function a page."""

from cocreation.meetings.queries.participants import (
    all_participants,
    get_delegation,
    get_participant,
    get_registration,
    participants,
    promotion,
    wishes_of,
    without_workshop,
)
from cocreation.meetings.queries.public import (
    confirmed_counts,
    counts,
    get_meeting,
    get_meeting_to_register,
    past,
    provinces,
    regions,
    upcoming,
)
from cocreation.meetings.queries.running import (
    cycles_with_themes,
    get_any_meeting,
    run_by,
    verified_associations,
)

__all__ = [
    "all_participants",
    "confirmed_counts",
    "counts",
    "cycles_with_themes",
    "get_any_meeting",
    "get_delegation",
    "get_meeting",
    "get_meeting_to_register",
    "get_participant",
    "get_registration",
    "participants",
    "past",
    "promotion",
    "provinces",
    "regions",
    "run_by",
    "upcoming",
    "verified_associations",
    "wishes_of",
    "without_workshop",
]
