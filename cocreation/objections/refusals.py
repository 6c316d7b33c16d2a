"""Why an objection is refused."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NothingToObjectTo(Refusal):
    sentence = _l(
        "This fate can no longer be objected to: its day is past, or it was changed. Nothing was sent."
    )


class AlreadyObjected(Refusal):
    sentence = _l("Your institution has already objected to this fate. Nothing was sent twice.")
