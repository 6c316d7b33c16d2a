"""The ideas of a list by their kinds: what narrows them, their order, how many of each there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from cocreation.core.enums import Named
from cocreation.cycles.models import Theme
from cocreation.desks.queries.lists import NO_THEME, ThemeCounts
from cocreation.directory.models import Institution
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.reasons.models import Fate

UNDECIDED = "none"  # in place of a fate: the ideas without one


class KindOrder(Named):
    """In which order they stand."""

    CAME = "came", _l("As they came")
    THEME = "theme", _l("By theme")
    FATE = "fate", _l("By fate")
    BODY = "body", _l("By institution")


@dataclass(frozen=True)
class KindFilter:
    """What narrows the ideas of a list, and their order: a fate's value or UNDECIDED, a theme, a body, those
    that lack something; None narrows nothing.
    """

    fate: str | None = None
    theme: int | None = None
    body: int | None = None
    is_lacking: bool = False
    order: KindOrder = KindOrder.CAME

    @property
    def chosen(self) -> int:
        """How many things narrow it."""
        return sum(map(bool, (self.fate, self.theme is not None, self.body, self.is_lacking)))


class Around(NamedTuple):
    """Where an idea stands in the list it was opened from: what is before and after it, its
    place among these `of`.
    """

    before: str | None
    after: str | None
    place: int
    of: int


@dataclass(frozen=True)
class Kind:
    """The ideas of one fate, theme and body that all lack something, or nothing: how many."""

    fate: Fate | None
    theme: Theme | None
    body: Institution | None
    is_lacking: bool
    count: int

    def is_in(self, narrowed: KindFilter) -> bool:
        """Whether a filter leaves them."""
        theme_id, body_id = self.theme.id if self.theme else NO_THEME, self.body.id if self.body else None
        wanted = [
            (narrowed.fate in [UNDECIDED, *Fate], narrowed.fate == (self.fate or UNDECIDED)),
            (narrowed.theme is not None, narrowed.theme == theme_id),
            (bool(narrowed.body), narrowed.body == body_id),
            (narrowed.is_lacking, self.is_lacking),
        ]
        return all(fits for narrows, fits in wanted if narrows)


@dataclass(frozen=True)
class KindTally:
    """The kinds of ideas of a list."""

    kinds: list[Kind]

    @property
    def fates(self) -> list[tuple[Fate | None, int]]:
        """How many come to each fate, in the order of the fates; None for the undecided."""
        counts = [(fate, _sum(kind for kind in self.kinds if kind.fate == fate)) for fate in (*Fate, None)]
        return [(fate, count) for fate, count in counts if count]

    @property
    def lacking(self) -> int:
        """How many lack something, or were withdrawn."""
        return _sum(kind for kind in self.kinds if kind.is_lacking)

    @property
    def bodies(self) -> list[tuple[Institution, int]]:
        """The bodies that answer for them, with how many."""
        bodies = {kind.body.id: kind.body for kind in self.kinds if kind.body}
        counted = [(body, _sum(kind for kind in self.kinds if kind.body is body)) for body in bodies.values()]
        return sorted(counted, key=lambda row: row[0].id)

    def themes(self, narrowed: KindFilter) -> ThemeCounts:
        """How many each theme has of those that are left by what else narrows them; without one last."""
        kinds = [kind for kind in self.kinds if kind.is_in(replace(narrowed, theme=None))]
        themes = {kind.theme.id: kind.theme for kind in kinds if kind.theme}
        ordered = sorted(themes.values(), key=lambda theme: theme.position)
        counted = [(theme, _sum(kind for kind in kinds if kind.theme is theme)) for theme in (*ordered, None)]
        return [(theme, count) for theme, count in counted if count]

    def count(self, narrowed: KindFilter) -> int:
        return _sum(kind for kind in self.kinds if kind.is_in(narrowed))


def _sum(kinds: Iterable[Kind]) -> int:
    return sum(kind.count for kind in kinds)
