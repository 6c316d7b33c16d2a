"""Refusals: facts that stop an act, each with a plain sentence for the person."""

from cocreation.languages.i18n import Lazy, lazy_gettext as _l


class Refusal(Exception):
    """An act that cannot be done. Nothing was changed.

    Subclasses state the fact in their name and carry `sentence`, a lazy translated text;
    keyword arguments fill its placeholders. `status` is the HTTP status it answers with; `wait` says after
    how many seconds it may be tried again, where that is known.
    """

    status = 409
    wait: int | None = None
    title: Lazy | None = None  # above a form that is refused for what is no mistake of its person
    sentence: Lazy = _l("This cannot be done now.")

    def __init__(self, sentence: Lazy | None = None, **values: object) -> None:
        self.sentence = (sentence or type(self).sentence).filled(**values)
        super().__init__(self.sentence.message)

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Refusal):
    """What was asked for does not exist, or this person may not know that it does."""

    status = 404
    sentence = _l("There is no page at this address.")


class NotAllowed(Refusal):
    """This person may see it but not do it."""

    status = 403
    sentence = _l("You are not allowed to do this.")


class Invalid(Refusal):
    """What was given cannot be used."""

    status = 422
    sentence = _l("Something in what you sent cannot be used.")


class AlreadyDone(Refusal):
    """Somebody did it first."""

    sentence = _l("Somebody has already done this. Nothing was changed.")
