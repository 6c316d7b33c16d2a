"""The acts of this room: screen, refer, answer, prepare and publish fates."""

from cocreation.dispositions.services.answering import answer, answer_all
from cocreation.dispositions.services.drafting import (
    add_ideas,
    create_batch,
    decide,
    remove_idea,
    set_embargo,
)
from cocreation.dispositions.services.hearing import hear
from cocreation.dispositions.services.publishing import begin_publishing, publish
from cocreation.dispositions.services.referring import refer
from cocreation.dispositions.services.reviewing import review, send_for_review
from cocreation.dispositions.services.revising import revise_published
from cocreation.dispositions.services.screening import Examination, accept_all, screen

__all__ = [
    "Examination",
    "accept_all",
    "add_ideas",
    "answer",
    "answer_all",
    "begin_publishing",
    "create_batch",
    "decide",
    "hear",
    "publish",
    "refer",
    "remove_idea",
    "review",
    "revise_published",
    "screen",
    "send_for_review",
    "set_embargo",
]
