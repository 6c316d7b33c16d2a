"""What stands in the way of asking for help with transport and lodging, and of deciding on it."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NoTravelSupport(Refusal):
    sentence = _l("This meeting offers no help with transport or lodging.")


class TravelSupportClosed(Refusal):
    sentence = _l("Help could be asked for until %(day)s. Nothing was sent.")


class TravelSupportAlreadyAsked(Refusal):
    sentence = _l("You have already asked for help. Your first request stands as it is.")


class NobodyChosen(Invalid):
    sentence = _l("Choose one person at least.")


class NotForThem(Refusal):
    sentence = _l("No longer on your list, or asked for already: %(names)s. Nothing was sent.")


class NoRequestToTakeBack(Refusal):
    sentence = _l("Nothing you asked for these people waits for an answer. Nothing was changed.")


class DecidedAlready(Refusal):
    sentence = _l("The organisers have already decided: the request can no longer be changed or withdrawn.")


class ChangesClosed(Refusal):
    sentence = _l("A request could be changed until %(day)s. Nothing was changed; it can still be withdrawn.")


class NothingToChange(Refusal):
    sentence = _l("You have no request for help at this meeting.")


class NotComing(Refusal):
    sentence = _l("Only somebody who is registered or on the waiting list can ask for help.")


class NotConfirmed(Refusal):
    sentence = _l(
        "Help can be asked for once your registration is confirmed: by the link of the mail we sent you, or, "
        "without an address, once the organisers have called you."
    )


class NoTravelSupportAsked(Invalid):
    sentence = _l("Say how many nights or tickets you need.")


class MoreThanThereIs(Invalid):
    sentence = _l("There are %(nights)s nights and %(tickets)s tickets in all: ask for no more than that.")


class MoreNightsThanThereAre(MoreThanThereIs):
    """Where no ticket is offered."""

    sentence = _l("Nights of lodging in all: %(nights)s. Ask for no more than that.")


class MoreTicketsThanThereAre(MoreThanThereIs):
    """Where no night is offered."""

    sentence = _l("Tickets for transport in all: %(tickets)s. Ask for no more than that.")


class TooManyProofs(Invalid):
    sentence = _l("At most two proofs can come with a request.")


class NoCriterion(Invalid):
    sentence = _l("Give a weight to one criterion at least.")


class NothingOffered(Invalid):
    sentence = _l("Say how many nights or tickets there are.")


class ClosesAfterMeeting(Invalid):
    sentence = _l("Help can be asked for until the day before the meeting at the latest.")


class CriteriaFixed(Refusal):
    sentence = _l(
        "Somebody has already asked under the published criteria: neither they nor the place that distances "
        "are counted from can change any more. Nothing was saved."
    )


class LessThanGranted(Refusal):
    sentence = _l("%(nights)s nights and %(tickets)s tickets are already granted: there cannot be fewer.")


class BudgetUsedUp(Refusal):
    sentence = _l(
        "This is more than what is left: %(nights)s nights and %(tickets)s tickets. Nothing was changed."
    )


class NothingGranted(Invalid):
    sentence = _l("Grant one night or one ticket at least, or refuse with a reason.")


class NobodyTicked(Invalid):
    sentence = _l("Tick one request at least.")


class DecidedMeanwhile(Refusal):
    sentence = _l("Decided, changed or withdrawn meanwhile: %(names)s. Nothing was decided.")


class HasNoPlace(Refusal):
    sentence = _l("Has no place at the meeting: %(names)s. Nothing was changed.")
