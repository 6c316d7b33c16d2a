"""Rewording what was published: never silently, each version kept with its day and why it came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import joinedload

from cocreation.batches import emails
from cocreation.batches.models import overruled
from cocreation.batches.refusals import (
    CommitmentUnseen,
    MeanwhileReworded,
    NothingChanged,
    NotPublished,
    RevisionIncomplete,
    WhyMissing,
    WrongDecision,
)
from cocreation.batches.services.drafts import must_hold_together
from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.directory.models import Institution
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.ideas.services.steps import record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.text.markup import isolate_text
from cocreation.workshops.models import OutputLine

WHOLE = (
    joinedload(Idea.author),
    joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting),
)


def revise_published(
    idea_id: int, decision: FateDecision, *, why: Translated, seen: str | None = None, by: int, now: datetime
) -> Idea:
    """Reword the published reasons of an idea, whose fate stands: that changes only by an appeal.

    A public step with the new words and `why`, an entry in the register, a mail to the author and to who took
    part in its workshop; followers learn it as they learn every step. `seen` is the mark of what stood there.
    Raises NotFound, NotPublished, MeanwhileReworded, WrongDecision, RevisionIncomplete, WhyMissing,
    NothingChanged.
    """
    idea = lock(Idea, idea_id, *WHOLE)
    if seen not in (None, FateDecision.of(idea).mark):
        raise MeanwhileReworded(reference=isolate_text(idea.reference))
    if decision.fate is not idea.fate:
        raise WrongDecision
    step, entry = rewrite(idea, decision, why, now)
    audit.record("fate revised", idea.reference or "", by=by, now=now)
    emails.tell_reworded(idea, step)
    journal.append_all([entry], now)
    return idea


def rewrite(idea: Idea, decision: FateDecision, why: Translated, now: datetime) -> tuple[Step, Entry]:
    """Write a new version of a published fate to an idea that is locked; its step, and what the register
    says of it.
    """
    if idea.state is not IdeaState.PUBLISHED:
        raise NotPublished(reference=isolate_text(idea.reference))
    must_be_whole(decision, idea.cycle_id)
    if not why:
        raise WhyMissing
    if decision == FateDecision.of(idea):
        raise NothingChanged
    decision.write(idea)
    idea.overrules = _overrules(idea)
    step = record_step(
        idea,
        StepKind.REVISED,
        at=now,
        institution_id=decision.institution_id,
        outcome=decision.fate,
        reason=decision.reason,
        text=decision.reason_text,
    )
    step.why = why
    session.flush()
    content = {
        "fate": decision.fate,
        "reason": decision.reason,
        "reason_text": decision.reason_text,
        "body": session.get_one(Institution, decision.institution_id).slug,
        "commitment": _promised(decision.commitment_id),
        "why": why,
    }
    return step, (Action.REVISED, idea.reference or "", content)


def _overrules(idea: Idea) -> bool:
    """Whether its responsible body answered otherwise than it now says."""
    columns = FateDecision.of(idea)
    of_idea = literal(idea.id), literal(columns.institution_id)
    said = overruled(
        *of_idea, literal(columns.fate, Idea.fate.type), literal(columns.reason, Idea.reason.type)
    )
    return bool(session.scalar(select(said)))


def must_be_whole(decision: FateDecision, cycle_id: int) -> None:
    """Raises WrongDecision, RevisionIncomplete, CommitmentUnseen."""
    must_hold_together(decision, cycle_id)
    lacks_commitment = decision.fate and decision.fate.needs_commitment and not decision.commitment_id
    if not (decision.fate and decision.reason and decision.reason_text and decision.institution_id):
        raise RevisionIncomplete
    if lacks_commitment:
        raise RevisionIncomplete
    if decision.commitment_id and not (commitment := _commitment(decision.commitment_id)).published_at:
        raise CommitmentUnseen(commitment=isolate_text(commitment.reference))


def _promised(commitment_id: int | None) -> str | None:
    return _commitment(commitment_id).reference if commitment_id else None


def _commitment(commitment_id: int) -> Commitment:
    return session.get_one(
        Commitment, commitment_id, options=[joinedload(Commitment.cycle)], populate_existing=True
    )
