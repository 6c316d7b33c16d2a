"""The acts of this room: screen, refer, answer, prepare and publish fates."""

from cocreation.dispositions.services.answering import answer, answer_all
from cocreation.dispositions.services.asking import ask
from cocreation.dispositions.services.assessing import (
    add_criterion,
    add_usual_criteria,
    change_criterion,
    move_criterion,
    remove_criterion,
)
from cocreation.dispositions.services.bundles import import_answers
from cocreation.dispositions.services.delegating import delegate, dismiss_colleague, invite_colleague
from cocreation.dispositions.services.drafting import (
    add_ideas,
    create_batch,
    decide,
    remove_idea,
    set_embargo,
)
from cocreation.dispositions.services.hearing import hear
from cocreation.dispositions.services.publishing import begin_publishing, publish
from cocreation.dispositions.services.reasons import add_template, change_template, remove_template
from cocreation.dispositions.services.referring import refer
from cocreation.dispositions.services.reminding import remind_now
from cocreation.dispositions.services.reviewing import review, send_for_review
from cocreation.dispositions.services.revising import revise_published
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
    "add_criterion",
    "add_ideas",
    "add_template",
    "add_usual_criteria",
    "answer",
    "answer_all",
    "ask",
    "begin_publishing",
    "change_criterion",
    "change_template",
    "create_batch",
    "decide",
    "delegate",
    "dismiss_colleague",
    "hear",
    "import_answers",
    "invite_colleague",
    "move_criterion",
    "publish",
    "refer",
    "remind_now",
    "remove_criterion",
    "remove_idea",
    "remove_template",
    "review",
    "revise_published",
    "screen",
    "screen_all",
    "send_for_review",
    "set_embargo",
    "verdict",
]
