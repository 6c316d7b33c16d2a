"""The right of reply: an appeal against a published fate, answered once and in public by somebody else."""

from __future__ import annotations

from datetime import datetime

from cocreation.appeals.emails import tell_heard
from cocreation.appeals.queries import first_deciders
from cocreation.appeals.refusals import AlreadyHeard, AnswerMissing, FateChanges, FateStands, FirstDecider
from cocreation.batches.emails import tell_reworded
from cocreation.batches.services.revisions import WHOLE, rewrite
from cocreation.core import audit
from cocreation.core.database import Translated, lock
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea, StepKind
from cocreation.ideas.services.steps import record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry


def hear(
    idea_id: int,
    outcome: Hearing,
    text: Translated,
    decision: FateDecision | None = None,
    *,
    by: int,
    now: datetime,
) -> Appeal:
    """Answer an appeal, once. Upheld, `decision` is the new fate; partly upheld, the same with new reasons.

    Raises NotFound, AlreadyHeard, FirstDecider, AnswerMissing, FateStands, FateChanges and what `rewrite`
    raises.
    """
    idea = lock(Idea, idea_id, *WHOLE)
    appeal = lock(Appeal, idea_id)
    if appeal.outcome:
        raise AlreadyHeard(at=appeal.heard_at, outcome=appeal.outcome.label)
    if by in first_deciders(idea_id):
        raise FirstDecider
    if not text:
        raise AnswerMissing
    _check(idea, outcome, decision)
    appeal.outcome, appeal.reason_text, appeal.heard_by, appeal.heard_at = outcome, text, by, now
    record_step(idea, StepKind.HEARD, at=now, text=text).outcome = outcome.value
    entries: list[Entry] = [(Action.HEARD, idea.reference or "", {"outcome": outcome, "reason_text": text})]
    if outcome is not Hearing.DISMISSED and decision:
        step, entry = rewrite(idea, decision, text, now)
        entries.append(entry)
        tell_reworded(idea, step, also_author=False)
    tell_heard(idea, appeal)
    audit.record("appeal heard", idea.reference or "", by=by, now=now, outcome=outcome)
    journal.append_all(entries, now)
    return appeal


def _check(idea: Idea, outcome: Hearing, decision: FateDecision | None) -> None:
    """Whether what is decided goes with the outcome. Raises FateStands, FateChanges."""
    fate = decision.fate if decision else idea.fate
    if outcome is Hearing.UPHELD and fate is idea.fate:
        raise FateStands
    if outcome is Hearing.PARTLY_UPHELD and (decision is None or fate is not idea.fate):
        raise FateChanges
