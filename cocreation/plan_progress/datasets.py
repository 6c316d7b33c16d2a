"""The activities of a plan as a table: one row each, its columns declared once for every form of file."""

from __future__ import annotations

from datetime import date

from cocreation.files.dataset import Dataset, Field
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan_progress.pages import percent
from cocreation.plan_progress.queries import ActivityRow
from cocreation.web.rendering import translated_text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# What was not reported or proved is empty, and counts as 0 in the sums.
ACTIVITIES: Dataset[ActivityRow] = Dataset(
    "activities",
    _l("Activities"),
    (
        Field("as_of", _l("As of"), lambda row: row.on.isoformat(), public=True),
        Field("axis", None, lambda row: row.axis, public=True),
        Field("axis_name", _l("Axis"), lambda row: translated_text(row.axis_name), public=True),
        Field("commitment", _l("Commitment"), lambda row: row.commitment, public=True),
        Field("is_dropped", None, lambda row: row.is_dropped, public=True),
        Field("published", _l("Progress as published"), lambda row: percent(row.published), public=True),
        Field("activity", _l("Activity"), lambda row: row.number, public=True),
        Field("title", _l("Title"), lambda row: translated_text(row.title), public=True),
        Field("weight", _l("Weight (thousandths of the commitment)"), lambda row: row.weight, public=True),
        Field("declared", _l("Declared, in percent"), lambda row: row.declared, public=True),
        Field("evidenced", _l("Evidenced, in percent"), lambda row: row.evidenced, public=True),
        Field("stage", _l("Stage"), lambda row: str(row.band.label) if row.band else None, public=True),
        Field("starts_on", _l("Planned start"), lambda row: _iso(row.starts_on), public=True),
        Field("ends_on", _l("End first planned"), lambda row: _iso(row.ends_on), public=True),
    ),
)
