"""Public pages of ideas: send one, follow it, find any."""

from cocreation.ideas.views import attaching, drafts, paper, reading, receipts, sending, similar, vouching
from cocreation.ideas.views.blueprint import bp

__all__ = [
    "attaching",
    "bp",
    "drafts",
    "paper",
    "reading",
    "receipts",
    "sending",
    "similar",
    "vouching",
]
