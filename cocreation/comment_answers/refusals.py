"""Why an answer is not given, or not tied to words."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AnswerChangesNothing(Refusal):
    sentence = _l("Only an answer that takes something up names the words that changed.")


class ChangeElsewhere(Invalid):
    sentence = _l("An answer names words changed in the texts of its own consultation, after it began.")
