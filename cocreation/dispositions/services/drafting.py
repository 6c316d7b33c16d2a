"""Batches of fates while they are prepared: what goes in, what each idea is about to become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.text import isolate_text
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.dispositions.models import Batch, FateDraft, Referral, Screening
from cocreation.dispositions.services.lineage import joined
from cocreation.ideas.models import REASONS, Fate, Idea, IdeaState, Reason
from cocreation.plan.models import Commitment

# The body that answers for "not accepted", unless another one is chosen.
SECRETARIAT_SLUG = "secretariat"
READY = (IdeaState.NOT_ACCEPTED, IdeaState.ANSWERED)
# The secretariat may decide a fate itself, without waiting for an answer, but not without a screening.
DRAFTABLE = (*READY, IdeaState.ACCEPTED, IdeaState.REFERRED, IdeaState.JOINED)


class BatchAlreadyPublished(Refusal):
    sentence = _l("This batch was published on %(at)s. It can no longer change.")


class NothingReady(Refusal):
    sentence = _l("No idea is waiting for its fate: none is answered or not accepted outside another batch.")


class NoSuchIdea(Invalid):
    sentence = _l("There is no idea %(reference)s in this cycle. Nothing was changed.")


class NotDraftable(Refusal):
    sentence = _l("%(reference)s cannot be added: it stands at “%(state)s”. Nothing was changed.")


class InAnotherBatch(Refusal):
    sentence = _l("%(reference)s is in a batch already. Nothing was changed.")


class WrongDecision(Invalid):
    sentence = _l("This reason or this commitment does not go with this fate.")


@dataclass(frozen=True)
class Decision:
    """The fate an idea is about to have. Anything may still be missing."""

    fate: Fate | None = None
    reason: Reason | None = None
    reason_text: Translated | None = None
    institution_id: int | None = None
    commitment_id: int | None = None

    def write(self, draft: FateDraft) -> None:
        draft.fate, draft.reason, draft.reason_text = self.fate, self.reason, self.reason_text
        draft.institution_id, draft.commitment_id = self.institution_id, self.commitment_id


UNDECIDED = Decision()


def proposed(referrals: Sequence[Referral]) -> Decision:
    """What the institutions' answers come to: nothing yet while one is missing or two differ."""
    if not referrals or len({referral.answer for referral in referrals}) > 1 or not referrals[0].answer:
        return UNDECIDED
    first = referrals[0]
    return Decision(first.answer, first.reason, first.reason_text, first.institution_id, first.commitment_id)


def refused(screening: Screening, body_id: int | None) -> Decision:
    """What a refusal at screening comes to, `body_id` answering for it."""
    return Decision(Fate.NOT_ACCEPTED, screening.reason, screening.reason_text, body_id)


def revise(draft: FateDraft, before: Decision, after: Decision) -> None:
    """An answer changed under a draft: follow it; ask again where the secretariat had decided otherwise."""
    if _said(draft) == before:
        after.write(draft)
    else:
        draft.fate = draft.reason = None


def create_batch(
    cycle_id: int,
    title: Translated,
    *,
    body_id: int | None,
    references: Sequence[str] = (),
    by: int,
    now: datetime,
) -> Batch:
    """A batch of the ideas named, or of all those ready in the cycle; `body_id` answers for "not accepted".

    Raises NotFound, NothingReady, NoSuchIdea, NotDraftable, InAnotherBatch.
    """
    lock(Cycle, cycle_id)  # one at a time puts ideas into batches
    ideas = _named(cycle_id, references) if references else _ready(cycle_id)
    if not ideas:
        raise NothingReady
    batch = Batch(cycle_id=cycle_id, title=title, created_at=now)
    session.add(batch)
    session.flush()
    _draft(batch, ideas, body_id)
    audit.record("batch created", f"batch {batch.id}", by=by, now=now, ideas=len(ideas))
    return batch


def add_ideas(batch_id: int, references: Sequence[str], *, by: int, now: datetime) -> int:
    """Add the ideas named, or all that are ready when none is; how many.

    Raises NotFound, BatchAlreadyPublished, NothingReady, NoSuchIdea, NotDraftable, InAnotherBatch.
    """
    batch = _open(batch_id)
    lock(Cycle, batch.cycle_id)
    ideas = _named(batch.cycle_id, references) if references else _ready(batch.cycle_id)
    if not ideas:
        raise NothingReady
    body = session.scalar(select(Institution.id).where(Institution.slug == SECRETARIAT_SLUG))
    _draft(batch, ideas, body)
    audit.record("ideas added to batch", f"batch {batch.id}", by=by, now=now, ideas=len(ideas))
    return len(ideas)


def remove_idea(batch_id: int, idea_id: int, *, by: int, now: datetime) -> None:
    """Take an idea out of a batch that is not published. Raises NotFound, BatchAlreadyPublished."""
    session.delete(_draft_of(_open(batch_id), idea_id))
    audit.record("idea removed from batch", f"batch {batch_id}", by=by, now=now, idea=idea_id)


def decide(batch_id: int, idea_id: int, decision: Decision, *, by: int, now: datetime) -> FateDraft:
    """Write what an idea of a batch is about to become; what is missing may come later.

    Raises NotFound, BatchAlreadyPublished, WrongDecision.
    """
    batch = _open(batch_id)
    draft = _draft_of(batch, idea_id)
    if decision.fate and decision.reason not in REASONS[decision.fate]:
        raise WrongDecision
    if decision.commitment_id:
        commitment = session.get(Commitment, decision.commitment_id)
        if commitment is None or commitment.cycle_id != batch.cycle_id or not _may_link(decision):
            raise WrongDecision
    decision.write(draft)
    audit.record("fate drafted", f"batch {batch_id}", by=by, now=now, idea=idea_id, fate=decision.fate)
    return draft


def _may_link(decision: Decision) -> bool:
    """A commitment goes with "included" and "partly included", or waits for its fate."""
    return decision.fate is None or decision.fate.needs_commitment


def _open(batch_id: int) -> Batch:
    batch = lock(Batch, batch_id)
    if batch.published_at:
        raise BatchAlreadyPublished(at=batch.published_at)
    return batch


def _draft_of(batch: Batch, idea_id: int) -> FateDraft:
    draft = select(FateDraft).where(FateDraft.batch_id == batch.id, FateDraft.idea_id == idea_id)
    return found(session.scalar(draft))


def _said(draft: FateDraft) -> Decision:
    return Decision(draft.fate, draft.reason, draft.reason_text, draft.institution_id, draft.commitment_id)


def _ready(cycle_id: int) -> list[Idea]:
    free = ~select(FateDraft).where(FateDraft.idea_id == Idea.id).exists()
    is_ready = Idea.state.in_(READY) | joined.ready_with(READY)
    ready = select(Idea).where(Idea.cycle_id == cycle_id, is_ready, free)
    return list(session.scalars(ready.order_by(Idea.id)))


def _named(cycle_id: int, references: Sequence[str]) -> list[Idea]:
    named = select(Idea).where(Idea.cycle_id == cycle_id, Idea.reference.in_(references))
    ideas = {idea.reference: idea for idea in session.scalars(named)}
    drafted = set(session.scalars(select(FateDraft.idea_id).join(Idea).where(Idea.reference.in_(references))))
    for reference in references:
        idea = ideas.get(reference)
        if idea is None:
            raise NoSuchIdea(reference=isolate_text(reference))
        if idea.id in drafted:
            raise InAnotherBatch(reference=isolate_text(reference))
        if idea.state not in DRAFTABLE:
            raise NotDraftable(reference=isolate_text(reference), state=idea.state.label)
    return sorted(ideas.values(), key=lambda idea: idea.id)


def _draft(batch: Batch, ideas: Sequence[Idea], body_id: int | None) -> None:
    """Put ideas into a batch with what screening or the institutions said of them."""
    session.add_all(FateDraft(idea_id=idea.id, batch_id=batch.id) for idea in ideas)
    session.flush()
    in_batch = select(FateDraft.idea_id).where(FateDraft.batch_id == batch.id)
    screenings = select(Screening).where(Screening.idea_id.in_(in_batch), ~Screening.accepted)
    refusals = {screening.idea_id: screening for screening in session.scalars(screenings)}
    referrals: dict[int, list[Referral]] = {}
    for referral in session.scalars(
        select(Referral).where(Referral.idea_id.in_(in_batch)).order_by(Referral.id)
    ):
        referrals.setdefault(referral.idea_id, []).append(referral)
    for idea in ideas:
        draft = session.get_one(FateDraft, idea.id)
        refusal = refusals.get(idea.id)
        (refused(refusal, body_id) if refusal else proposed(referrals.get(idea.id, ()))).write(draft)
    _draft_joined([idea.id for idea in ideas], body_id)


def _draft_joined(idea_ids: Sequence[int], body_id: int | None) -> None:
    """Ideas that are part of others: after these, whose body answers for them too."""
    session.flush()
    for idea_id, (sentence, body) in joined.sentences(idea_ids).items():
        draft = session.get_one(FateDraft, idea_id)
        Decision(Fate.MERGED, Reason.SAME_AS_ANOTHER, sentence, body or body_id).write(draft)
