"""Public pages of ideas: send one, follow it, find any."""

from cocreation.ideas.views import reading, receipts, sending
from cocreation.ideas.views.blueprint import bp

__all__ = ["bp", "reading", "receipts", "sending"]
