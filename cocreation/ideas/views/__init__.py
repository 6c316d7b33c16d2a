"""Public pages of ideas: send one, follow it, find any."""

from cocreation.ideas.views import backing, editing, reading, receipts, sending
from cocreation.ideas.views.blueprint import bp

__all__ = ["backing", "bp", "editing", "reading", "receipts", "sending"]
