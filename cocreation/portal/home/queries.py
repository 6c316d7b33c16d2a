"""What the front door shows: the cycle that runs, figures, open meetings, news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Integer,
    SelectBase,
    SQLColumnExpression,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from cocreation.batches.models import Batch
from cocreation.consultations.models import Consultation, ConsultationStage
from cocreation.consultations.queries import consultations
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Region
from cocreation.ideas.queries.public_ideas import outcomes_of_cycles
from cocreation.meetings.models.meeting import Meeting, Workshop, meeting_regions
from cocreation.portal.figures import FateFigures, Told, fate_figures, in_order
from cocreation.portal.home import funnel
from cocreation.portal.home.funnel import Funnel

NEWS = 3


@dataclass(frozen=True)
class News:
    """A public event. `kind`: announced, cancelled, outputs (of workshop `number`), consulted or fates."""

    kind: str
    at: datetime
    reference: str
    title: Translated
    number: int | None


def cycles_of_home(today: date) -> tuple[Cycle | None, Cycle | None, Funnel | None]:
    """The cycle `cycles.queries.current_cycle` names, with its calendar; the one of the latest plan, and that
    plan in figures.
    """
    running = (
        select(Cycle.id)
        .where(Cycle.starts_on <= today, Cycle.ends_on >= today)
        .order_by(Cycle.starts_on.desc(), Cycle.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    planned = funnel.latest_plan()
    # Counted once a cycle and not once for each phase of its calendar, which the join below would ask.
    counted = (
        select(Cycle.id, Cycle.id == running, Cycle.id == planned, *funnel.figures())
        .where(or_(Cycle.id == running, Cycle.id == planned))
        .cte("counted")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    _id, *columns = counted.c
    statement = select(Cycle, *columns).join(counted, _id == Cycle.id).options(joinedload(Cycle.phases))
    cycle, planned_cycle, plan = None, None, None
    for counted_cycle, runs, is_plan, *figures in session.execute(statement).unique():
        cycle = counted_cycle if runs else cycle
        if is_plan:
            planned_cycle = counted_cycle
            plan = Funnel(counted_cycle.code, counted_cycle.title, *figures)
    return cycle, planned_cycle, plan


def figures() -> dict[int, FateFigures]:
    """What became of the ideas of each cycle that has some, by its id."""
    return {cycle_id: fate_figures(counted) for cycle_id, counted in outcomes_of_cycles().items()}


def told(*cycles: Cycle | None) -> list[Told]:
    """What became of the ideas of the cycle that runs and of that of the latest plan, each by itself."""
    counted = figures()
    named = {cycle.id: cycle for cycle in cycles if cycle}
    plans = (
        Told(cycle.code, cycle.title, counted[cycle.id]) for cycle in named.values() if cycle.id in counted
    )
    return in_order(plans)


@dataclass(frozen=True)
class OpenConsultations:
    """How many public consultations are open, and when the first of them closes."""

    count: int
    closes_at: datetime | None


def regions_with_meetings(now: datetime) -> tuple[list[tuple[Region, int]], OpenConsultations]:
    """The twelve regions with how many meetings were announced there and not called off; in the same
    statement, the consultations that are open.
    """
    held = and_(
        Meeting.id == meeting_regions.c.meeting_id,
        Meeting.announced_at.is_not(None),
        Meeting.cancelled_at.is_(None),
    )
    is_open = consultations.standing(now)[ConsultationStage.OPEN]
    count = select(func.count(Consultation.id)).where(is_open).scalar_subquery()
    first = select(func.min(Consultation.closes_at)).where(is_open).scalar_subquery()
    statement = (
        select(Region, func.count(Meeting.id), count, first)
        .outerjoin(meeting_regions, meeting_regions.c.region_code == Region.code)
        .outerjoin(Meeting, held)
        .group_by(Region.code)
        .order_by(Region.code)
    )
    rows = session.execute(statement).all()
    consulted = OpenConsultations(*rows[0][2:]) if rows else OpenConsultations(0, None)
    return [(region, meetings) for region, meetings, *_same in rows], consulted


def meetings_open(now: datetime, most: int = 2) -> list[Meeting]:
    """Meetings one can register for at this moment, the first to close first."""
    statement = (
        select(Meeting)
        .where(
            Meeting.announced_at.is_not(None),
            Meeting.cancelled_at.is_(None),
            Meeting.registration_opens_at <= now,
            Meeting.registration_closes_at > now,
        )
        .order_by(Meeting.registration_closes_at, Meeting.id)
        .limit(most)
    )
    return list(session.scalars(statement))


def news() -> list[News]:
    """The latest public events of the process, of all kinds, in one statement."""
    none = cast(null(), Integer).label("number")
    kinds = (
        _latest("announced", Meeting.announced_at, Meeting.reference, Meeting.title, none),
        _latest("cancelled", Meeting.cancelled_at, Meeting.reference, Meeting.title, none),
        _latest(
            "outputs",
            Workshop.published_at,
            Meeting.reference,
            Workshop.theme,
            Workshop.number,
            Workshop.meeting,
        ),
        _latest("consulted", Consultation.announced_at, Consultation.reference, Consultation.title, none),
        _latest("fates", Batch.published_at, Cycle.code, Batch.title, none, Batch.cycle),
    )
    events = union_all(*kinds).subquery()
    statement = select(events).order_by(events.c.at.desc()).limit(NEWS)
    return [
        News(row.kind, row.at, row.reference, row.title, row.number) for row in session.execute(statement)
    ]


def _latest(
    kind: str,
    at: SQLColumnExpression[datetime | None],
    reference: SQLColumnExpression[str | None],
    title: SQLColumnExpression[Translated | None],
    number: SQLColumnExpression[int | None],
    through: InstrumentedAttribute[object] | None = None,
) -> SelectBase:
    columns: list[SQLColumnExpression[object]] = [
        literal(kind).label("kind"),
        at.label("at"),
        reference.label("reference"),
        title.label("title"),
        number.label("number"),
    ]
    statement = select(*columns).where(at.is_not(None)).order_by(at.desc()).limit(NEWS)
    if through is not None:
        statement = statement.join(through)
    # In a subquery of its own, since SQLite wants no ORDER BY inside a UNION.
    return select(statement.subquery())
