"""Who reads which version of a report."""

from __future__ import annotations

from cocreation.accounts.models import Person
from cocreation.documents.policy import reads_drafts
from cocreation.self_assessment.models import AssessmentReport


def readable(person: Person | None, report: AssessmentReport) -> int | None:
    """The number of the version a person reads: the published one, else the one put to comment; of those who
    read drafts the last; None where there is nothing to read yet.
    """
    if reads_drafts(person):
        return report.document.latest
    return report.document.published or report.document.consulted
