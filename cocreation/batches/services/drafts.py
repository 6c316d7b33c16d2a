"""Batches of fates while they are prepared: what goes in, what each idea is about to become."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased, joinedload

from cocreation.batches import policy
from cocreation.batches.models import Batch, BatchStage, FateDraft
from cocreation.batches.policy import ReadyFilter
from cocreation.batches.queries.batches import batch_size, lacking, open_question
from cocreation.batches.refusals import (
    BatchAlreadyPublished,
    BatchNotEmpty,
    BeingPublished,
    DraftChanged,
    IdeaNotInCycle,
    InAnotherBatch,
    NotAPublicPage,
    NotDraftable,
    NothingReady,
    WrongDecision,
)
from cocreation.core import audit
from cocreation.core.contacts import is_web_address
from cocreation.core.database import Translated, found, lock, session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.services.steps import in_every_language
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.screening.models import Screening
from cocreation.screening.policy import refused
from cocreation.study.models import Referral
from cocreation.study.policy import proposed
from cocreation.text.markup import isolate_text

# The body that answers for "not accepted", unless another one is chosen.
SECRETARIAT_SLUG = "secretariat"
ALL_READY = ReadyFilter()
# The secretariat may decide a fate itself, without waiting for an answer, but not without a screening.
DRAFTABLE = (*policy.READY, IdeaState.ACCEPTED, IdeaState.REFERRED, IdeaState.JOINED)

# The fate of an idea that is part of others.
MERGED = _l("It was merged into %(reference)s, whose fate says what became of both.")
SPLIT = _l("It was split into %(references)s, whose fates say what became of its parts.")


@dataclass(frozen=True)
class Grounds:
    """What a fate needs that is not what its institution answered: why it is, and where it can be seen."""

    why: Translated | None = None
    proof_url: str | None = None


def create_batch(
    cycle_id: int,
    title: Translated,
    *,
    body_id: int | None,
    references: Sequence[str] = (),
    ready: ReadyFilter = ALL_READY,
    by: int,
    now: datetime,
) -> Batch:
    """A batch of the ideas named, or of those `ready` in the cycle; `body_id` answers for "not accepted".

    Raises NotFound, NothingReady, IdeaNotInCycle, NotDraftable, InAnotherBatch.
    """
    lock(Cycle, cycle_id)  # one at a time puts ideas into batches
    ideas = _named(cycle_id, references) if references else _ready(cycle_id, ready)
    if not ideas:
        raise NothingReady
    batch = Batch(cycle_id=cycle_id, title=title, created_by=by, created_at=now)
    session.add(batch)
    session.flush()
    _draft(batch, ideas, body_id)
    audit.record("batch created", f"batch {batch.id}", by=by, now=now, ideas=len(ideas))
    return batch


def add_ideas(
    batch_id: int, references: Sequence[str], ready: ReadyFilter = ALL_READY, *, by: int, now: datetime
) -> int:
    """Add the ideas named, or those that are `ready` when none is; how many.

    Raises NotFound, BatchAlreadyPublished, BeingPublished, NothingReady, IdeaNotInCycle, NotDraftable,
    InAnotherBatch.
    """
    batch = open_batch(batch_id, now)
    lock(Cycle, batch.cycle_id)
    ideas = _named(batch.cycle_id, references) if references else _ready(batch.cycle_id, ready)
    if not ideas:
        raise NothingReady
    body = session.scalar(select(Institution.id).where(Institution.slug == SECRETARIAT_SLUG))
    _draft(batch, ideas, body)
    batch.reopen()
    audit.record("ideas added to batch", f"batch {batch.id}", by=by, now=now, ideas=len(ideas))
    return len(ideas)


def remove_idea(batch_id: int, idea_id: int, *, by: int, now: datetime) -> None:
    """Take an idea out of a batch. Raises NotFound, BatchAlreadyPublished, BeingPublished."""
    batch = open_batch(batch_id, now)
    draft = draft_of(batch, idea_id)
    was_asked = open_question(idea_id) is not None
    session.delete(draft)
    _changed(batch, was_asked)
    audit.record("idea removed from batch", f"batch {batch_id}", by=by, now=now, idea=idea_id)


def delete_batch(batch_id: int, *, by: int, now: datetime) -> None:
    """Delete a batch in which there is no idea. Raises NotFound, BatchAlreadyPublished, BeingPublished,
    BatchNotEmpty.
    """
    batch = open_batch(batch_id, now)
    if session.scalar(select(FateDraft.idea_id).where(FateDraft.batch_id == batch.id).limit(1)):
        raise BatchNotEmpty
    audit.record("batch deleted", f"batch {batch_id}", by=by, now=now, title=batch.title)
    session.execute(delete(Batch).where(Batch.id == batch_id))


def decide(
    batch_id: int,
    idea_id: int,
    decision: FateDecision,
    grounds: Grounds | None = None,
    *,
    seen: str | None = None,
    by: int,
    now: datetime,
) -> FateDraft:
    """Write what an idea of a batch is about to become; what is missing may come later.

    `seen` is the mark of what stood there when it was opened. Raises NotFound, BatchAlreadyPublished,
    BeingPublished, DraftChanged, WrongDecision, NotAPublicPage.
    """
    batch = open_batch(batch_id, now)
    draft = draft_of(batch, idea_id)
    if seen not in (None, FateDecision.of(draft).mark):
        raise DraftChanged(reference=isolate_text(draft.idea.reference))
    must_hold_together(decision, batch.cycle_id)
    grounds = grounds or Grounds(draft.why, draft.proof_url)
    if grounds.proof_url and not is_web_address(grounds.proof_url):
        raise NotAPublicPage
    if decision != FateDecision.of(draft) or grounds != Grounds(draft.why, draft.proof_url):
        decision.write(draft)
        draft.why, draft.proof_url = grounds.why, grounds.proof_url
        if question := open_question(idea_id):
            question.answered_by, question.answered_at = by, now
        _changed(batch, question is not None)
        audit.record("fate drafted", f"batch {batch_id}", by=by, now=now, idea=idea_id, fate=decision.fate)
    return draft


def _changed(batch: Batch, was_asked: bool) -> None:
    """A batch whose reader asked for the change stays with them, to be looked at again; any other one is to
    be sent anew, and so is one that lacks something by it.
    """
    session.flush()
    stays = was_asked and batch.sent_at and not batch.reviewed_at
    if stays and batch_size(batch) and not lacking(batch, 1):
        batch.version += 1
    else:
        batch.reopen()


def must_hold_together(decision: FateDecision, cycle_id: int) -> None:
    """Raises WrongDecision when the reason or the commitment does not go with the fate."""
    if decision.fate and decision.reason not in REASONS[decision.fate]:
        raise WrongDecision
    if decision.commitment_id:
        commitment = session.get(Commitment, decision.commitment_id)
        if commitment is None or commitment.cycle_id != cycle_id or not _may_link(decision):
            raise WrongDecision


def set_embargo(batch_id: int, until: datetime | None, *, by: int, now: datetime) -> Batch:
    """Say before when a batch is not published; None: at any time. What was planned is to be asked anew.

    Raises NotFound, BatchAlreadyPublished, BeingPublished.
    """
    batch = open_batch(batch_id, now)
    batch.embargo_until, batch.publishing_at, batch.published_by = until, None, None
    audit.record("embargo set", f"batch {batch.id}", by=by, now=now, until=until and until.isoformat())
    return batch


def _may_link(decision: FateDecision) -> bool:
    """A commitment goes with "included" and "partly included", or waits for its fate."""
    return decision.fate is None or decision.fate.needs_commitment


def open_batch(batch_id: int, now: datetime) -> Batch:
    """A batch, locked, that can still change. Raises NotFound, BatchAlreadyPublished, BeingPublished."""
    batch = lock(Batch, batch_id)
    if batch.published_at:
        raise BatchAlreadyPublished(at=batch.published_at)
    if batch.stage(now) is BatchStage.PUBLISHING:
        raise BeingPublished(at=batch.publishing_at)
    return batch


def draft_of(batch: Batch, idea_id: int) -> FateDraft:
    """The draft of an idea in a batch. Raises NotFound."""
    draft = select(FateDraft).where(FateDraft.batch_id == batch.id, FateDraft.idea_id == idea_id)
    return found(session.scalar(draft.options(joinedload(FateDraft.idea))))


def _ready(cycle_id: int, chosen: ReadyFilter) -> list[Idea]:
    ready = select(Idea).where(Idea.cycle_id == cycle_id, policy.waits_for_batch(), *chosen.holds())
    return list(session.scalars(ready.order_by(Idea.id)))


def _named(cycle_id: int, references: Sequence[str]) -> list[Idea]:
    named = select(Idea).where(Idea.cycle_id == cycle_id, Idea.reference.in_(references))
    ideas = {idea.reference: idea for idea in session.scalars(named)}
    drafted = set(session.scalars(select(FateDraft.idea_id).join(Idea).where(Idea.reference.in_(references))))
    for reference in references:
        idea = ideas.get(reference)
        if idea is None:
            raise IdeaNotInCycle(reference=isolate_text(reference))
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
    for idea_id, (sentence, body) in sentences_of_parts(idea_ids).items():
        draft = session.get_one(FateDraft, idea_id)
        FateDecision(Fate.MERGED, Reason.SAME_AS_ANOTHER, sentence, body or body_id).write(draft)


def sentences_of_parts(idea_ids: Collection[int]) -> dict[int, tuple[Translated, int | None]]:
    """What the fate of each of these ideas says that is part of others, and the body that answers for it: the
    one of the idea it is part of, as far as that is known. The others are left out, and so are those whose
    idea was withdrawn: a person must say what becomes of them.
    """
    target = aliased(Idea)
    studied = select(func.min(Referral.institution_id)).where(Referral.idea_id == target.id).scalar_subquery()
    body = func.coalesce(target.institution_id, FateDraft.institution_id, studied)
    statement = (
        select(Lineage.source_id, Lineage.kind, target.reference, target.state, body)
        .join(target, Lineage.target_id == target.id)
        .join(Idea, Lineage.source_id == Idea.id)
        .outerjoin(FateDraft, FateDraft.idea_id == target.id)
        .where(Lineage.source_id.in_(idea_ids), Idea.state == IdeaState.JOINED, policy.makes_part())
        .order_by(Lineage.id)
    )
    links: dict[int, list[_PartLink]] = {}
    for idea_id, kind, reference, state, body_id in session.execute(statement):
        links.setdefault(idea_id, []).append(_PartLink(kind, reference, state, body_id))
    return {
        idea_id: (_sentence(of_idea), of_idea[0].body_id)
        for idea_id, of_idea in links.items()
        if not any(link.state is IdeaState.WITHDRAWN for link in of_idea)
    }


class _PartLink(NamedTuple):
    """How an idea is part of another one, how that one stands, and which body answers for it."""

    kind: Kinship
    reference: str | None
    state: IdeaState
    body_id: int | None


def _sentence(links: list[_PartLink]) -> Translated:
    names = ", ".join(link.reference for link in links if link.reference)
    if links[0].kind is Kinship.SPLIT_INTO:
        return in_every_language(SPLIT.filled(references=names))
    return in_every_language(MERGED.filled(reference=names))
