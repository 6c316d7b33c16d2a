"""The pages of those who run meetings."""

from cocreation.meetings.manage import (
    allocating,
    arriving,
    figures,
    participants,
    planning,
    preparing,
    printing,
    programme,
    rules,
    running,
)
from cocreation.meetings.manage.blueprint import bp

__all__ = [
    "allocating",
    "arriving",
    "bp",
    "figures",
    "participants",
    "planning",
    "preparing",
    "printing",
    "programme",
    "rules",
    "running",
]
