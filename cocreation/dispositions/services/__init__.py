"""The acts of this room: screen, refer, answer, prepare and publish fates."""

from cocreation.dispositions.services.answering import answer, answer_all
from cocreation.dispositions.services.assessing import (
    add_criterion,
    add_usual_criteria,
    change_criterion,
    move_criterion,
    remove_criterion,
)
from cocreation.dispositions.services.bundles import import_answers
from cocreation.dispositions.services.delegating import delegate, dismiss_colleague, invite_colleague
from cocreation.dispositions.services.drafting import add_ideas, create_batch, decide, remove_idea
from cocreation.dispositions.services.publishing import publish
from cocreation.dispositions.services.referring import refer
from cocreation.dispositions.services.reminding import remind_now
from cocreation.dispositions.services.screening import Examination, accept_all, screen

__all__ = [
    "Examination",
    "accept_all",
    "add_criterion",
    "add_ideas",
    "add_usual_criteria",
    "answer",
    "answer_all",
    "change_criterion",
    "create_batch",
    "decide",
    "delegate",
    "dismiss_colleague",
    "import_answers",
    "invite_colleague",
    "move_criterion",
    "publish",
    "refer",
    "remind_now",
    "remove_criterion",
    "remove_idea",
    "screen",
]
