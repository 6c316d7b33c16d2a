"""Public pages of ideas: send one, follow it, find any."""

from cocreation.ideas.views import editing, reading, receipts, sending
from cocreation.ideas.views.blueprint import bp

__all__ = ["bp", "editing", "reading", "receipts", "sending"]
