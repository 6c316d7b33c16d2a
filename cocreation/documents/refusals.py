"""Why a version is not published, and a cause not named."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class VersionAlreadyPublished(AlreadyDone):
    sentence = _l("Version %(number)s of this text is public already: change the text first.")


class ReasonMissing(Invalid):
    sentence = _l("A decision and an editorial note say why, in one language at least.")


class ChangeAdopted(Refusal):
    sentence = _l("This text was adopted: why its words were changed until then stands for good.")
