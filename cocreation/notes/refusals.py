"""Why an act on a note is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NobodyThere(Invalid):
    sentence = _l("Choose from the list whom the note is for. Nothing was saved.")


class TooLateToTakeBack(Refusal):
    sentence = _l(
        "A note can be taken back by its author for %(minutes)s minutes. This one stays; write another one to"
        " correct it."
    )
