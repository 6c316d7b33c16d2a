"""Why the calendar refuses an act, or a change of a cycle is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class PhaseClosed(Refusal):
    sentence = _l(
        "In the calendar of this cycle, the phase “%(phase)s” is not open today. Nothing was changed."
    )


class CodeTaken(Refusal):
    sentence = _l("There is already a cycle with the code %(code)s.")


class StillUsed(Refusal):
    sentence = _l(
        "This cannot be removed while ideas, workshops or commitments stand on it. "
        "Say below where they move to, or rename it."
    )


class EndsBeforeItStarts(Invalid):
    sentence = _l("The cycle must end after it starts.")
