"""The pages of those who run meetings."""

from cocreation.meetings.manage import participants, programme, running
from cocreation.meetings.manage.blueprint import bp

__all__ = ["bp", "participants", "programme", "running"]
