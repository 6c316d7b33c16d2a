"""Why an act is refused by the calendar of the cycle."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l


class PhaseClosed(Refusal):
    sentence = _l(
        "In the calendar of this cycle, the phase “%(phase)s” is not open today. Nothing was changed."
    )
