"""Public pages of the meetings: read them, register, hold a receipt, answer an invitation."""

from cocreation.meetings.views import (
    delegations,
    inviting,
    own,
    photos,
    programme,
    public,
    registering,
    statistics,
    supporting,
)
from cocreation.meetings.views.blueprint import bp

__all__ = [
    "bp",
    "delegations",
    "inviting",
    "own",
    "photos",
    "programme",
    "public",
    "registering",
    "statistics",
    "supporting",
]
