"""Why somebody of the staff is not let in, or an account not changed."""

from __future__ import annotations

from datetime import timedelta

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l


class SignInRefused(Refusal):
    """One sentence for every cause, so that nobody learns which addresses are known."""

    status = 422
    sentence = _l("The address or the password is wrong.")


class CodeRefused(Refusal):
    status = 422
    sentence = _l("This code is not right, or has been used already. Wait for the next one.")


class PasswordRefused(Refusal):
    status = 422
    sentence = _l("This is not your present password.")


class LinkEnded(Refusal):
    """Used, too old, replaced by a newer one, or never given out."""

    status = 410
    sentence = _l("This link has been used, is too old, or was replaced by a newer one.")


class NotYourself(Refusal):
    sentence = _l("You cannot take this from yourself. Ask another administrator.")


class AlreadyCameIn(Refusal):
    sentence = _l(
        "This person has come in already: take their roles back, or close the account. Nothing was changed."
    )


class TooManyTries(Refusal):
    status = 429
    sentence = _l(
        "There were several wrong tries from your connection to the internet. You can try again in %(wait)s."
    )

    def __init__(self, pause: timedelta) -> None:
        self.wait = max(1, round(pause.total_seconds()))
        super().__init__(wait=i18n.format_wait(self.wait))


class ScopeUnknown(Invalid):
    sentence = _l(
        "This role needs the reference of what it is for, such as %(example)s. There is none like that."
    )


class ScopeUnneeded(Invalid):
    sentence = _l("This role holds everywhere: leave the reference empty.")
