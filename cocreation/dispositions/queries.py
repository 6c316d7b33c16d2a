"""Reads of the desks: one function a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle, Phase, PhasePeriod, Theme
from cocreation.directory.models import Institution
from cocreation.dispositions.models import Batch, FateDraft, Referral, Screening
from cocreation.ideas.models import Fate, Idea, IdeaState, Origin
from cocreation.meetings.models import Workshop
from cocreation.plan.models import Commitment
from cocreation.workshops.models import OutputLine

ROW = (defer(Idea.tokens), defer(Idea.problem), defer(Idea.expected_result))
SOURCE = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)


@dataclass(frozen=True)
class Narrowed:
    """What narrows the screening queue; None narrows nothing."""

    theme: int | None = None
    origin: Origin | None = None


# Screening


def screening_queue(narrowed: Narrowed, cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """Ideas that wait for screening, the oldest first."""
    waiting = _waiting(narrowed).options(joinedload(Idea.theme), joinedload(Idea.region), *ROW)
    return page(waiting, Idea.received_at, Idea.id, cursor=cursor, size=size, descending=False)


def next_to_screen(idea: Idea, narrowed: Narrowed) -> str | None:
    """The reference of the idea after this one in the queue, from its beginning again at the end."""
    oldest = _waiting(narrowed).with_only_columns(Idea.reference).order_by(Idea.received_at, Idea.id).limit(1)
    later = or_(
        Idea.received_at > idea.received_at, (Idea.received_at == idea.received_at) & (Idea.id > idea.id)
    )
    return session.scalar(oldest.where(later)) or session.scalar(oldest)


def idea_to_screen(reference: str) -> tuple[Idea, Screening | None]:
    """An idea with where it came from, and its screening if there was one. Raises NotFound."""
    idea: Idea = found(
        session.scalar(
            select(Idea)
            .where(Idea.reference == reference)
            .options(joinedload(Idea.theme), joinedload(Idea.region), SOURCE, defer(Idea.tokens))
        )
    )
    return idea, session.get(Screening, idea.id)


def screening_counts() -> dict[str, int]:
    """How many ideas wait for screening ("waiting"), were "accepted" (whatever came after) and were not."""
    states = select(func.count()).where(Idea.state == IdeaState.RECEIVED).scalar_subquery()
    accepted = select(func.count()).where(Screening.accepted).scalar_subquery()
    refused = select(func.count()).where(~Screening.accepted).scalar_subquery()
    row = session.execute(select(states, accepted, refused)).one()
    return dict(zip(("waiting", "accepted", "not_accepted"), row, strict=True))


def themes() -> list[Theme]:
    return list(session.scalars(select(Theme).order_by(Theme.cycle_id.desc(), Theme.position)))


def _waiting(narrowed: Narrowed) -> Select[Any]:
    waiting = select(Idea).where(Idea.state == IdeaState.RECEIVED)
    if narrowed.theme:
        waiting = waiting.where(Idea.theme_id == narrowed.theme)
    return waiting.where(Idea.origin == narrowed.origin) if narrowed.origin else waiting


# Referrals


def to_refer(states: Collection[IdeaState], cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """Ideas in one of `states` with their theme, the oldest first."""
    ideas = select(Idea).where(Idea.state.in_(states)).options(joinedload(Idea.theme), *ROW)
    return page(ideas, Idea.received_at, Idea.id, cursor=cursor, size=size, descending=False)


def referrals_of(ideas: Page[Idea]) -> dict[int, list[Referral]]:
    """The referrals of each idea of a page, with their institutions."""
    grouped: dict[int, list[Referral]] = {idea.id: [] for idea in ideas}
    statement = select(Referral).where(Referral.idea_id.in_(grouped)).order_by(Referral.id)
    for referral in session.scalars(statement.options(joinedload(Referral.institution))):
        grouped[referral.idea_id].append(referral)
    return grouped


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.id)))


# The bundle of an institution


def bundle(
    institution_ids: Collection[int], *, answered: bool, cursor: str | None = None, size: int = 40
) -> Page[Referral]:
    """What institutions have to answer, the most urgent first; or have answered, the latest first."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(Referral.institution_id.in_(institution_ids), Idea.state != IdeaState.WITHDRAWN)
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
        Referral.institution_id.in_(institution_ids), Idea.state != IdeaState.WITHDRAWN
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


# Batches of fates


def batches() -> list[tuple[Batch, int, int]]:
    """Every batch, the latest first, with how many ideas are in it and how many of them lack something."""
    statement = (
        select(Batch, func.count(FateDraft.idea_id), func.count(FateDraft.idea_id).filter(_is_lacking()))
        .outerjoin(FateDraft)
        .group_by(Batch.id)
        .order_by(Batch.id.desc())
    )
    return [(batch, ideas, lacking) for batch, ideas, lacking in session.execute(statement)]


def ready_counts() -> dict[int, int]:
    """By cycle, how many ideas wait for a batch: answered, or not accepted."""
    free = ~select(FateDraft).where(FateDraft.idea_id == Idea.id).exists()
    ready = select(Idea.cycle_id, func.count()).where(
        Idea.state.in_((IdeaState.NOT_ACCEPTED, IdeaState.ANSWERED)), free
    )
    return dict(session.execute(ready.group_by(Idea.cycle_id)).all())


def get_batch(batch_id: int) -> Batch:
    """A batch with its cycle. Raises NotFound."""
    statement = select(Batch).where(Batch.id == batch_id).options(joinedload(Batch.cycle))
    return found(session.scalar(statement))


def drafts(batch: Batch, cursor: str | None = None, size: int = 50) -> Page[FateDraft]:
    """The drafts of a batch with what their rows show."""
    return page(_drafts(batch), FateDraft.idea_id, cursor=cursor, size=size, descending=False)


def lacking(batch: Batch) -> list[FateDraft]:
    """Every draft of a batch that lacks something, or whose idea was withdrawn; all, so as to name them."""
    missing = or_(_is_lacking(), Idea.state == IdeaState.WITHDRAWN)
    return list(session.scalars(_drafts(batch).where(missing).order_by(FateDraft.idea_id)))


def batch_counts(batch: Batch) -> list[tuple[Fate | None, int]]:
    """How many ideas of a batch come to each fate, in the order of the fates; None for the undecided."""
    counts = select(FateDraft.fate, func.count()).where(FateDraft.batch_id == batch.id)
    by_fate = dict(session.execute(counts.group_by(FateDraft.fate)).all())
    return [(fate, by_fate[fate]) for fate in (*Fate, None) if fate in by_fate]


def draft_to_decide(batch: Batch, reference: str) -> tuple[FateDraft, Screening | None, Sequence[Referral]]:
    """The draft of an idea, with its screening and every answer to it. Raises NotFound."""
    draft: FateDraft = found(
        session.scalar(
            select(FateDraft)
            .join(FateDraft.idea)
            .where(FateDraft.batch_id == batch.id, Idea.reference == reference)
            .options(
                contains_eager(FateDraft.idea).options(
                    SOURCE, joinedload(Idea.theme), joinedload(Idea.region)
                )
            )
        )
    )
    referrals = select(Referral).where(Referral.idea_id == draft.idea_id).order_by(Referral.id)
    institution = joinedload(Referral.institution)
    return (
        draft,
        session.get(Screening, draft.idea_id),
        session.scalars(referrals.options(institution)).all(),
    )


def _drafts(batch: Batch) -> Select[Any]:
    idea = contains_eager(FateDraft.idea)
    return (
        select(FateDraft)
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == batch.id)
        .options(
            idea.defer(Idea.tokens),
            idea.defer(Idea.problem),
            idea.defer(Idea.expected_result),
            joinedload(FateDraft.institution),
            joinedload(FateDraft.commitment).joinedload(Commitment.cycle),
        )
    )


def _is_lacking() -> Any:
    """What `FateDraft.lacks` says of one row. A reason that does not go with its fate is never written."""
    needs = FateDraft.fate.in_([fate for fate in Fate if fate.needs_commitment])
    return or_(
        FateDraft.fate.is_(None),
        FateDraft.reason.is_(None),
        FateDraft.reason_text.is_(None),
        FateDraft.institution_id.is_(None),
        needs & FateDraft.commitment_id.is_(None),
    )


# The desk


def desk(person: Person, today: date) -> dict[str, int]:
    """What awaits a person in this room: ideas "to_screen", "to_refer", "to_publish", "to_answer" and, of
    these, "late".
    """
    waiting: dict[str, int] = {}
    if runs_everything(person):
        states = {"to_screen": IdeaState.RECEIVED, "to_refer": IdeaState.ACCEPTED}
        counts = [select(func.count()).where(Idea.state == s).scalar_subquery() for s in states.values()]
        waiting |= dict(zip(states, session.execute(select(*counts)).one(), strict=True))
        waiting["to_publish"] = sum(ready_counts().values())
    if scopes := person.scopes(Role.FOCAL_POINT):
        mine = bundle_counts(scopes, today)
        waiting |= {"to_answer": mine["waiting"], "late": mine["late"]}
    return waiting
