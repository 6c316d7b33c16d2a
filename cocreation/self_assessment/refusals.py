"""Why something of a self-assessment is not done."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class PlanNotCarriedOut(Refusal):
    sentence = _l("This plan is not carried out yet: there are no figures of it.")


class SnapshotOfTheFuture(Invalid):
    sentence = _l("Figures of a day that has not come cannot be frozen: choose a day until today.")


class SnapshotBeforeThePlan(Invalid):
    sentence = _l("The plan is carried out since %(day)s: choose that day or a later one.")


class SnapshotStands(AlreadyDone):
    sentence = _l("Snapshot %(number)s of that day has the very same figures: it stands.")


class SnapshotOfAnotherPlan(Invalid):
    sentence = _l("This snapshot is of another plan.")


class ReportPublished(Refusal):
    sentence = _l("This report is published: it stands as everyone reads it, for good.")


class NumberNotFlagged(Invalid):
    sentence = _l("This number does not stand in the text any more: look at the list again.")


class FlaggedNumbersStand(Refusal):
    sentence = _l(
        "Something in the text is flagged and not answered (first: “%(words)s”): put a token in its place, "
        "or say what it is."
    )


class ReportHindered(Refusal):
    sentence = _l("The report cannot be published yet: %(why)s.")


class SnapshotOutdated(Refusal):
    sentence = _l(
        "Figures have changed since the snapshot: take a new one, or say that the report is published with "
        "those of the day it names."
    )


class AssessmentAlreadyDue(AlreadyDone):
    sentence = _l("This self-assessment is in the calendar for that day already.")
