"""Why backing an idea is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NothingHeld(NotFound):
    sentence = _l("Nothing is kept under this link any more, so nothing is sent.")


class NothingSent(Refusal):
    sentence = _l(
        "An address can be corrected for an hour, in the browser that sent the form. Open the idea and ask "
        "again."
    )


class BackingLinkExpired(Refusal):
    sentence = _l("This link worked until %(day)s. Open the idea and ask again: nothing was changed.")


class NoWish(Invalid):
    sentence = _l("Choose to support the idea, to follow it, or both.")
