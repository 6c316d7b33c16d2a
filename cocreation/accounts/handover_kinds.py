"""What waits for somebody of the staff, and who acts next in each state of each room.

One rule: whatever waits for somebody stands on their desk, what waits first, with its age, and reaches them
by one mail a day that they can turn off. A room declares the kinds there are in its `handovers.py`,
`app.WAITING` lists them; the desk, the menu, the mail and a test read that list and nothing else.
`app.STATES` says of every state whose turn it is: the test walks all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Select,
    SQLColumnExpression,
    Text,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.sql.visitors import iterate

from cocreation.accounts.models import Person, Role
from cocreation.core.clock import day_of
from cocreation.core.database import Moment, session
from cocreation.core.enums import Named
from cocreation.core.mail_kinds import MailKind
from cocreation.languages.i18n import Lazy

_asked_at: ContextVar[datetime] = ContextVar("when it is asked what waits")

# Since when it waits, by which day it is asked for, what the page where one acts calls it.
WaitingRows = Select[datetime | None, date | None, str | None]
# Of each kind by its place: how many, since when the oldest waits, by which day the first is asked for, how
# many are late, which is the first.
CountedRows = CompoundSelect[int, int, datetime, date, int, str]


@dataclass(frozen=True)
class WaitingKind:
    """One kind of thing that somebody of the staff has to do next.

    `what` stands beside a number, whatever that is; `endpoint` is where one acts: with `argument`, the page
    of what has waited longest. `rows` says of a holder of one of `roles` what waits for them at a moment, as
    `waits` selects it.
    """

    name: str
    roles: tuple[Role, ...]
    what: Lazy
    endpoint: str
    rows: Callable[[Person, datetime], WaitingRows]
    argument: str = ""


@dataclass(frozen=True)
class WaitingFigure:
    """How many of a kind wait for somebody, since when the oldest does, by which day the first is asked for,
    how many are past that day; `first` is what has waited longest, where its page has an address of its own.
    """

    kind: WaitingKind
    count: int
    since: datetime | None
    due_on: date | None
    late: int
    first: str | None

    @property
    def address(self) -> dict[str, str]:
        """The arguments of the address where one acts."""
        return {self.kind.argument: self.first} if self.kind.argument and self.first else {}

    def days(self, now: datetime) -> int:
        """For how many days the oldest has waited; below zero while nothing is due yet."""
        first = day_of(self.since) if self.since else self.due_on
        return (day_of(now) - first).days if first else 0


@dataclass(frozen=True)
class NextActor:
    """Whose turn it is in a state of a room, and how they know: the staff by what `waits` on their desk,
    others because they are `told` by one of these mails, the worker by a `chore`; else why it is `nobody`'s.
    """

    state: Named
    waits: tuple[WaitingKind, ...] = ()
    told: tuple[MailKind, ...] = ()
    chore: str = ""
    nobody: str = ""


def waits(
    since: SQLColumnExpression[datetime | None] | None,
    *,
    due: SQLColumnExpression[date] | None = None,
    about: SQLColumnExpression[object] | None = None,
) -> WaitingRows:
    """The beginning of a statement of what waits, to be narrowed by the room."""
    return select(
        (cast(null(), Moment) if since is None else since).label("since"),
        (cast(null(), Date) if due is None else due).label("due"),
        (cast(null(), Text) if about is None else cast(about, Text)).label("about"),
    )


def standing(person: Person, kinds: Sequence[WaitingKind], now: datetime) -> list[WaitingFigure]:
    """What waits for a person with their roles loaded: what is late first, then what has waited longest.

    One statement, however many kinds there are.
    """
    own = kinds_of(person, kinds)
    return figures(own, asked(person, own, now), now) if own else []


def kinds_of(person: Person, kinds: Sequence[WaitingKind]) -> list[WaitingKind]:
    """Those that can wait for somebody of their roles."""
    return [kind for kind in kinds if person.has(*kind.roles)]


def asked(person: Person, own: Sequence[WaitingKind], now: datetime) -> CountedRows:
    """The statement of `standing`. To put it together takes longer than to have it answered."""
    today = day_of(now)
    return union_all(*(_counted(place, kind.rows(person, now), today) for place, kind in enumerate(own)))


def ticking(statement: CountedRows, made_at: datetime) -> CountedRows:
    """A statement made at one moment, to be asked at any other: each moment and day in it then lies as far
    from that one as it lay from this.
    """
    for element in iterate(statement):
        if isinstance(element, BindParameter) and isinstance(element.value, date):
            element.callable = partial(_moved, element.value, made_at)
    return statement


def _moved(then: date, made_at: datetime) -> date:
    now = _asked_at.get()
    return now + (then - made_at) if isinstance(then, datetime) else day_of(now) + (then - day_of(made_at))


def figures(own: Sequence[WaitingKind], statement: CountedRows, now: datetime) -> list[WaitingFigure]:
    """What `asked` of these kinds finds, as `standing` orders it."""
    _asked_at.set(now)
    found = [
        WaitingFigure(own[place], count, since, due_on, late, first)
        for place, count, since, due_on, late, first in session.execute(statement)
        if count
    ]
    return sorted(found, key=lambda figure: (not figure.late, -figure.days(now), own.index(figure.kind)))


def _counted(place: int, rows: WaitingRows, today: date) -> Select[int, int, datetime, date, int, str]:
    of_kind, in_order = rows.subquery(), rows.subquery()
    since, due = of_kind.c.since, of_kind.c.due
    first = select(in_order.c.about).order_by(in_order.c.due, in_order.c.since, in_order.c.about).limit(1)
    late = func.count().filter(due < today)
    return select(
        literal(place), func.count(), func.min(since), func.min(due), late, first.scalar_subquery()
    ).select_from(of_kind)
