"""Why an answer is not kept."""

from __future__ import annotations

from cocreation.core.errors import Invalid
from cocreation.languages.i18n import lazy_gettext as _l


class NothingToKeep(Invalid):
    sentence = _l("Fill in something first: an empty draft is not kept.")
