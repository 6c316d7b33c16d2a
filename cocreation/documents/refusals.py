"""Why a version is not published."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone
from cocreation.languages.i18n import lazy_gettext as _l


class VersionAlreadyPublished(AlreadyDone):
    sentence = _l("Version %(number)s of this text is public already: change the text first.")
