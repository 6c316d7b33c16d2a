"""How far the ideas are covered, as a page and as a table to download."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from cocreation.core import clock, i18n
from cocreation.core.errors import NotFound
from cocreation.core.i18n import gettext as _, lazy_gettext as _l
from cocreation.core.sheets.writing import write_csv, write_xlsx
from cocreation.cycles.models import Cycle
from cocreation.directory import population
from cocreation.directory.queries import regions
from cocreation.ideas.models.idea import Origin
from cocreation.ideas.queries.listing import cycles_with_themes
from cocreation.portal import coverage_queries as queries
from cocreation.portal.coverage_queries import Parts
from cocreation.web.access import access, anyone
from cocreation.web.exporting import PUBLIC, exports
from cocreation.web.rendering import render, translated_text

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
        _l("answered, fate to come"),
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
class Row:
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
    """The whole and its rows, by what they are counted by."""

    whole: Parts
    rows: dict[str, list[Row]]


@access(anyone)
def coverage() -> Any:
    by = request.args.get("by", "region")
    cycles = cycles_with_themes()
    cycle = _chosen(cycles)
    if by not in BY:
        raise NotFound
    read = _read(cycle, cycles, [by])
    return render(
        "portal/coverage.html",
        by=by,
        rows=read.rows[by],
        whole=read.whole,
        regions=[_on_map(row) for row in read.rows[by] if row.per_100_000 is not None],
        cycle=cycle,
        cycles=cycles,
        names=BY,
        parts=PARTS,
        population=population,
    )


@access(anyone)
@exports(PUBLIC)
def coverage_file(form: str) -> Any:
    """The same figures, all tables in one, a row for each line."""
    cycles = cycles_with_themes()
    cycle = _chosen(cycles)
    content, kind = FORMS[form](_read(cycle, cycles, list(BY)))
    name = f"coverage-{cycle.code}.{form}" if cycle else f"coverage.{form}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _chosen(cycles: list[Cycle]) -> Cycle | None:
    """The cycle of the address, None for all. Raises NotFound for one there is not."""
    if not (code := request.args.get("cycle")):
        return None
    if cycle := next((each for each in cycles if each.code == code), None):
        return cycle
    raise NotFound


def _read(cycle: Cycle | None, cycles: list[Cycle], wanted: list[str]) -> Coverage:
    cycle_id, today = cycle.id if cycle else None, clock.today()
    kinds = queries.by_kinds(cycle_id, today)
    read: dict[str, Callable[[], list[Row]]] = {
        "region": lambda: _rows("region", _region_names(), kinds["region_code"]),
        "theme": lambda: _rows("theme", _theme_names([cycle] if cycle else cycles), kinds["theme_id"]),
        "origin": lambda: _rows(
            "origin", {str(each.value): str(each.label) for each in Origin}, kinds["origin"]
        ),
        "institution": lambda: [
            Row("institution", body.slug, translated_text(body.name), parts)
            for body, parts in queries.by_institution(cycle_id, today)
        ],
    }
    return Coverage(queries.whole(kinds["origin"]), {by: read[by]() for by in wanted})


def _rows(by: str, names: dict[str, str], counted: queries.By) -> list[Row]:
    """A row for each name, also for those without an idea, and one for what was not stated."""
    rows = [Row(by, key, name, counted.get(key, Parts())) for key, name in names.items()]
    rows.sort(key=lambda row: -row.parts.received)
    return [*rows, Row(by, None, _("not stated"), counted[None])] if None in counted else rows


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


def _on_map(row: Row) -> dict[str, Any]:
    """A region as components/region_map wants it; the table below links to its page."""
    return {"code": row.key, "name": row.name, "count": row.per_100_000}


COLUMNS = (
    "by",
    "key",
    "name",
    "received",
    *PARTS,
    "inhabitants",
    "per_100_000",
)  # of every download, whatever the language


def _cells(coverage: Coverage) -> list[list[Any]]:
    """All rows, the whole first, in the order of COLUMNS."""
    every = [
        Row("all", None, _("All ideas"), coverage.whole),
        *(row for each in coverage.rows.values() for row in each),
    ]
    return [
        [
            row.by,
            row.key,
            row.name,
            row.parts.received,
            *(getattr(row.parts, part) for part in PARTS),
            row.inhabitants,
            row.per_100_000,
        ]
        for row in every
    ]


def _as_csv(coverage: Coverage) -> tuple[str, str]:
    return write_csv(COLUMNS, _cells(coverage)), "text/csv"


def _as_xlsx(coverage: Coverage) -> tuple[bytes, str]:
    rtl = i18n.current().direction == "rtl"
    content = write_xlsx({_("Coverage"): (COLUMNS, _cells(coverage))}, right_to_left=rtl)
    return content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _as_json(coverage: Coverage) -> tuple[str, str]:
    """With the definition of each part, and where the population is from."""
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in _cells(coverage)]
    said = {part: str(meaning) for part, (_name, meaning) in PARTS.items()}
    whole = {"definitions": said, "population": population.SOURCE, "rows": rows}
    return json.dumps(whole, ensure_ascii=False), "application/json"


FORMS: dict[str, Callable[[Coverage], tuple[str | bytes, str]]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
    "json": _as_json,
}
