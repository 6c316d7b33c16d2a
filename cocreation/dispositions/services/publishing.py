"""Publication: all fates of a batch at once, for everyone, with a mail to everyone they concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import lock, session
from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.text import isolate_text
from cocreation.cycles.models import Cycle, Phase
from cocreation.dispositions import emails
from cocreation.dispositions.models import Batch, FateDraft, Referral
from cocreation.dispositions.services.answering import WHOLE, opened, show
from cocreation.dispositions.services.calendar import must_be_open
from cocreation.dispositions.services.drafting import BatchAlreadyPublished
from cocreation.ideas.models import Idea, IdeaState, Step, StepKind
from cocreation.ideas.services import record_step
from cocreation.plan.models import Commitment
from cocreation.register import journal
from cocreation.register.journal import Action, Entry

# What a draft can lack, in words.
LACKS = {
    "fate": _l("its fate"),
    "reason": _l("the reason in words"),
    "body": _l("the responsible body"),
    "commitment": _l("the commitment"),
    "withdrawn": _l("its author has withdrawn it: take it out"),
}


class EmptyBatch(Refusal):
    sentence = _l("There is no idea in this batch. Nothing was published.")


class BatchIncomplete(Refusal):
    """Some ideas lack something; the sentence names each of them and what it lacks."""

    sentence = _l("Nothing was published, because something is missing. %(ideas)s")


def publish(batch_id: int, *, by: int, now: datetime) -> Batch:
    """Give every idea of a batch its fate, tell everyone concerned, and write it all into the register.

    Raises NotFound, BatchAlreadyPublished, PhaseClosed, EmptyBatch, BatchIncomplete.
    """
    batch = lock(Batch, batch_id, joinedload(Batch.cycle).selectinload(Cycle.phases))
    if batch.published_at:
        raise BatchAlreadyPublished(at=batch.published_at)
    must_be_open(batch.cycle, Phase.FATES, now)
    drafts = _locked(batch)
    if not drafts:
        raise EmptyBatch
    if lacking := [draft for draft in drafts if lacks(draft)]:
        raise BatchIncomplete(ideas=" ".join(map(_named, lacking)))
    for draft in drafts:
        _settle(draft, now)
    answers = _open_answers(batch)
    batch.published_by, batch.published_at = by, now
    session.flush()
    emails.tell_authors(batch)
    audit.record("batch published", f"batch {batch.id}", by=by, now=now, ideas=len(drafts))
    journal.append_all(_entries(batch, drafts, answers), now)
    return batch


def lacks(draft: FateDraft) -> list[str]:
    """The keys of `LACKS` that stand in the way of an idea's publication."""
    return ["withdrawn"] if draft.idea.is_settled else draft.lacks


def _named(draft: FateDraft) -> str:
    missing = " · ".join(str(LACKS[key]) for key in lacks(draft))
    return f"{isolate_text(draft.idea.reference)}: {missing}."


def _locked(batch: Batch) -> Sequence[FateDraft]:
    """The drafts of a batch, their ideas locked in the order in which everybody locks them."""
    statement = (
        select(FateDraft)
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == batch.id)
        .options(
            contains_eager(FateDraft.idea),
            joinedload(FateDraft.institution),
            joinedload(FateDraft.commitment),
        )
        .order_by(Idea.id)
        .with_for_update(of=Idea)
    )
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def _settle(draft: FateDraft, now: datetime) -> None:
    idea = draft.idea
    idea.state, idea.fate, idea.fate_at = IdeaState.PUBLISHED, draft.fate, now
    idea.reason, idea.reason_text = draft.reason, draft.reason_text
    idea.institution_id, idea.commitment_id = draft.institution_id, draft.commitment_id
    record_step(
        idea,
        StepKind.FATE,
        at=now,
        institution_id=draft.institution_id,
        outcome=draft.fate,
        reason=draft.reason,
        text=draft.reason_text,
    )


def _open_answers(batch: Batch) -> dict[int, list[Referral]]:
    """Say in the public steps what each institution answered, which until now only said that it had."""
    in_batch = select(FateDraft.idea_id).where(FateDraft.batch_id == batch.id)
    answered = select(Referral).where(Referral.idea_id.in_(in_batch), Referral.answer.is_not(None))
    commitment = selectinload(Referral.commitment).joinedload(Commitment.cycle)
    answers: dict[int, list[Referral]] = {}
    for each in session.scalars(answered.options(*WHOLE, commitment).order_by(Referral.id)):
        answers.setdefault(each.idea_id, []).append(each)
    by_pair: dict[Any, Referral] = {
        (each.idea_id, each.institution_id): each for group in answers.values() for each in group
    }
    steps = select(Step).where(Step.kind == StepKind.ANSWERED, Step.idea_id.in_(in_batch))
    for step in session.scalars(steps):
        show(by_pair[step.idea_id, step.institution_id], step)
    return answers


def _entries(
    batch: Batch, drafts: Sequence[FateDraft], answers: dict[int, list[Referral]]
) -> Iterator[Entry]:
    for draft in drafts:
        assert draft.institution
        content = {
            "batch": batch.id,
            "fate": draft.fate,
            "reason": draft.reason,
            "reason_text": draft.reason_text,
            "body": draft.institution.slug,
            "commitment": draft.commitment.reference if draft.commitment else None,
            "answers": [opened(answer) for answer in answers.get(draft.idea_id, ())],
        }
        yield Action.FATE, draft.idea.reference or "", content
    content = {"cycle": batch.cycle.code, "title": batch.title, "ideas": len(drafts)}
    yield Action.BATCH, f"batch {batch.id}", content
