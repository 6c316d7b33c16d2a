"""All published fates as a table: one row an idea, its columns declared once for every form."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import clock
from cocreation.fates.queries import FateRow
from cocreation.files.dataset import Dataset, Field
from cocreation.ideas.models.idea import IdeaState
from cocreation.languages.i18n import gettext, lazy_gettext as _l
from cocreation.web.rendering import absolute_url, translated_text


def _text(row: FateRow) -> str | None:
    """The words of a silent idea are told to nobody."""
    return None if row.state is IdeaState.WITHDRAWN or row.hidden_at else row.proposal


def _day(moment: datetime | None) -> str | None:
    return clock.day_of(moment).isoformat() if moment else None


# Rows are those of `queries.published.fate_rows`. Codes are for programs, their labels for people.
FATES: Dataset[FateRow] = Dataset(
    "fates",
    _l("Fates"),
    (
        Field("reference", _l("Reference"), lambda row: row.reference, public=True),
        Field("language", None, lambda row: row.language, public=True),
        Field("text", _l("Idea"), _text, public=True),
        Field("origin", _l("Where it came from"), lambda row: str(row.origin.label), public=True),
        Field(
            "region",
            _l("Region"),
            lambda row: translated_text(row.region) if row.region else None,
            public=True,
        ),
        Field(
            "institution",
            _l("Responsible body"),
            lambda row: translated_text(row.institution) if row.institution else None,
            public=True,
        ),
        Field("fate_code", None, lambda row: row.fate.value, public=True),
        Field("fate", _l("Fate"), lambda row: str(row.fate.label), public=True),
        Field("reason_code", _l("Code of the reason"), lambda row: row.reason.value, public=True),
        Field("reason", _l("Reason"), lambda row: str(row.reason.label), public=True),
        Field("explanation", _l("Explanation"), lambda row: translated_text(row.reason_text), public=True),
        Field(
            "commitment",
            _l("Commitment"),
            lambda row: f"{row.cycle}-C{row.commitment:02d}" if row.commitment else None,
            public=True,
        ),
        Field("received_on", _l("Received on"), lambda row: _day(row.received_at), public=True),
        Field("published_on", _l("Fate published on"), lambda row: _day(row.fate_at), public=True),
        Field("reworded_on", _l("Reworded on"), lambda row: _day(row.revised_at), public=True),
        Field(
            "decided_otherwise",
            _l("Decided by the secretariat, otherwise than the institution answered"),
            lambda row: gettext("yes") if row.overrules else gettext("no"),
            public=True,
        ),
        Field(
            "address",
            _l("Address"),
            lambda row: absolute_url("portal.idea", reference=row.reference),
            public=True,
        ),
    ),
)
