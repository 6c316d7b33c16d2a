"""How far the ideas are covered, as files to take along: all tables in one, a row for each line."""

from __future__ import annotations

import json
from collections.abc import Callable

from cocreation.directory import population
from cocreation.files.dataset import Dataset, Field
from cocreation.files.sheets.writer import XLSX
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.portal.coverage.tables import PARTS, Coverage, CoverageRow


def _part(part: str) -> Field[CoverageRow]:
    return Field(part, part, lambda row: getattr(row.parts, part), public=True)


# The headers are the keys: the same in every download, whatever the language.
COVERAGE: Dataset[CoverageRow] = Dataset(
    "coverage",
    _l("Where the ideas stand"),
    (
        Field("by", "by", lambda row: row.by, public=True),
        Field("key", "key", lambda row: row.key, public=True),
        Field("name", "name", lambda row: row.name, public=True),
        *map(_part, ("received", *PARTS)),
        Field("inhabitants", "inhabitants", lambda row: row.inhabitants, public=True),
        Field("per_100_000", "per_100_000", lambda row: row.per_100_000, public=True),
    ),
)


def _rows(coverage: Coverage) -> list[CoverageRow]:
    """All rows, the whole first."""
    total = CoverageRow("all", None, _("All ideas"), coverage.total)
    return [total, *(row for rows in coverage.rows.values() for row in rows)]


def _as_csv(coverage: Coverage) -> tuple[str, str]:
    return "".join(COVERAGE.csv(_rows(coverage))), "text/csv"


def _as_xlsx(coverage: Coverage) -> tuple[bytes, str]:
    return COVERAGE.xlsx(_rows(coverage)), XLSX


def _as_json(coverage: Coverage) -> tuple[str, str]:
    """With the definition of each part, and where the population is from."""
    said = {part: str(meaning) for part, (_name, meaning) in PARTS.items()}
    rows = list(COVERAGE.objects(_rows(coverage)))
    document = {"definitions": said, "population": population.SOURCE, "rows": rows}
    return json.dumps(document, ensure_ascii=False), "application/json"


FORMS: dict[str, Callable[[Coverage], tuple[str | bytes, str]]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
    "json": _as_json,
}
