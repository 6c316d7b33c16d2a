"""Reads of an institution's bundle."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle, Phase, PhasePeriod
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.study.models import AnswerDraft, Assessment, Criterion, Referral
from cocreation.study.policy import Bundle
from cocreation.workshops.models import OutputLine

# What an answer is waited for: the idea is studied, and its words can be read. One whose fate was settled
# without it, whose author withdrew it or that became part of another one is asked of nobody any more.
IS_WAITING = Referral.answered_at.is_(None) & (Idea.state == IdeaState.REFERRED) & Idea.hidden_at.is_(None)
IS_ANSWERED = (
    Referral.answered_at.is_not(None) & (Idea.state != IdeaState.WITHDRAWN) & Idea.hidden_at.is_(None)
)

# The answer that was begun, with who keeps it.
DRAFTED = joinedload(Referral.draft).joinedload(AnswerDraft.keeper)


def is_whose(own_bundle: Bundle) -> ColumnElement[bool]:
    """What `Bundle.holds` says of one row."""
    given = Referral.institution_id.in_(own_bundle.helps) & (Referral.delegate_id == own_bundle.person_id)
    return or_(Referral.institution_id.in_(own_bundle.speaks_for), given)


def bundle(
    own_bundle: Bundle, *, answered: bool, cursor: str | None = None, size: int = 40
) -> Page[Referral]:
    """What a person has to answer, the most urgent first; or what was answered, the latest first."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(is_whose(own_bundle))
        .options(
            idea.defer(Idea.tokens),
            idea.defer(Idea.problem),
            idea.defer(Idea.expected_result),
            joinedload(Referral.institution),
            joinedload(Referral.delegate),
            DRAFTED,
        )
    )
    if answered:
        return page(statement.where(IS_ANSWERED), Referral.answered_at, Referral.id, cursor=cursor, size=size)
    waiting = statement.where(IS_WAITING)
    return page(waiting, Referral.due_on, Referral.id, cursor=cursor, size=size, descending=False)


def own(referral_ids: Collection[int], own_bundle: Bundle) -> list[int]:
    """Of these referrals, those of a person's bundle."""
    statement = select(Referral.id).where(Referral.id.in_(referral_ids), is_whose(own_bundle))
    return list(session.scalars(statement.order_by(Referral.id)))


def references(referral_ids: Collection[int]) -> list[str]:
    """The references of the ideas of these referrals."""
    statement = select(Idea.reference).join(Referral, Referral.idea_id == Idea.id)
    found_ones = session.scalars(statement.where(Referral.id.in_(referral_ids)).order_by(Idea.id))
    return [reference for reference in found_ones if reference]


def bundle_counts(own_bundle: Bundle, today: date) -> dict[str, int]:
    """How many referrals wait for an answer ("waiting"), of these how many are late, how many have one."""
    counts = select(
        func.count().filter(IS_WAITING),
        func.count().filter(IS_WAITING, Referral.due_on < today),
        func.count().filter(IS_ANSWERED),
    )
    row = session.execute(counts.select_from(Referral).join(Referral.idea).where(is_whose(own_bundle))).one()
    return dict(zip(("waiting", "late", "answered"), row, strict=True))


def bundle_cycles(own_bundle: Bundle) -> list[Cycle]:
    """The cycles of which a person has ideas to answer, the latest first."""
    ids = (
        select(Idea.cycle_id)
        .join(Referral, Referral.idea_id == Idea.id)
        .where(is_whose(own_bundle), IS_WAITING)
    )
    cycles = select(Cycle).where(Cycle.id.in_(ids)).options(joinedload(Cycle.phases))
    return list(session.scalars(cycles.order_by(Cycle.starts_on.desc(), Cycle.id)).unique())


def must_have_bundle(own_bundle: Bundle, cycle_id: int) -> None:
    """Raises NotFound when nothing in the cycle was sent to this person."""
    sent = select(Referral.id).join(Referral.idea).where(is_whose(own_bundle), Idea.cycle_id == cycle_id)
    if session.scalar(sent.limit(1)) is None:
        raise NotFound


def bundle_of_cycle(own_bundle: Bundle, cycle_id: int) -> list[Referral]:
    """All of a person's bundle in a cycle whose words can be read, with all that its sheet shows."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(is_whose(own_bundle), Idea.cycle_id == cycle_id, or_(IS_WAITING, IS_ANSWERED))
        .options(
            idea.defer(Idea.tokens),
            idea.joinedload(Idea.theme),
            idea.joinedload(Idea.region),
            joinedload(Referral.institution),
            joinedload(Referral.transfer_to),
            joinedload(Referral.commitment).joinedload(Commitment.cycle),
            DRAFTED,
            selectinload(Referral.assessments),
        )
    )
    return list(session.scalars(statement.order_by(Referral.due_on, Referral.id)))


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
            joinedload(Referral.transfer_to),
            joinedload(Referral.delegate),
            DRAFTED,
            idea.joinedload(Idea.cycle).selectinload(Cycle.phases),
            selectinload(Referral.assessments).joinedload(Assessment.criterion),
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


def studied_criteria(studied_on: date) -> list[Criterion]:
    """The criteria of the cycles whose ideas are studied on that day, in their order."""
    study = PhasePeriod.phase == Phase.STUDY, PhasePeriod.opens_on <= studied_on
    open_ = select(PhasePeriod.cycle_id).where(*study, PhasePeriod.closes_on >= studied_on)
    statement = select(Criterion).where(Criterion.cycle_id.in_(open_))
    return list(session.scalars(statement.order_by(Criterion.cycle_id, Criterion.position, Criterion.id)))
