"""Reads of the batches of fates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, type_coerce
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from cocreation.accounts.models import Person
from cocreation.batches import policy
from cocreation.batches.models import Batch, BatchReview, FateDraft, FateObjection, FateQuestion
from cocreation.batches.policy import ReadyFilter
from cocreation.core.database import Json, found, session
from cocreation.core.enums import Named
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.desk import of_theme
from cocreation.ideas.queries.rows import SOURCE
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate
from cocreation.screening.models import Screening
from cocreation.study.models import Assessment, Referral


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
    """By cycle, how many ideas wait for a batch: answered, not accepted, or part of ideas that are."""
    ready = select(Idea.cycle_id, func.count()).where(policy.waits_for_batch())
    return dict(session.execute(ready.group_by(Idea.cycle_id)).all())


def ready_ideas(cycle_id: int | None = None, chosen: ReadyFilter | None = None) -> Select[Idea]:
    """The ideas that wait for a batch, in all cycles or in one, and of these those that are chosen."""
    of_cycle = [] if cycle_id is None else [Idea.cycle_id == cycle_id]
    return select(Idea).where(policy.waits_for_batch(), *of_cycle, *(chosen.holds() if chosen else ()))


def get_batch(batch_id: int) -> Batch:
    """A batch with its cycle and its calendar. Raises NotFound."""
    calendar = joinedload(Batch.cycle).selectinload(Cycle.phases)
    statement = select(Batch).where(Batch.id == batch_id).options(calendar)
    return found(session.scalar(statement))


IS_OPEN = FateQuestion.answered_at.is_(None)  # the condition that a question waits for its answer
UNDECIDED = "none"  # what narrows a batch to the ideas without a fate


class BatchOrder(Named):
    """In which order the ideas of a batch stand."""

    CAME = "came", _l("As they came")
    THEME = "theme", _l("By theme")
    FATE = "fate", _l("By fate")
    BODY = "body", _l("By institution")


KEYS = {
    BatchOrder.CAME: (FateDraft.idea_id,),
    BatchOrder.THEME: (FateDraft.theme_place, FateDraft.idea_id),
    BatchOrder.FATE: (FateDraft.fate_place, FateDraft.idea_id),
    BatchOrder.BODY: (FateDraft.body_place, FateDraft.idea_id),
}


@dataclass(frozen=True)
class BatchFilter:
    """What narrows the ideas of a batch, and their order: a fate's value or UNDECIDED, a theme, a body, those
    that lack something; None narrows nothing.
    """

    fate: str | None = None
    theme: int | None = None
    body: int | None = None
    is_lacking: bool = False
    order: BatchOrder = BatchOrder.CAME

    @property
    def chosen(self) -> int:
        """How many things narrow it."""
        return sum(map(bool, (self.fate, self.theme is not None, self.body, self.is_lacking)))


class Neighbour(NamedTuple):
    """Where an idea stands among those of its batch that are narrowed: what is before and after it, its
    place among these `of`.
    """

    before: str | None
    after: str | None
    place: int
    of: int


def drafts(batch: Batch, narrowed: BatchFilter, cursor: str | None = None, size: int = 50) -> Page[FateDraft]:
    """The drafts of a batch with what their rows show. Where nothing is left behind `cursor`, from the
    beginning: what stood there was decided.
    """
    keys = KEYS[narrowed.order]
    statement = _narrow(_drafts(batch), narrowed).options(*(undefer(key) for key in keys[:-1]))
    shown = page(statement, *keys, cursor=cursor, size=size, descending=False)
    if cursor and not shown.items:
        shown = page(statement, *keys, size=size, descending=False)
    return shown


def neighbour(draft: FateDraft, narrowed: BatchFilter) -> Neighbour | None:
    """What stands around a draft in the list it was opened from; None where it is no longer in it."""
    keys = KEYS[narrowed.order]
    listed = (
        select(
            FateDraft.idea_id,
            func.lag(Idea.reference).over(order_by=keys).label("before"),
            func.lead(Idea.reference).over(order_by=keys).label("after"),
            func.row_number().over(order_by=keys).label("place"),
            func.count().over().label("all"),
        )
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == draft.batch_id)
    )
    rows = _narrow(listed, narrowed).subquery()
    own = select(rows.c.before, rows.c.after, rows.c.place, rows.c.all)
    found = session.execute(own.where(rows.c.idea_id == draft.idea_id)).one_or_none()
    return Neighbour(*found) if found else None


def _narrow(statement: Select[Any], narrowed: BatchFilter) -> Select[Any]:
    if narrowed.fate == UNDECIDED:
        statement = statement.where(FateDraft.fate.is_(None))
    elif narrowed.fate in list(Fate):
        statement = statement.where(FateDraft.fate == Fate(narrowed.fate))
    if narrowed.theme is not None:
        statement = statement.where(of_theme(narrowed.theme))
    if narrowed.body:
        statement = statement.where(FateDraft.institution_id == narrowed.body)
    return statement.where(stands_in_the_way()) if narrowed.is_lacking else statement


def every_draft(batch: Batch) -> list[FateDraft]:
    """All drafts of a batch, to be printed."""
    return list(session.scalars(_drafts(batch).order_by(FateDraft.idea_id)))


def lacking(batch: Batch, most: int = 200) -> list[FateDraft]:
    """The drafts of a batch that lack something, or whose idea was withdrawn: as many as can be named."""
    incomplete = _drafts(batch).where(stands_in_the_way())
    return list(session.scalars(incomplete.order_by(FateDraft.idea_id).limit(most)))


def batch_size(batch: Batch) -> int:
    """How many ideas are in a batch."""
    return session.scalar(select(func.count()).where(FateDraft.batch_id == batch.id)) or 0


def untranslated(batch: Batch) -> list[tuple[str, int]]:
    """The languages in which fates of the batch's cycle are read but some of its reasons are not written,
    each with how many.
    """
    written = type_coerce(FateDraft.reason_text, Json)
    absent = [func.count().filter(written[code].as_string().is_(None)) for code in batch.cycle.languages]
    if not absent:
        return []
    reasoned = select(*absent).where(FateDraft.batch_id == batch.id, FateDraft.reason_text.is_not(None))
    counts = session.execute(reasoned).one()
    return [(code, n) for code, n in zip(batch.cycle.languages, counts, strict=True) if n]


def reviews(batch: Batch) -> list[BatchReview]:
    """What second readers said of a batch, the latest first."""
    said = select(BatchReview).where(BatchReview.batch_id == batch.id).order_by(BatchReview.id.desc())
    return list(session.scalars(said.options(joinedload(BatchReview.reader))))


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
                joinedload(FateDraft.commitment).joinedload(Commitment.cycle),
                selectinload(FateDraft.objections).joinedload(FateObjection.institution),
                contains_eager(FateDraft.idea).options(
                    SOURCE, joinedload(Idea.theme), joinedload(Idea.region)
                ),
            )
        )
    )
    referrals = select(Referral).where(Referral.idea_id == draft.idea_id).order_by(Referral.id)
    bodies = joinedload(Referral.institution), joinedload(Referral.transfer_to)
    scores = selectinload(Referral.assessments).joinedload(Assessment.criterion)
    return (
        draft,
        session.get(Screening, draft.idea_id),
        session.scalars(referrals.options(*bodies, scores)).all(),
    )


def _drafts(batch: Batch) -> Select[FateDraft]:
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
            idea.joinedload(Idea.theme),
            joinedload(FateDraft.commitment).joinedload(Commitment.cycle),
        )
    )


def stands_in_the_way() -> ColumnElement[bool]:
    """That a draft lacks something, or that its idea was withdrawn."""
    return or_(_is_lacking(), Idea.state == IdeaState.WITHDRAWN)


def _is_lacking() -> ColumnElement[bool]:
    """What `FateDraft.lacks` says of one row. A reason that does not go with its fate is never written."""
    needs = FateDraft.fate.in_([fate for fate in Fate if fate.needs_commitment])
    return or_(
        FateDraft.fate.is_(None),
        FateDraft.reason.is_(None),
        FateDraft.reason_text.is_(None),
        FateDraft.institution_id.is_(None),
        needs & FateDraft.commitment_id.is_(None),
        and_(FateDraft.overrules, FateDraft.why.is_(None)),
        and_(
            FateDraft.fate == Fate.ALREADY_UNDER_WAY,
            FateDraft.proof_url.is_(None),
            ~FateDraft.is_proven,
        ),
        exists().where(Commitment.id == FateDraft.commitment_id, Commitment.published_at.is_(None)),
    )


def open_question(idea_id: int) -> FateQuestion | None:
    """The question about a fate that waits for its answer."""
    return session.scalar(select(FateQuestion).where(FateQuestion.idea_id == idea_id, IS_OPEN))


def open_questions(batch: Batch) -> list[FateQuestion]:
    """The questions of a batch that wait for an answer, with their ideas and who asks."""
    statement = (
        select(FateQuestion)
        .join(FateQuestion.draft)
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == batch.id, IS_OPEN)
        .options(
            contains_eager(FateQuestion.draft).contains_eager(FateDraft.idea).load_only(Idea.reference),
            joinedload(FateQuestion.asker),
        )
        .order_by(FateQuestion.id)
    )
    return list(session.scalars(statement))


def questions(draft: FateDraft) -> list[FateQuestion]:
    """All that was asked of a fate, the first question first, with who asked and who answered."""
    asked = select(FateQuestion).where(FateQuestion.idea_id == draft.idea_id).order_by(FateQuestion.id)
    people = joinedload(FateQuestion.asker), joinedload(FateQuestion.answerer)
    return list(session.scalars(asked.options(*people)))


def has_answered(person_id: int) -> ColumnElement[bool]:
    """The condition that a person answered a question about a batch: they had a hand in it."""
    answered = exists().where(
        FateQuestion.idea_id == FateDraft.idea_id,
        FateDraft.batch_id == Batch.id,
        FateQuestion.answered_by == person_id,
    )
    return answered.correlate(Batch)


def may_read(person: Person, batch: Batch, now: datetime) -> bool:
    """Whether a person can be the second reader of a batch: somebody else than who had a hand in it."""
    if not policy.can_review(person, batch, now):
        return False
    return not session.scalar(select(has_answered(person.id)).where(Batch.id == batch.id))
