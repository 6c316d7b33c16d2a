"""The acts of this room: screen, refer, answer, prepare and publish fates."""

from cocreation.dispositions.services.answering import answer, answer_all
from cocreation.dispositions.services.asking import ask
from cocreation.dispositions.services.drafting import add_ideas, create_batch, decide, remove_idea
from cocreation.dispositions.services.publishing import publish
from cocreation.dispositions.services.reasons import add_template, change_template, remove_template
from cocreation.dispositions.services.referring import refer
from cocreation.dispositions.services.screening import (
    Examination,
    Finding,
    Verdict,
    accept_all,
    screen,
    screen_all,
    verdict,
)

__all__ = [
    "Examination",
    "Finding",
    "Verdict",
    "accept_all",
    "add_ideas",
    "add_template",
    "answer",
    "answer_all",
    "ask",
    "change_template",
    "create_batch",
    "decide",
    "publish",
    "refer",
    "remove_idea",
    "remove_template",
    "screen",
    "screen_all",
    "verdict",
]
