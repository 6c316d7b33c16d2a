"""Why a burst is not taken back."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NothingToTakeBack(Refusal):
    sentence = _l(
        "All of these registrations were confirmed or given up meanwhile: there is nothing to undo."
    )
