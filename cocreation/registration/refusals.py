"""What stands in the way of registering, confirming and changing."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AlreadyRegistered(Refusal):
    """The one refusal that leaves something behind: the receipt, sent once more."""

    sentence = _l("This address is already registered; we have sent its receipt again to it.")


class RegisteredSince(Refusal):
    sentence = _l("This address or number was registered again meanwhile: that registration counts.")


class SentWithOtherAnswers(Refusal):
    sentence = _l(
        "The same address or number was sent from this browser a moment ago: the first answers count. They "
        "can be changed on the page of the receipt, once the address is confirmed."
    )


class SentElsewhere(Refusal):
    sentence = _l(
        "An address can be corrected for an hour, in the browser that sent the form. Cancel this "
        "registration and register again with the right address."
    )


class NumberAlreadyRegistered(Refusal):
    sentence = _l(
        "This telephone number is already registered. Its receipt is the code that was shown then; "
        "if it is lost, call the organisers: they find you by your number."
    )


class AddressNeeded(Invalid):
    sentence = _l(
        "At this meeting nobody can register with a telephone number alone. Give an e-mail address; "
        "if you have none, call the organisers."
    )


class ConfirmFirst(Refusal):
    sentence = _l("Confirm your address first, by the link of the mail we sent you. Nothing was changed.")


class LinksEnough(Refusal):
    sentence = _l(
        "The mail was already sent again today. Look among the unwanted mails too; you can ask once more "
        "tomorrow."
    )


class NotCalled(Refusal):
    sentence = _l("Nothing here was confirmed by telephone.")


class AlreadyConfirmed(Refusal):
    sentence = _l("This registration is confirmed already.")


class AlreadyCancelled(Refusal):
    sentence = _l("This registration was already cancelled.")


class NoLongerRegistered(Refusal):
    sentence = _l("This registration is cancelled: nothing in it can be changed.")


class ComesByInvitation(Refusal):
    sentence = _l("This person comes by an invitation: it is answered by its own link.")


class OfferOver(Refusal):
    sentence = _l("No place is held for you any more. You can join the waiting list again from this page.")


class NothingLapsed(Refusal):
    sentence = _l("Only somebody whose offer lapsed can join the waiting list again.")


class TooManyOfOneAssociation(Refusal):
    sentence = _l(
        "That would be more people of this association than may come. Allowed in all: %(count)s. "
        "Registered already: %(there)s. Still possible: %(left)s."
    )


class TooLateToChange(Refusal):
    sentence = _l("The lists are printed: nothing can be changed here any more. You can still cancel.")
