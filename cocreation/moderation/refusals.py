"""Why a report, a hiding or what is contested of it is refused."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NothingReported(AlreadyDone):
    sentence = _l("No report on these words waits for a decision any more. Nothing was changed.")


class AlreadySilent(AlreadyDone):
    sentence = _l("These words are already shown to nobody. Nothing was changed.")


class WordsMissing(Invalid):
    sentence = _l("Give the reason.")


class NotHidden(Refusal):
    sentence = _l("These words are not hidden, so there is nothing to contest.")


class HidingAlreadyContested(Refusal):
    sentence = _l("You contested this on %(day)s. It can be contested once.")


class ContestTooLate(Refusal):
    sentence = _l("This could be contested until %(day)s.")


class NothingContested(AlreadyDone):
    sentence = _l("Nothing contested waits for a decision here any more. Nothing was changed.")


class OwnHiding(Refusal):
    sentence = _l("You hid these words yourself: somebody else decides now. Nothing was changed.")
