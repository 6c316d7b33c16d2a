"""The pages of those who run meetings."""

from cocreation.meetings.manage import allocating, participants, preparing, programme, running
from cocreation.meetings.manage.blueprint import bp

__all__ = ["allocating", "bp", "participants", "preparing", "programme", "running"]
