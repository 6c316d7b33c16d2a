"""What stands in the way of writing to everyone of a meeting."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NotOverYet(Refusal):
    sentence = _l("The meeting is not over yet. Thank everyone when it is.")


class NothingPublished(Refusal):
    sentence = _l("No workshop has published its outputs yet. The thanks lead to them: publish them first.")


class FutureOutreach(Invalid):
    sentence = _l("This day is still to come: write down what was done.")
