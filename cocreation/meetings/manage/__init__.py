"""The pages of those who run meetings."""

from cocreation.meetings.manage import inviting, participants, programme, running, supporting, telling
from cocreation.meetings.manage.blueprint import bp

__all__ = ["bp", "inviting", "participants", "programme", "running", "supporting", "telling"]
