"""How far the ideas are covered, as a page and as a table to download."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.directory import population
from cocreation.ideas.queries.public_ideas import cycles_with_themes
from cocreation.portal.coverage.files import FORMS
from cocreation.portal.coverage.tables import BY, PARTS, CoverageRow, read
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
        regions=[_on_map(row) for row in covered.rows[by] if row.per_100_000 is not None],
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
    """The cycle of the address, None for all. Raises NotFound for one there is not."""
    if not (code := request.args.get("cycle")):
        return None
    if cycle := next((cycle for cycle in cycles if cycle.code == code), None):
        return cycle
    raise NotFound


def _on_map(row: CoverageRow) -> dict[str, object]:
    """A region as components/region_map wants it; the table below links to its page."""
    return {"code": row.key, "name": row.name, "count": row.per_100_000}
