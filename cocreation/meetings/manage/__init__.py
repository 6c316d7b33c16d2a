"""The pages of those who run meetings."""

from cocreation.meetings.manage import (
    allocating,
    arriving,
    bursts,
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
    "bursts",
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
