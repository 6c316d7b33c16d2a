"""The list of ideas, what narrows it, and the one count of what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.paging import Condition, Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution, Region
from cocreation.ideas.models.idea import Idea, IdeaState, Origin, Step
from cocreation.ideas.models.tally import Tally
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.reasons.models import Fate
from cocreation.text.references import ReferenceKind, read_reference
from cocreation.text.search import says_all
from cocreation.workshops.models import LineKind, OutputLine

Outcome = Fate | IdeaState

# What can have become of an idea, in the order of every list and chart: fates first, then the ways to go.
OUTCOMES: tuple[Outcome, ...] = (
    *Fate,
    IdeaState.NOT_ACCEPTED,
    IdeaState.ANSWERED,
    IdeaState.REFERRED,
    IdeaState.JOINED,
    IdeaState.ACCEPTED,
    IdeaState.ASKED,
    IdeaState.RECEIVED,
)
# What the public sees; unconfirmed ideas have no such date.
IS_PUBLIC = Idea.received_at.is_not(None)
# The letter of each kind of line in its reference.
LINE_KINDS = {kind.letter: kind for kind in LineKind}


class Order(Named):
    """In which order the list stands."""

    LATEST = "latest", _l("Latest")
    SUPPORTED = "supported", _l("Most supported")
    OLDEST = "oldest", _l("Oldest")


@dataclass(frozen=True)
class Filter:
    """What narrows the list of ideas; None and "" narrow nothing. `theme`, `institution`, `cycle` are ids, of
    which the database knows how frequent they are, and so the shortest way to the latest of them.
    """

    q: str = ""
    outcome: Outcome | None = None
    theme: int | None = None
    region: str | None = None
    origin: Origin | None = None
    institution: int | None = None
    cycle: int | None = None

    @property
    def chosen(self) -> list[str]:
        """The names of what narrows."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


def outcomes(cycle_id: int | None = None) -> list[tuple[Outcome, int]]:
    """How many public ideas of a cycle (or of all) came to each outcome, in the order of OUTCOMES; none left
    out but the zeros. The one count every page shows: `Idea.outcome` says the same of one idea.
    """
    return _outcomes([] if cycle_id is None else [Tally.cycle_id == cycle_id])


def _outcomes(conditions: Iterable[ColumnElement[bool]]) -> list[tuple[Outcome, int]]:
    statement = select(Tally.fate, Tally.state, func.sum(Tally.count)).where(*conditions)
    counts: Counter[Outcome] = Counter()
    for fate, state, count in session.execute(statement.group_by(Tally.fate, Tally.state)):
        counts[Idea(fate=fate, state=state).outcome] += count
    return [(outcome, counts[outcome]) for outcome in OUTCOMES if counts[outcome]]


def outcomes_of_cycles() -> dict[int, list[tuple[Outcome, int]]]:
    """What `outcomes` says of each cycle that has ideas, by its id: two plans are never added together."""
    columns = (Tally.cycle_id, Tally.fate, Tally.state)
    counts: dict[int, Counter[Outcome]] = defaultdict(Counter)
    for cycle_id, fate, state, count in session.execute(
        select(*columns, func.sum(Tally.count)).group_by(*columns)
    ):
        counts[cycle_id][Idea(fate=fate, state=state).outcome] += count
    return {
        cycle_id: [(outcome, came[outcome]) for outcome in OUTCOMES if came[outcome]]
        for cycle_id, came in counts.items()
    }


def came_to(outcome: Outcome) -> ColumnElement[bool]:
    """The condition that an idea has this outcome."""
    if isinstance(outcome, Fate):
        return Idea.fate == outcome
    return and_(Idea.fate.is_(None), Idea.state == outcome)


def counted(narrowed: Filter) -> list[tuple[Outcome, int]] | None:
    """How many ideas the list has of each outcome, whichever of them it is narrowed to, in the order of
    OUTCOMES. None where it is narrowed by what no tally knows: words, and where ideas were sent.
    """
    if narrowed.q or narrowed.institution:
        return None
    wanted = [
        (Tally.theme_id, narrowed.theme),
        (Tally.region_code, narrowed.region),
        (Tally.origin, narrowed.origin),
        (Tally.cycle_id, narrowed.cycle),
    ]
    return _outcomes(column == value for column, value in wanted if value)


def list_ideas(
    narrowed: Filter, cursor: str | None = None, size: int = 20, order: Order = Order.LATEST
) -> Page[Idea]:
    """Public ideas in an `order`, with what a row of the list says: the proposal, and when words are searched
    all that its author said, since they may stand there.
    """
    unsaid = [] if narrowed.q else [defer(Idea.problem), defer(Idea.expected_result)]
    statement = (
        select(Idea)
        .where(IS_PUBLIC, *_equalities(narrowed))
        .options(joinedload(Idea.theme), joinedload(Idea.region), defer(Idea.tokens), *unsaid)
    )
    return page(
        statement,
        Idea.supporters if order is Order.SUPPORTED else Idea.received_at,
        Idea.id,
        cursor=cursor,
        size=size,
        descending=order is not Order.OLDEST,
        condition=_condition(narrowed),
    )


def _equalities(narrowed: Filter) -> list[ColumnElement[bool]]:
    """The conditions that have an index in the order of the list."""
    conditions: list[ColumnElement[bool] | None] = [
        came_to(narrowed.outcome) if narrowed.outcome else None,
        Idea.theme_id == narrowed.theme if narrowed.theme else None,
        Idea.region_code == narrowed.region if narrowed.region else None,
        Idea.origin == narrowed.origin if narrowed.origin else None,
        Idea.cycle_id == narrowed.cycle if narrowed.cycle else None,
    ]
    return [condition for condition in conditions if condition is not None]


def _condition(narrowed: Filter) -> Condition | None:
    """The conditions that have none: what an idea says, and where it was sent."""
    says = _says(narrowed.q) if narrowed.q else None
    said = [] if says is None else [says]
    if not narrowed.institution:
        return Condition(says, says) if says is not None else None
    sent = and_(Step.idea_id == Idea.id, Step.institution_id == narrowed.institution)
    sent_step = (
        select(Step.id).where(sent).correlate(Idea).limit(1).scalar_subquery()
    )  # never a list of them all
    return Condition(and_(*said, sent_step.is_not(None)), and_(*said, exists().where(sent)))


def _says(typed: str) -> ColumnElement[bool] | None:
    """Those that say all that was typed, none whose words are not shown; or the idea of that reference."""
    says = says_all(Idea.tokens, typed)
    if says is None:
        return None
    says = and_(says, Idea.state != IdeaState.WITHDRAWN, Idea.hidden_at.is_(None))
    named = is_named(typed)
    return says if named is None else or_(named, says)


def is_named(typed: str) -> ColumnElement[bool] | None:
    """The condition that an idea has the reference typed, or came from the line of a workshop that has it;
    None when no reference was typed.
    """
    reference = read_reference(typed)
    if reference is None:
        return None
    if reference.kind is not ReferenceKind.LINE:
        is_idea = reference.kind is ReferenceKind.IDEA
        return Idea.reference.in_([str(reference), typed.strip()]) if is_idea else None
    letters, number, workshop, kind, line = reference.parts
    lines = (
        select(OutputLine.id)
        .join(OutputLine.workshop)
        .join(Workshop.meeting)
        .where(
            Meeting.reference == f"{letters}{number}",
            Workshop.number == workshop,
            OutputLine.kind == LINE_KINDS[str(kind)],
            OutputLine.number == line,
        )
    )
    return Idea.source_line_id == lines.scalar_subquery()


def all_regions() -> list[Region]:
    return list(session.scalars(select(Region).order_by(Region.code)))


def all_institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.id)))


def cycles_with_themes() -> list[Cycle]:
    """Every cycle, the latest first, with its themes."""
    statement = (
        select(Cycle).options(joinedload(Cycle.themes)).order_by(Cycle.starts_on.desc(), Cycle.id.desc())
    )
    return list(session.scalars(statement).unique())


def share_with_fate(with_fate: int, received: int) -> float:
    """The figure of this platform: ideas with a published fate ÷ ideas received, between 0 and 1."""
    return with_fate / received if received else 0.0
