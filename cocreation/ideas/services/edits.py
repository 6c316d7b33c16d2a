"""Rewording an idea, until it is screened."""

from __future__ import annotations

from datetime import datetime

from cocreation.ideas import policy
from cocreation.ideas.models.idea import Idea, StepKind
from cocreation.ideas.refusals import AlreadyScreened
from cocreation.ideas.services.steps import by_receipt, index_words, record_step
from cocreation.ideas.words import IdeaWords, words_of
from cocreation.text.language_guess import guess_language


def edit(receipt: str, words: IdeaWords, *, now: datetime) -> Idea:
    """The author says it better: from now on the idea is read, found and screened in the new words. Words
    that change nothing leave no trace. Raises NotFound, AlreadyScreened.
    """
    idea = by_receipt(receipt)
    if not policy.can_edit(idea):
        raise AlreadyScreened
    if words == words_of(idea):
        return idea
    said = (words.proposal, words.problem or None, words.expected_result or None)
    idea.proposal, idea.problem, idea.expected_result = said
    idea.theme_id, idea.region_code = words.theme_id, words.region_code
    idea.language = guess_language(" ".join(filter(None, said)))
    index_words(idea)
    idea.edited_at = now
    record_step(idea, StepKind.EDITED, at=now)
    return idea
