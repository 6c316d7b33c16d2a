"""How far the ideas are covered, as a page and as a table to download."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.directory import population
from cocreation.ideas.queries.public_ideas import cycles_with_themes
from cocreation.portal.coverage.files import FORMS
from cocreation.portal.coverage.tables import BY, PARTS, CoverageRow, read
from cocreation.portal.maps import MapRegion, classed
from cocreation.web.access import access, anyone
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def coverage() -> ResponseReturnValue:
    by = request.args.get("by", "region")
    cycles = cycles_with_themes()
    cycle = _chosen(cycles)
    if by not in BY:
        raise NotFound
    covered = read(cycle, cycles, [by])
    return render(
        "portal/coverage.html",
        by=by,
        rows=covered.rows[by],
        total=covered.total,
        map=classed(_on_map(row) for row in covered.rows[by] if row.per_100_000 is not None),
        cycle=cycle,
        cycles=cycles,
        names=BY,
        parts=PARTS,
        population=population,
    )


@access(anyone)
@exports(PUBLIC)
def coverage_file(form: str) -> ResponseReturnValue:
    """The same figures, all tables in one, a row for each line."""
    cycles = cycles_with_themes()
    cycle = _chosen(cycles)
    content, kind = FORMS[form](read(cycle, cycles, list(BY)))
    name = f"coverage-{cycle.code}.{form}" if cycle else f"coverage.{form}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _chosen(cycles: list[Cycle]) -> Cycle | None:
    """The cycle of the address, else the latest that has begun: two plans are not added together. None where
    there is none yet. Raises NotFound for one there is not.
    """
    if not (code := request.args.get("cycle")):
        begun = (cycle for cycle in cycles if cycle.starts_on <= clock.today())
        return next(begun, next(iter(cycles), None))
    if cycle := next((cycle for cycle in cycles if cycle.code == code), None):
        return cycle
    raise NotFound


def _on_map(row: CoverageRow) -> MapRegion:
    """A region with how many ideas came from it for its people."""
    return MapRegion(row.key or "", row.name, row.per_100_000 or 0, url_for("portal.region", code=row.key))
