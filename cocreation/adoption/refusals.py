"""Why a cause is not named, and a plan not adopted."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class SittingUnknown(Invalid):
    sentence = _l("A decision names a meeting of this plan that was held.")


class CauseMissing(Invalid):
    sentence = _l("Choose at least one answer: it is why these words were changed.")


class TextsHindered(Refusal):
    """The gate: what hinders stands beside each text."""

    sentence = _l("Nothing was adopted. What still hinders stands beside each of these texts: %(references)s")


class NothingToAdopt(AlreadyDone):
    sentence = _l("Nothing changed since these texts were adopted: there is nothing to adopt.")


class AmendmentWithoutReason(Invalid):
    sentence = _l("An amendment says why, in one language at least.")
