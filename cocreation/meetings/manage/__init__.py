"""The pages of those who run meetings."""

from cocreation.meetings.manage import arriving, participants, printing, programme, running
from cocreation.meetings.manage.blueprint import bp

__all__ = ["arriving", "bp", "participants", "printing", "programme", "running"]
