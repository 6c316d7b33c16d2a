"""Reads of the meetings: one function a page."""

from cocreation.meetings.queries.participants import (
    all_participants,
    count_unconfirmed,
    get_delegation,
    get_participant,
    get_registration,
    participants,
    promotion,
    to_confirm,
    wishes_of,
    without_workshop,
)
from cocreation.meetings.queries.public import (
    counts,
    get_meeting,
    get_meeting_to_register,
    left,
    past,
    provinces,
    public_counts,
    regions,
    taken_counts,
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
    "count_unconfirmed",
    "counts",
    "cycles_with_themes",
    "get_any_meeting",
    "get_delegation",
    "get_meeting",
    "get_meeting_to_register",
    "get_participant",
    "get_registration",
    "left",
    "participants",
    "past",
    "promotion",
    "provinces",
    "public_counts",
    "regions",
    "run_by",
    "taken_counts",
    "to_confirm",
    "upcoming",
    "verified_associations",
    "wishes_of",
    "without_workshop",
]
