"""The pages of those who run meetings."""

from cocreation.meetings.manage import arriving, figures, participants, printing, programme, running
from cocreation.meetings.manage.blueprint import bp

__all__ = ["arriving", "bp", "figures", "participants", "printing", "programme", "running"]
