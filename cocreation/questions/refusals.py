"""Why an act on a question about a fate is refused."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AlreadyQuestioned(Refusal):
    sentence = _l("A question about this fate already waits for its answer.")


class NoQuestionOpen(Refusal):
    sentence = _l("No question about this fate waits for an answer any more. Nothing was saved.")
