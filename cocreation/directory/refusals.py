"""Why an entry of the directory is refused."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AlreadyDeclared(Refusal):
    sentence = _l(
        "An association with this legal number has already asked to be listed. If it is yours, "
        "open the link in the mail you received then."
    )


class SlugTaken(Refusal):
    sentence = _l("Another institution already has this short name.")
