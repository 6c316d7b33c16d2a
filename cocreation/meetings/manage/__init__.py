"""The pages of those who run meetings."""

from cocreation.meetings.manage import (
    allocating,
    participants,
    planning,
    preparing,
    programme,
    rules,
    running,
)
from cocreation.meetings.manage.blueprint import bp

__all__ = ["allocating", "bp", "participants", "planning", "preparing", "programme", "rules", "running"]
