"""All published fates: the list, what narrows it, its counts and its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from cocreation.core.database import Translated, found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution, Region
from cocreation.ideas.models.idea import Idea, IdeaState, Origin, Step, StepKind
from cocreation.ideas.queries.public_ideas import IS_PUBLIC, is_named
from cocreation.ideas.queries.rows import ROW, SOURCE
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from cocreation.text.search import says_all

CHUNK = 1000


@dataclass(frozen=True)
class FateFilter:
    """What narrows the fates; None and "" narrow nothing. `cycle` is a code, `institution` the slug of the
    body that answers for the fate.
    """

    q: str = ""
    fate: Fate | None = None
    reason: Reason | None = None
    institution: str | None = None
    region: str | None = None
    origin: Origin | None = None
    cycle: str | None = None

    @property
    def chosen(self) -> list[str]:
        """The names of what narrows."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


def fates(narrowed: FateFilter, cursor: str | None = None, size: int = 15) -> Page[Idea]:
    """Ideas with a published fate, the latest first, with what a row of the list says."""
    statement = (
        select(Idea)
        .where(Idea.fate.is_not(None), IS_PUBLIC, *_conditions(narrowed))
        .options(joinedload(Idea.institution), joinedload(Idea.region), *ROW)
    )
    return page(statement, Idea.fate_at, Idea.id, cursor=cursor, size=size)


def fate_counts(narrowed: FateFilter) -> list[tuple[Fate, int]]:
    """How many ideas came to each fate, in the order of the fates, the zeros left out. All that narrows
    counts but the fate itself; with nothing else, or a cycle, as `public_ideas.outcomes` of ideas counts.
    """
    others = replace(narrowed, fate=None)
    statement = select(Idea.fate, func.count()).where(Idea.fate.is_not(None), IS_PUBLIC)
    counts = dict(session.execute(statement.where(*_conditions(others)).group_by(Idea.fate)).all())
    return [(fate, counts[fate]) for fate in Fate if counts.get(fate)]


class FateRow(NamedTuple):
    """What the table says of an idea."""

    id: int
    reference: str
    language: str
    proposal: str
    state: IdeaState
    hidden_at: datetime | None
    origin: Origin
    fate: Fate
    reason: Reason
    reason_text: Translated
    received_at: datetime
    fate_at: datetime
    revised_at: datetime | None
    overrules: bool
    region: Translated | None
    institution: Translated | None
    commitment: int | None
    cycle: str | None


def fate_rows(narrowed: FateFilter) -> Iterator[FateRow]:
    """One row an idea for the table, in the order of their numbers; a few at a time, however many."""
    revised = (
        select(func.max(Step.at)).where(Step.idea_id == Idea.id, Step.kind == StepKind.REVISED)
    ).scalar_subquery()
    of_commitment = aliased(Cycle)
    statement = (
        select(
            Idea.id,
            Idea.reference,
            Idea.language,
            Idea.proposal,
            Idea.state,
            Idea.hidden_at,
            Idea.origin,
            Idea.fate,
            Idea.reason,
            Idea.reason_text,
            Idea.received_at,
            Idea.fate_at,
            revised,
            Idea.overrules,
            Region.name,
            Institution.name,
            Commitment.number,
            of_commitment.code,
        )
        .outerjoin(Region, Region.code == Idea.region_code)
        .outerjoin(Institution, Institution.id == Idea.institution_id)
        .outerjoin(Commitment, Commitment.id == Idea.commitment_id)
        .outerjoin(of_commitment, of_commitment.id == Commitment.cycle_id)
        .where(Idea.fate.is_not(None), IS_PUBLIC, *_conditions(narrowed))
        .order_by(Idea.id)
        .limit(CHUNK)
    )
    last = 0
    while rows := session.execute(statement.where(Idea.id > last)).all():
        yield from map(FateRow._make, rows)
        last = rows[-1].id


def _conditions(narrowed: FateFilter) -> list[ColumnElement[bool]]:
    of_body = Idea.institution_id == _id(Institution.slug, narrowed.institution)
    conditions: list[ColumnElement[bool] | None] = [
        _says(narrowed.q) if narrowed.q else None,
        Idea.fate == narrowed.fate if narrowed.fate else None,
        Idea.reason == narrowed.reason if narrowed.reason else None,
        of_body if narrowed.institution else None,
        Idea.region_code == narrowed.region if narrowed.region else None,
        Idea.origin == narrowed.origin if narrowed.origin else None,
        Idea.cycle_id == _id(Cycle.code, narrowed.cycle) if narrowed.cycle else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _says(typed: str) -> ColumnElement[bool] | None:
    """The idea of that reference, or those that say all the words."""
    says = says_all(Idea.tokens, typed)
    named = is_named(typed)
    return says if says is None or named is None else or_(named, says)


def _id(name: InstrumentedAttribute[str], given: str | None) -> ScalarSelect[int]:
    """The id of the row that has the name `given`."""
    return select(name.class_.id).where(name == given).scalar_subquery()


# What a page shows of one idea whose fate it changes.
SHOWN = (
    SOURCE,
    joinedload(Idea.theme),
    joinedload(Idea.region),
    joinedload(Idea.institution),
)


def published_idea(reference: str) -> Idea:
    """An idea whose fate is published, with what the page that rewords it shows. Raises NotFound."""
    statement = select(Idea).where(Idea.reference == reference, Idea.state == IdeaState.PUBLISHED)
    return found(session.scalar(statement.options(*SHOWN)))
