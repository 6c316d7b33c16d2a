"""The tables of the coverage: a row for each region, theme, origin or institution, with its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cocreation.core import clock
from cocreation.cycles.models import Cycle
from cocreation.directory import population
from cocreation.directory.queries import regions
from cocreation.ideas.models.idea import Origin
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.portal.coverage import queries
from cocreation.portal.coverage.queries import Parts
from cocreation.web.rendering import translated_text

BY = {
    "region": _l("Region"),
    "theme": _l("Theme"),
    "origin": _l("Where it came from"),
    "institution": _l("Institution"),
}


# The parts in the order of every table, in words: what each is called, and what it counts.
PARTS = {
    "published": (
        _l("fate published"),
        _l("Its fate and the reasons for it are public, or its author withdrew it."),
    ),
    "answered": (
        _l("answered, fate not yet published"),
        _l("Every institution it was sent to has answered; its fate is not published yet."),
    ),
    "pending": (
        _l("pending"),
        _l("It waits for its screening, for an answer that is still in time, or for its fate."),
    ),
    "overdue": (
        _l("answer overdue"),
        _l("An institution has not answered by the day on which it should have."),
    ),
}


@dataclass(frozen=True)
class CoverageRow:
    """One line of a table. `key` is a code, an id or a slug, None for what was not stated."""

    by: str
    key: str | None
    name: str
    parts: Parts

    @property
    def inhabitants(self) -> int | None:
        return population.POPULATION.get(self.key or "") if self.by == "region" else None

    @property
    def per_100_000(self) -> float | None:
        is_known = self.key is not None and self.inhabitants is not None
        return population.per_100_000(self.parts.received, str(self.key)) if is_known else None


@dataclass(frozen=True)
class Coverage:
    """The total and its rows, by what they are counted by."""

    total: Parts
    rows: dict[str, list[CoverageRow]]


def read(cycle: Cycle | None, cycles: list[Cycle], wanted: list[str]) -> Coverage:
    """The tables `wanted`, of the names of BY: of a cycle, of all `cycles` without one."""
    cycle_id, today = cycle.id if cycle else None, clock.today()
    kinds = queries.by_kinds(cycle_id, today)
    tables: dict[str, Callable[[], list[CoverageRow]]] = {
        "region": lambda: _rows("region", _region_names(), kinds["region_code"]),
        "theme": lambda: _rows("theme", _theme_names([cycle] if cycle else cycles), kinds["theme_id"]),
        "origin": lambda: _rows(
            "origin", {str(origin.value): str(origin.label) for origin in Origin}, kinds["origin"]
        ),
        "institution": lambda: [
            CoverageRow("institution", body.slug, translated_text(body.name), parts)
            for body, parts in queries.by_institution(cycle_id, today)
        ],
    }
    return Coverage(queries.add_up(kinds["origin"]), {by: tables[by]() for by in wanted})


def _rows(by: str, names: dict[str, str], counted: queries.By) -> list[CoverageRow]:
    """A row for each name, also for those without an idea, and one for what was not stated."""
    rows = [CoverageRow(by, key, name, counted.get(key, Parts())) for key, name in names.items()]
    rows.sort(key=lambda row: -row.parts.received)
    return [*rows, CoverageRow(by, None, _("not stated"), counted[None])] if None in counted else rows


def _region_names() -> dict[str, str]:
    return {region.code: translated_text(region.name) for region in regions()}


def _theme_names(cycles: list[Cycle]) -> dict[str, str]:
    """A theme comes back in cycle after cycle: with several, each says whose it is."""
    ending = " ({})" if len(cycles) > 1 else ""
    return {
        str(theme.id): translated_text(theme.name) + ending.format(cycle.code)
        for cycle in cycles
        for theme in cycle.themes
    }
