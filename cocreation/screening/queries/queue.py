"""Reads of the screening room: its piles, and one idea with all a reader needs beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Row, Select, SQLColumnExpression, and_, exists, func, not_, or_, select
from sqlalchemy.orm import defer, joinedload

from cocreation.accounts.models import Person
from cocreation.core.database import found, session
from cocreation.core.enums import Named
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle, Phase, Theme
from cocreation.cycles.policy import closed
from cocreation.desks.queries import lists
from cocreation.desks.queries.lists import KEYS, NO_THEME, DeskOrder, ThemeCounts
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Attachment, Idea, IdeaState, Origin, Step, StepKind
from cocreation.ideas.queries.dialogue import OPEN, questions_of
from cocreation.ideas.queries.rows import ROW, SOURCE
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.screening.models import Reading, ReasonTemplate, Screening

# What `services.screening.is_current` says of one reading.
COUNTS = and_(
    Reading.idea_id == Idea.id,
    Reading.set_aside_at.is_(None),
    or_(Idea.edited_at.is_(None), Reading.read_at >= Idea.edited_at),
)


CALENDAR = joinedload(Idea.cycle).selectinload(Cycle.phases)


Narrowed = TypeVar("Narrowed")


class Pile(Named):
    """Where an idea that is not decided lies."""

    TO_READ = "to_read", _l("To read")
    SECOND = "second", _l("For another reader")
    ASKED = "asked", _l("Waiting for the author")


IN_PILE = {
    Pile.TO_READ: and_(Idea.state == IdeaState.RECEIVED, ~exists().where(COUNTS)),
    Pile.SECOND: and_(Idea.state == IdeaState.RECEIVED, exists().where(COUNTS)),
    Pile.ASKED: Idea.state == IdeaState.ASKED,
}


@dataclass(frozen=True)
class PileFilter:
    """What narrows a pile, or what was decided, and the order of a pile; None narrows nothing."""

    theme: int | None = None
    origin: Origin | None = None
    pile: Pile = Pile.TO_READ
    accepted: bool | None = None
    order: DeskOrder = DeskOrder.OLDEST


@dataclass(frozen=True)
class PileKind:
    """How many ideas of one theme and origin lie together; how they were decided, where they were."""

    theme: Theme | None
    origin: Origin
    accepted: bool | None
    count: int

    def is_in(self, narrowed: PileFilter) -> bool:
        theme_id = self.theme.id if self.theme else NO_THEME
        return (
            narrowed.theme in (None, theme_id)
            and narrowed.origin in (None, self.origin)
            and narrowed.accepted in (None, self.accepted)
        )


@dataclass(frozen=True)
class PileTally:
    """The kinds of ideas that lie together, and what narrows them."""

    kinds: Sequence[PileKind]
    narrowed: PileFilter

    @property
    def count(self) -> int:
        """How many are left."""
        return sum(kind.count for kind in self.kinds if kind.is_in(self.narrowed))

    @property
    def themes(self) -> ThemeCounts:
        """How many each theme has of those that are left by what else narrows them; without one last."""
        kinds = self._left(replace(self.narrowed, theme=None))
        themes = {kind.theme.id: kind.theme for kind in kinds if kind.theme}
        ordered = sorted(themes.values(), key=lambda theme: (-theme.cycle_id, theme.position))
        counted = [(theme, sum(kind.count for kind in kinds if kind.theme is theme)) for theme in ordered]
        without = sum(kind.count for kind in kinds if kind.theme is None)
        return [*counted, (None, without)] if without else [*counted]

    @property
    def origins(self) -> list[tuple[Origin, int]]:
        kinds = self._left(replace(self.narrowed, origin=None))
        counts = [(way, sum(kind.count for kind in kinds if kind.origin is way)) for way in Origin]
        return [(origin, count) for origin, count in counts if count]

    @property
    def outcomes(self) -> list[tuple[bool, int]]:
        kinds = self._left(replace(self.narrowed, accepted=None))
        return [(does, sum(kind.count for kind in kinds if kind.accepted is does)) for does in (True, False)]

    def _left(self, narrowed: PileFilter) -> list[PileKind]:
        return [kind for kind in self.kinds if kind.is_in(narrowed)]


@dataclass(frozen=True)
class Decided:
    """An idea that screening decided, and who read it last."""

    idea: Idea
    screening: Screening
    reader: str


@dataclass(frozen=True)
class Neighbours:
    """What stands around an idea in its pile, of what this reader has not read; its `place` among these `of`
    ideas, None where it is not in the pile.
    """

    before: str | None
    after: str | None
    place: int | None
    of: int


@dataclass(frozen=True)
class Examined:
    """An idea on the desk: how it was decided if it was, each reading that counts with its reader's name,
    what its author was asked, and the files that came with it (name, kind, size).
    """

    idea: Idea
    screening: Screening | None
    readings: Sequence[Row[Reading, str]]
    questions: list[Question]
    attachments: Sequence[Row[str, str, int]]


def screening_queue(narrowed: PileFilter, cursor: str | None = None, size: int = 60) -> Page[Idea]:
    """The ideas of a pile, in their order."""
    return lists.listed(_waiting(narrowed).options(CALENDAR), narrowed.order, cursor, size)


def pile_tally(narrowed: PileFilter) -> PileTally:
    """The kinds of ideas of a pile."""
    return _tally(select(Idea).where(IN_PILE[narrowed.pile]), Idea.accepted, narrowed)


def decided_tally(narrowed: PileFilter) -> PileTally:
    """The kinds of ideas that screening decided."""
    decided = select(Idea).join(Screening, Screening.idea_id == Idea.id)
    return _tally(decided, Screening.accepted, narrowed)


def readings_of(ideas: Page[Idea]) -> dict[int, list[Reading]]:
    """The readings that count of each idea of a page."""
    grouped: dict[int, list[Reading]] = defaultdict(list)
    current = select(Reading).join(Idea, COUNTS).where(Idea.id.in_([idea.id for idea in ideas]))
    for reading in session.scalars(current.order_by(Reading.read_at, Reading.id)):
        grouped[reading.idea_id].append(reading)
    return grouped


def open_questions(ideas: Page[Idea]) -> dict[int, Question]:
    """The question that the author of each idea of a page has not answered yet."""
    asked = select(Question).where(OPEN, Question.idea_id.in_([idea.id for idea in ideas]))
    return {question.idea_id: question for question in session.scalars(asked)}


def decided_ideas(narrowed: PileFilter, cursor: str | None = None, size: int = 60) -> Page[Screening]:
    """What screening decided, the latest first."""
    statement = select(Screening).join(Idea, Idea.id == Screening.idea_id)
    if narrowed.accepted is not None:
        statement = statement.where(Screening.accepted == narrowed.accepted)
    statement = _narrow(statement, narrowed)
    return page(statement, Screening.decided_at, Screening.idea_id, cursor=cursor, size=size)


def with_ideas(screenings: Page[Screening]) -> list[Decided]:
    """The rows of a page of decisions: their ideas, and the names of who decided."""
    rows = (
        select(Idea, Screening, Person.name)
        .join(Screening, Screening.idea_id == Idea.id)
        .join(Person, Person.id == Screening.decided_by)
        .where(Idea.id.in_([screening.idea_id for screening in screenings]))
        .options(joinedload(Idea.theme), *ROW)
    )
    by_id = {idea.id: Decided(idea, screening, name) for idea, screening, name in session.execute(rows)}
    return [by_id[screening.idea_id] for screening in screenings]


def reopened_at(ideas: Iterable[Idea]) -> dict[int, datetime]:
    """When the screening of these ideas was last reopened, by their ids; without those it never was of."""
    of_ideas = Step.kind == StepKind.REOPENED, Step.idea_id.in_([idea.id for idea in ideas])
    last = select(Step.idea_id, func.max(Step.at)).where(*of_ideas).group_by(Step.idea_id)
    return dict(session.execute(last).all())


def closed_to(ideas: Iterable[Idea], now: datetime) -> list[Cycle]:
    """The cycles whose calendar keeps some of `ideas` from being read now. What was reopened is read
    whenever: a correction is no new screening.
    """
    late = [idea for idea in ideas if closed([idea.cycle], Phase.SCREENING, now)]
    again = reopened_at(late) if late else {}
    return list(dict.fromkeys(idea.cycle for idea in late if idea.id not in again))


def neighbours(idea: Idea, narrowed: PileFilter, reader_id: int) -> Neighbours:
    """What stands before and after this one in its pile, in its order, among those that this reader has not
    read.

    After the last one comes the first again.
    """
    own_reading = exists().where(COUNTS, Reading.reader_id == reader_id)
    others = _waiting(narrowed).with_only_columns(Idea.reference).where(~own_reading, Idea.id != idea.id)
    (key, number), descending = KEYS[narrowed.order]
    value = getattr(idea, key.key)
    above = or_(key > value, and_(key == value, number > idea.id))
    rising, falling = (key.asc(), number.asc()), (key.desc(), number.desc())
    if descending:
        above, rising, falling = not_(above), falling, rising
    count, own = others.with_only_columns(func.count()), _waiting(narrowed).with_only_columns(func.count())
    before, after, first, earlier, rest, waits = session.execute(
        select(
            others.where(~above).order_by(*falling).limit(1).scalar_subquery(),
            others.where(above).order_by(*rising).limit(1).scalar_subquery(),
            others.order_by(*rising).limit(1).scalar_subquery(),
            count.where(~above).scalar_subquery(),
            count.scalar_subquery(),
            own.where(~own_reading, Idea.id == idea.id).scalar_subquery(),
        )
    ).one()
    return Neighbours(before, after or first, earlier + 1 if waits else None, rest + waits)


def idea_to_screen(reference: str) -> Examined:
    """Raises NotFound."""
    idea: Idea = found(
        session.scalar(
            select(Idea)
            .where(Idea.reference == reference)
            .options(
                joinedload(Idea.theme),
                joinedload(Idea.region),
                CALENDAR,
                joinedload(Idea.author),
                SOURCE,
                defer(Idea.tokens),
            )
        )
    )
    readings = select(Reading, Person.name).join(Person, Person.id == Reading.reader_id).join(Idea, COUNTS)
    files = select(Attachment.name, Attachment.kind, Attachment.size).where(Attachment.idea_id == idea.id)
    return Examined(
        idea,
        session.get(Screening, idea.id),
        session.execute(readings.where(Idea.id == idea.id).order_by(Reading.read_at, Reading.id)).all(),
        questions_of(idea.id),
        session.execute(files.order_by(Attachment.id)).all(),
    )


def screening_counts() -> dict[str, int]:
    """How many ideas lie in each pile, by its value, were "accepted" (whatever came after) and were not."""
    conditions = {pile.value: condition for pile, condition in IN_PILE.items()}
    counts = [
        select(func.count()).select_from(Idea).where(condition).scalar_subquery()
        for condition in conditions.values()
    ]
    decided = {"accepted": Screening.accepted, "not_accepted": ~Screening.accepted}
    counts += [select(func.count()).where(condition).scalar_subquery() for condition in decided.values()]
    return dict(zip((*conditions, *decided), session.execute(select(*counts)).one(), strict=True))


def reason_templates() -> list[ReasonTemplate]:
    """By reason, in the order in which they were written."""
    return list(session.scalars(select(ReasonTemplate).order_by(ReasonTemplate.reason, ReasonTemplate.id)))


def get_reason_template(template_id: int) -> ReasonTemplate:
    """Raises NotFound."""
    return found(session.get(ReasonTemplate, template_id))


def _tally(
    ideas: Select[Idea], accepted: SQLColumnExpression[bool | None], narrowed: PileFilter
) -> PileTally:
    kinds: Select[int | None, Origin, bool | None, int] = ideas.with_only_columns(
        Idea.theme_id, Idea.origin, accepted.label("accepted"), func.count().label("many")
    )
    counted = kinds.group_by(Idea.theme_id, Idea.origin, accepted).subquery()
    named = select(Theme, counted.c.origin, counted.c.accepted, counted.c.many).select_from(counted)
    named = named.outerjoin(Theme, Theme.id == counted.c.theme_id).options(joinedload(Theme.cycle))
    rows = session.execute(named).all()
    return PileTally([PileKind(*row) for row in rows], narrowed)


def _waiting(narrowed: PileFilter) -> Select[Idea]:
    return _narrow(select(Idea).where(IN_PILE[narrowed.pile]), narrowed)


def _narrow(statement: Select[Narrowed], narrowed: PileFilter) -> Select[Narrowed]:
    if narrowed.theme is not None:
        statement = statement.where(lists.of_theme(narrowed.theme))
    return statement.where(Idea.origin == narrowed.origin) if narrowed.origin else statement
