"""How many ideas of a batch there are of each kind: one statement, whatever a page counts of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select

from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.queries.batches import UNDECIDED, BatchFilter, stands_in_the_way
from cocreation.core.database import session
from cocreation.cycles.models import Theme
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.desk import NO_THEME, ThemeCounts
from cocreation.reasons.models import Fate


@dataclass(frozen=True)
class Kind:
    """The ideas of one fate, theme and body that all lack something, or nothing: how many."""

    fate: Fate | None
    theme: Theme | None
    body: Institution | None
    is_lacking: bool
    count: int

    def is_in(self, narrowed: BatchFilter) -> bool:
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
class BatchTally:
    """The kinds of ideas of a batch."""

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

    def themes(self, narrowed: BatchFilter) -> ThemeCounts:
        """How many each theme has of those that are left by what else narrows them; without one last."""
        kinds = [kind for kind in self.kinds if kind.is_in(replace(narrowed, theme=None))]
        themes = {kind.theme.id: kind.theme for kind in kinds if kind.theme}
        ordered = sorted(themes.values(), key=lambda theme: theme.position)
        counted = [(theme, _sum(kind for kind in kinds if kind.theme is theme)) for theme in (*ordered, None)]
        return [(theme, count) for theme, count in counted if count]

    def count(self, narrowed: BatchFilter) -> int:
        return _sum(kind for kind in self.kinds if kind.is_in(narrowed))


def batch_tally(batch: Batch) -> BatchTally:
    lacks = case((stands_in_the_way(), 1), else_=0).label("lacks")
    drafts = (
        select(FateDraft.fate, Idea.theme_id, FateDraft.institution_id, lacks)
        .join(FateDraft.idea)
        .where(FateDraft.batch_id == batch.id)
        .subquery()
    )
    kinds = drafts.c.fate, drafts.c.theme_id, drafts.c.institution_id, drafts.c.lacks
    counted = select(*kinds, func.count().label("many")).group_by(*kinds).subquery()
    rows = (
        select(counted.c.fate, Theme, Institution, counted.c.lacks, counted.c.many)
        .select_from(counted)
        .outerjoin(Theme, Theme.id == counted.c.theme_id)
        .outerjoin(Institution, Institution.id == counted.c.institution_id)
    )
    return BatchTally(
        [
            Kind(fate, theme, body, bool(lacking), many)
            for fate, theme, body, lacking, many in session.execute(rows)
        ]
    )


def _sum(kinds: Iterable[Kind]) -> int:
    return sum(kind.count for kind in kinds)
