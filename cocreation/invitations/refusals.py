"""What stands in the way of inviting, and of answering an invitation."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NoneChosen(Invalid):
    sentence = _l("Choose one at least that is not invited yet.")


class NobodyToInvite(Refusal):
    sentence = _l("No invitation is ready to be sent by mail. Those without an address can be printed.")


class NobodyInvitedToRemind(Refusal):
    sentence = _l("Nobody who has an address is still to answer.")


class InvitedRemindedToday(Refusal):
    sentence = _l("They have already been reminded today. Nobody was written to twice.")


class NotValidated(Refusal):
    sentence = _l("The secretariat has not validated this invitation.")


class AnsweredAlready(Refusal):
    sentence = _l("It is sent already: it can no longer be changed or removed.")


class TooLateToAnswer(Refusal):
    sentence = _l("An answer can be given until the day before the meeting. Please call the organisers.")


class DelegateMissing(Invalid):
    sentence = _l("Say who comes instead, with an e-mail address.")


class ReasonForProposer(Invalid):
    sentence = _l("Say why, in a sentence: the association reads it.")
