"""The pages of those who run meetings."""

from cocreation.meetings.manage import participants, planning, programme, rules, running
from cocreation.meetings.manage.blueprint import bp

__all__ = ["bp", "participants", "planning", "programme", "rules", "running"]
