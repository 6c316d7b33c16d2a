"""The pages of those who run meetings."""

from cocreation.meetings.manage import (
    allocating,
    arriving,
    figures,
    inviting,
    participants,
    photos,
    planning,
    preparing,
    printing,
    programme,
    rules,
    running,
    supporting,
    telling,
)
from cocreation.meetings.manage.blueprint import bp

__all__ = [
    "allocating",
    "arriving",
    "bp",
    "figures",
    "inviting",
    "participants",
    "photos",
    "planning",
    "preparing",
    "printing",
    "programme",
    "rules",
    "running",
    "supporting",
    "telling",
]
