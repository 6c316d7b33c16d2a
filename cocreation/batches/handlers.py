"""What the fates have to do with what happens in the rooms below."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.refusals import PreparedNotLinked, PreparedNotReopened, PreparedNotSent
from cocreation.core.database import lock, session
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea
from cocreation.merges.events import IdeasToLink
from cocreation.screening.events import IdeaToReopen
from cocreation.study.events import AnswersGiven, IdeasToRefer
from cocreation.text.markup import isolate_text


def check_referral(fact: IdeasToRefer) -> None:
    """Raises PreparedNotSent when one of the ideas is in a batch."""
    if reference := _prepared(fact.ideas):
        raise PreparedNotSent(reference=isolate_text(reference))


def check_reopening(fact: IdeaToReopen) -> None:
    """Raises PreparedNotReopened when the idea is in a batch."""
    if reference := _prepared([fact.idea]):
        raise PreparedNotReopened(reference=isolate_text(reference))


def check_link(fact: IdeasToLink) -> None:
    """Raises PreparedNotLinked when one of the ideas is in a batch."""
    if reference := _prepared(fact.ideas):
        raise PreparedNotLinked(reference=isolate_text(reference))


def follow_answers(fact: AnswersGiven) -> None:
    """Where answers changed under drafts: these follow them."""
    answered = select(FateDraft).where(FateDraft.idea_id.in_(fact.after)).order_by(FateDraft.idea_id)
    for draft in session.scalars(answered).all():
        _revise(draft, fact.before[draft.idea_id], fact.after[draft.idea_id])


def _revise(draft: FateDraft, before: FateDecision, after: FateDecision) -> None:
    """An answer changed under a draft: follow it; ask again where the secretariat had decided otherwise.
    Either way its batch is to be read anew.
    """
    if before == after:
        return
    if FateDecision.of(draft) == before:
        after.write(draft)
    else:
        draft.fate = draft.reason = None
    lock(Batch, draft.batch_id).reopen()


def _prepared(ideas: Sequence[Idea]) -> str | None:
    """The reference of the first of these ideas whose fate is being prepared."""
    drafted = select(Idea.reference).join(FateDraft, FateDraft.idea_id == Idea.id)
    of_ideas = drafted.where(Idea.id.in_([idea.id for idea in ideas]))
    return session.scalar(of_ideas.order_by(Idea.id).limit(1))
