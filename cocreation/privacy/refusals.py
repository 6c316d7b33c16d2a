"""Why what is kept of a person is not shown or erased."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NoPersonNamed(Invalid):
    sentence = _l("This is neither an e-mail address, nor a telephone number, nor the code of a receipt.")


class LinkOver(Refusal):
    status = 410
    sentence = _l("This link worked for a day. Ask for another one on the page of your receipt.")
