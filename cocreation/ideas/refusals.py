"""Why an act on ideas is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l


class NoIdeaChosen(Invalid):
    sentence = _l("Choose at least one idea.")
