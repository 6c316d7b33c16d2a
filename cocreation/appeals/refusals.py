"""Why the answer to an appeal is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, NotAllowed, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AlreadyHeard(Refusal):
    sentence = _l("Meanwhile this appeal was answered, on %(at)s: %(outcome)s. Your answer was not saved.")


class FirstDecider(NotAllowed):
    sentence = _l("You took part in the first decision: somebody else has to answer this appeal.")


class AnswerMissing(Invalid):
    sentence = _l("An appeal is answered with a reason in words: everyone will read it.")


class FateStands(Invalid):
    sentence = _l("An appeal that is upheld changes the fate: choose another one.")


class FateChanges(Invalid):
    sentence = _l("An appeal that is partly upheld leaves the fate as it is and changes its reasons.")
