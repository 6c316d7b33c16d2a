"""The acts of this room: screen, refer, answer, prepare and publish fates."""

from cocreation.dispositions.services.answering import answer, answer_all
from cocreation.dispositions.services.drafting import add_ideas, create_batch, decide, remove_idea
from cocreation.dispositions.services.publishing import publish
from cocreation.dispositions.services.referring import refer
from cocreation.dispositions.services.screening import Examination, accept_all, screen

__all__ = [
    "Examination",
    "accept_all",
    "add_ideas",
    "answer",
    "answer_all",
    "create_batch",
    "decide",
    "publish",
    "refer",
    "remove_idea",
    "screen",
]
