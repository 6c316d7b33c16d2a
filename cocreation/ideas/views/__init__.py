"""Public pages of ideas: send one, follow it, find any."""

from cocreation.ideas.views import (
    attaching,
    backing,
    drafts,
    editing,
    paper,
    reading,
    receipts,
    sending,
    similar,
    vouching,
)
from cocreation.ideas.views.blueprint import bp

__all__ = [
    "attaching",
    "backing",
    "bp",
    "drafts",
    "editing",
    "paper",
    "reading",
    "receipts",
    "sending",
    "similar",
    "vouching",
]
