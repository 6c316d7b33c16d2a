"""The table of dispositions as a file: one row a comment, its columns declared once for every form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cocreation.comment_answers.policy import shown_author
from cocreation.core import clock
from cocreation.dispositions.queries import Disposition
from cocreation.documents.models import SectionKind
from cocreation.files.dataset import Dataset, Field
from cocreation.languages.i18n import gettext, lazy_gettext as _l
from cocreation.web.rendering import absolute_url, translated_text

ARROW = "→"


def _words(row: Disposition) -> str | None:
    """The words of a silent comment are told to nobody."""
    return None if row.comment.is_silent else row.comment.words


def _wording(row: Disposition) -> str | None:
    quote, wording = row.comment.quote or "", row.comment.wording
    return None if row.comment.is_silent or wording is None else f"{quote} {ARROW} {wording}".strip()


def _section(row: Disposition) -> str:
    section = row.comment.section
    if section is None:
        return gettext("the whole text")
    if section.heading and section.kind is SectionKind.FREE:
        return translated_text(section.heading)
    return str(section.kind.label)


def _changed(row: Disposition) -> str | None:
    """Each change on a line: the version, what stood there, what stands there."""
    return "\n".join(_lines(row)) or None


def _lines(row: Disposition) -> Iterator[str]:
    for change in row.changes:
        version = gettext("Version %(number)s") % {"number": change.version.number}
        yield f"{version}: {change.removed or '—'} {ARROW} {change.added or '—'}"


def _day(moment: datetime | None) -> str | None:
    return clock.day_of(moment).isoformat() if moment else None


def _address(row: Disposition) -> str:
    reference, answer_id = row.comment.reference.rpartition("-")[0], row.answer.id
    return absolute_url("comment_answers.answer", reference=reference, answer_id=answer_id)


# Rows are those of `queries.all_dispositions`. Codes are for programs, their labels for people.
DISPOSITIONS: Dataset[Disposition] = Dataset(
    "dispositions",
    _l("Dispositions"),
    (
        Field("reference", _l("Reference"), lambda row: row.comment.reference, public=True),
        Field("document", _l("Text"), lambda row: row.comment.text.document.reference, public=True),
        Field("section", _l("Section"), _section, public=True),
        Field("stance_code", None, lambda row: row.comment.stance.value, public=True),
        Field("stance", _l("What it does"), lambda row: str(row.comment.stance.label), public=True),
        Field("language", None, lambda row: row.comment.language, public=True),
        Field("comment", _l("Comment"), _words, public=True, wide=True),
        Field("wording", _l("Suggested wording"), _wording, public=True, wide=True),
        Field("author", _l("Author"), lambda row: shown_author(row.comment), public=True),
        Field("outcome_code", None, lambda row: row.answer.outcome.value, public=True),
        Field("outcome", _l("Outcome"), lambda row: str(row.answer.outcome.label), public=True),
        Field("reason_code", _l("Code of the reason"), lambda row: row.answer.reason.value, public=True),
        Field("reason", _l("Reason"), lambda row: str(row.answer.reason.label), public=True),
        Field(
            "answer", _l("The answer"), lambda row: translated_text(row.answer.text), public=True, wide=True
        ),
        Field(
            "institution",
            _l("Responsible body"),
            lambda row: translated_text(row.answer.institution.name) if row.answer.institution else None,
            public=True,
        ),
        Field("changed", _l("What changed"), _changed, public=True, wide=True),
        Field("supports", _l("Supports"), lambda row: row.comment.supports, public=True),
        Field("sent_on", _l("Sent on"), lambda row: _day(row.comment.sent_at), public=True),
        Field("answered_on", _l("Answered on"), lambda row: _day(row.comment.answered_at), public=True),
        Field("address", _l("Address"), _address, public=True),
    ),
)
