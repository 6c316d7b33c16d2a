"""Reads of an institution's bundle."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle, Phase, PhasePeriod
from cocreation.directory.models import Institution
from cocreation.dispositions.models import Referral
from cocreation.ideas.models import Idea, IdeaState
from cocreation.meetings.models import Workshop
from cocreation.plan.models import Commitment
from cocreation.workshops.models import OutputLine

# What no institution studies any more: taken back by its author, or part of another idea.
GONE = (IdeaState.WITHDRAWN, IdeaState.JOINED)


def bundle(
    institution_ids: Collection[int], *, answered: bool, cursor: str | None = None, size: int = 40
) -> Page[Referral]:
    """What institutions have to answer, the most urgent first; or have answered, the latest first."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(Referral.institution_id.in_(institution_ids), Idea.state.not_in(GONE))
        .options(
            idea.defer(Idea.tokens),
            idea.defer(Idea.problem),
            idea.defer(Idea.expected_result),
            joinedload(Referral.institution),
        )
    )
    if answered:
        done = statement.where(Referral.answered_at.is_not(None))
        return page(done, Referral.answered_at, Referral.id, cursor=cursor, size=size)
    waiting = statement.where(Referral.answered_at.is_(None))
    return page(waiting, Referral.due_on, Referral.id, cursor=cursor, size=size, descending=False)


def own(referral_ids: Collection[int], institution_ids: Collection[int]) -> list[int]:
    """Of these referrals, those of these institutions."""
    mine = select(Referral.id).where(
        Referral.id.in_(referral_ids), Referral.institution_id.in_(institution_ids)
    )
    return list(session.scalars(mine))


def bundle_counts(institution_ids: Collection[int], today: date) -> dict[str, int]:
    """How many referrals wait for an answer ("waiting"), of these how many are late, how many have one."""
    open_, late = Referral.answered_at.is_(None), Referral.due_on < today
    counts = select(
        func.count().filter(open_), func.count().filter(open_, late), func.count(Referral.answered_at)
    )
    mine = counts.join(Idea, Idea.id == Referral.idea_id).where(
        Referral.institution_id.in_(institution_ids), Idea.state.not_in(GONE)
    )
    return dict(zip(("waiting", "late", "answered"), session.execute(mine).one(), strict=True))


def referral_to_answer(reference: str, slug: str) -> Referral:
    """The referral of an idea to an institution, with what the answer's page shows. Raises NotFound."""
    idea = contains_eager(Referral.idea)
    source = idea.joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .join(Referral.institution)
        .where(Idea.reference == reference, Institution.slug == slug)
        .options(
            idea.defer(Idea.tokens),
            idea.joinedload(Idea.theme),
            idea.joinedload(Idea.region),
            source,
            contains_eager(Referral.institution),
            joinedload(Referral.commitment).joinedload(Commitment.cycle),
        )
    )
    return found(session.scalar(statement))


def commitments(cycle_id: int | None = None, *, studied_on: date | None = None) -> list[Commitment]:
    """The commitments of a cycle, or of the cycles whose ideas are studied on that day."""
    statement = select(Commitment).join(Commitment.cycle).options(contains_eager(Commitment.cycle))
    if cycle_id:
        statement = statement.where(Commitment.cycle_id == cycle_id)
    if studied_on:
        study = PhasePeriod.phase == Phase.STUDY, PhasePeriod.opens_on <= studied_on
        open_ = select(PhasePeriod.cycle_id).where(*study, PhasePeriod.closes_on >= studied_on)
        statement = statement.where(Commitment.cycle_id.in_(open_))
    return list(session.scalars(statement.order_by(Cycle.starts_on.desc(), Commitment.number)))
