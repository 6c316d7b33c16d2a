"""An answer that is not sent yet: kept for its institution, taken up again, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload

from cocreation.core.database import lock, session
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.policy import must_be_open
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.models import AnswerDraft, Referral
from cocreation.study.refusals import AnswerIsFinal, NothingToKeep, PartOfAnother
from cocreation.text.markup import isolate_text

# How long a draft is kept that nobody goes on with.
KEPT_FOR = timedelta(days=365)
WITH_CALENDAR = joinedload(Referral.idea).joinedload(Idea.cycle).selectinload(Cycle.phases)


def keep(referral_id: int, fields: Mapping[str, object], *, by: int, now: datetime) -> AnswerDraft:
    """Keep what was filled in of an answer; whoever studies the idea for the institution goes on with it.

    No journal tells of it: until it is sent it is nobody else's to know. Raises NotFound, PhaseClosed,
    AnswerIsFinal, PartOfAnother, NothingToKeep.
    """
    referral = lock(Referral, referral_id, WITH_CALENDAR)
    idea = referral.idea
    must_be_open(idea.cycle, Phase.STUDY, now)
    if idea.is_settled:
        raise AnswerIsFinal(reference=isolate_text(idea.reference))
    if idea.state is IdeaState.JOINED:
        raise PartOfAnother(reference=isolate_text(idea.reference))
    if not fields:
        raise NothingToKeep
    draft = session.get(AnswerDraft, referral_id)
    if draft is None:
        draft = AnswerDraft(referral_id=referral_id, begun_at=now)
        session.add(draft)
    draft.fields, draft.kept_by, draft.kept_at = dict(fields), by, now
    return draft


def discard(referral_id: int) -> None:
    """Throw a draft away; what was answered stays. Raises NotFound."""
    lock(Referral, referral_id)
    session.execute(delete(AnswerDraft).where(AnswerDraft.referral_id == referral_id))


def sweep(now: datetime) -> int:
    """The worker's chore: drafts that can no longer be sent, because the idea is settled, and those that
    nobody went on with for a year. Commits.
    """
    ids = select(Referral.id).join(Referral.idea)
    settled = ids.where(Idea.state.in_((IdeaState.PUBLISHED, IdeaState.WITHDRAWN)))
    over = or_(AnswerDraft.referral_id.in_(settled), AnswerDraft.kept_at <= now - KEPT_FOR)
    gone = delete(AnswerDraft).where(over).returning(AnswerDraft.referral_id)
    count = len(session.scalars(gone).all())
    session.commit()
    return count
