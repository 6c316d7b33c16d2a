"""Why something of the tracking of a plan is not done; those of several services."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NotTracked(Refusal):
    sentence = _l("This plan was not adopted yet: there is nothing to report on.")


class DroppedFromPlan(Refusal):
    sentence = _l("This is no part of the plan any more: nothing is reported on it.")


class PeriodClosed(Refusal):
    sentence = _l("This period closed on %(day)s: nothing more is taken for it.")


class PeriodNotBegun(Refusal):
    sentence = _l("This period begins on %(day)s: nothing can be reported on it before.")


class EndBeforeStart(Invalid):
    sentence = _l("The end lies before the start.")
