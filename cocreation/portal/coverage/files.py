"""How far the ideas are covered, as files to take along: all tables in one, a row for each line."""

from __future__ import annotations

import json
from collections.abc import Callable

from cocreation.core import i18n
from cocreation.core.i18n import gettext as _
from cocreation.directory import population
from cocreation.files.sheets.writer import write_csv, write_xlsx
from cocreation.portal.coverage.tables import PARTS, Coverage, CoverageRow

# Of every download, whatever the language.
COLUMNS = ("by", "key", "name", "received", *PARTS, "inhabitants", "per_100_000")


def _cells(coverage: Coverage) -> list[list[object]]:
    """All rows, the whole first, in the order of COLUMNS."""
    every = [
        CoverageRow("all", None, _("All ideas"), coverage.total),
        *(row for rows in coverage.rows.values() for row in rows),
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
    document = {"definitions": said, "population": population.SOURCE, "rows": rows}
    return json.dumps(document, ensure_ascii=False), "application/json"


FORMS: dict[str, Callable[[Coverage], tuple[str | bytes, str]]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
    "json": _as_json,
}
