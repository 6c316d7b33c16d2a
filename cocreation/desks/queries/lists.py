"""The lists of ideas on the desks: what narrows them, in which order they stand, how many each theme has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Theme
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.rows import ROW
from cocreation.languages.i18n import lazy_gettext as _l

ThemeCounts = list[tuple[Theme | None, int]]
NO_THEME = 0  # in place of the id of a theme: the ideas without one


class DeskOrder(Named):
    """In which order a list of a desk stands."""

    OLDEST = "oldest", _l("Oldest")
    LATEST = "latest", _l("Latest")
    SUPPORTED = "supported", _l("Most supported")


KEYS = {
    DeskOrder.OLDEST: ((Idea.received_at, Idea.id), False),
    DeskOrder.LATEST: ((Idea.received_at, Idea.id), True),
    DeskOrder.SUPPORTED: ((Idea.supporters, Idea.id), True),
}


@dataclass(frozen=True)
class DeskFilter:
    """What narrows a list of a desk, and its order; None narrows nothing."""

    theme: int | None = None
    institution: int | None = None
    order: DeskOrder = DeskOrder.OLDEST


def of_theme(theme: int) -> ColumnElement[bool]:
    """The condition that an idea is of this theme, or of none for NO_THEME."""
    return Idea.theme_id == theme if theme != NO_THEME else Idea.theme_id.is_(None)


def listed(ideas: Select[Idea], order: DeskOrder, cursor: str | None, size: int = 60) -> Page[Idea]:
    """One page of `ideas` with their themes. Where nothing is left behind `cursor`, the list is shown from
    its beginning: what stood there was dealt with.
    """
    keys, descending = KEYS[order]
    rows = ideas.options(joinedload(Idea.theme), *ROW)
    found = page(rows, *keys, cursor=cursor, size=size, descending=descending)
    if cursor and not found.items:
        found = page(rows, *keys, size=size, descending=descending)
    return found


def theme_counts(ideas: Select[Idea]) -> ThemeCounts:
    """How many of `ideas` each theme has, in the order of the themes; those without one last, by None."""
    counted = ideas.with_only_columns(Idea.theme_id, func.count().label("many"))
    per_theme = counted.group_by(Idea.theme_id).subquery()
    named = select(Theme, per_theme.c.many).select_from(per_theme)
    named = named.outerjoin(Theme, Theme.id == per_theme.c.theme_id)
    named = named.options(joinedload(Theme.cycle)).order_by(Theme.cycle_id.desc(), Theme.position)
    rows = session.execute(named).all()
    return sorted(((theme, count) for theme, count in rows), key=lambda row: row[0] is None)


def ids_of(ideas: Select[Idea]) -> list[int]:
    """All of `ideas`, in the order in which they came."""
    return list(session.scalars(ideas.with_only_columns(Idea.id).order_by(Idea.id)))
