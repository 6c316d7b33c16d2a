"""What stands in the way of an act on a meeting."""

from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l


class RegistrationNotOpen(Refusal):
    sentence = _l("Registration opens on %(day)s. Nothing was sent; please come back then.")


class RegistrationClosed(Refusal):
    sentence = _l("Registration closed on %(day)s.")


class NoMeetingsNow(Refusal):
    sentence = _l("The calendar of this cycle does not have its meetings open now.")


class CalledOff(Refusal):
    sentence = _l("This meeting was called off.")


class AlreadyOver(Refusal):
    sentence = _l("This meeting is over.")


class NotAnnounced(Refusal):
    sentence = _l("This meeting is not announced yet.")


class AlreadyRegistered(Refusal):
    """The one refusal that leaves something behind: the receipt, sent once more."""

    sentence = _l("This address is already registered; we have sent its receipt again to it.")


class RegisteredSince(Refusal):
    sentence = _l("This address or number was registered again meanwhile: that registration counts.")


class NumberAlreadyRegistered(Refusal):
    sentence = _l(
        "This telephone number is already registered. Its receipt is the code that was shown then; "
        "if it is lost, ask the coordinating association."
    )


class AddressNeeded(Invalid):
    sentence = _l(
        "At this meeting nobody can register with a telephone number alone. Give an e-mail address; "
        "if you have none, call the coordinating association."
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


class NothingToTakeBack(Refusal):
    sentence = _l(
        "All of these registrations were confirmed or given up meanwhile: there is nothing to undo."
    )


class AlreadyCancelled(Refusal):
    sentence = _l("This registration was already cancelled.")


class RegistrationCancelled(Refusal):
    sentence = _l("This registration is cancelled: nothing in it can be changed.")


class ComesByInvitation(Refusal):
    sentence = _l("This person comes by an invitation: it is answered by its own link.")


class OfferOver(Refusal):
    sentence = _l("No place is held for you any more. You can join the waiting list again from this page.")


class NothingLapsed(Refusal):
    sentence = _l("Only somebody whose offer lapsed can join the waiting list again.")


class NoPlaceLeft(Refusal):
    sentence = _l("All places are taken. Add places, or wait until somebody cancels.")


class ReasonMissing(Invalid):
    sentence = _l("Say why, in a sentence: the person reads it.")


class NotInThatState(Refusal):
    sentence = _l("This registration has changed meanwhile: it is now “%(state)s”. Nothing was changed.")


class TooManyOfOneAssociation(Refusal):
    sentence = _l(
        "That would be more people of this association than may come. Allowed in all: %(count)s. "
        "Registered already: %(there)s. Still possible: %(left)s."
    )


class NoSuchWorkshop(Invalid):
    sentence = _l("This workshop does not belong to this meeting.")


class TooLateToChange(Refusal):
    sentence = _l("The lists are printed: nothing can be changed here any more. You can still cancel.")


class NamedTwice(Invalid):
    sentence = _l("%(other)s has the same address: each delegate answers by their own.")


class NoDelegateNamed(Invalid):
    sentence = _l("Name one delegate at least.")


class QuotaThere(Invalid):
    sentence = _l("Places are already kept for these people: change their number instead.")


class QuotasAbovePlaces(Invalid):
    sentence = _l("More places would be kept (%(kept)s) than the meeting has (%(places)s).")


class ReleasedTooLate(Invalid):
    sentence = _l("Kept places are released on the day of the meeting at the latest.")


class TooFewOptions(Invalid):
    sentence = _l("Give two choices at least, one on each line.")


class OptionsUneven(Invalid):
    sentence = _l("Give the same number of choices, in the same order, in each language.")


class AlreadyAnswered(Refusal):
    sentence = _l(
        "Somebody has answered this question already: its words can be changed, but not how it is answered, "
        "and no choice can be taken away."
    )


class ReferenceTaken(Invalid):
    sentence = _l("Another meeting already has the reference %(reference)s.")


class WrongReference(Invalid):
    sentence = _l("A reference is two to four capital letters and one or two digits, such as OR1.")


class HoursReversed(Invalid):
    sentence = _l("The meeting ends before it begins.")


class WindowReversed(Invalid):
    sentence = _l("Registration closes before it opens.")


class ClosesTooLate(Invalid):
    sentence = _l("Registration closes after the meeting begins.")


class NoRegion(Invalid):
    sentence = _l("Choose one region at least.")


class ItemReversed(Invalid):
    sentence = _l("This part of the programme ends before it begins.")


class PlacesTaken(Refusal):
    sentence = _l("%(count)s people already have a confirmed place: there cannot be fewer places.")


class WorkshopInUse(Refusal):
    sentence = _l("Somebody has chosen this workshop or it has begun: it can be renamed, not removed.")


class NoTheme(Invalid):
    sentence = _l("Choose a theme of the cycle or write a title.")


class NotALink(Invalid):
    sentence = _l("The link must be a whole address, beginning with https://.")


class NobodyNamed(Invalid):
    sentence = _l("Choose an association or write a name.")


class NoSuchRoom(Invalid):
    sentence = _l("This room does not belong to this meeting.")


class NoTitle(Invalid):
    sentence = _l("Write a title, or choose a workshop.")


class Overlapping(Refusal):
    sentence = _l(
        "“%(one)s” (%(hours)s) and “%(other)s” (%(other_hours)s) would be at the same time. "
        "Change the hours of one of them."
    )


class SameRoom(Refusal):
    sentence = _l(
        "“%(one)s” and “%(other)s” are at the same time: parallel workshops need a room each. "
        "Choose different rooms."
    )
