"""What stands in the way of an act on a meeting."""

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class RegistrationNotOpen(Refusal):
    sentence = _l("Registration opens on %(day)s. Nothing was sent; please come back then.")


class RegistrationClosed(Refusal):
    sentence = _l("Registration closed on %(day)s.")


class NoMeetingsNow(Refusal):
    sentence = _l("The calendar of this cycle does not have its meetings open now.")


class NotAnnouncedThen(Invalid):
    sentence = _l(
        "The day of the announcement is given for a meeting that is over, and is not after its day."
    )


class CalledOff(Refusal):
    sentence = _l("This meeting was called off.")


class AlreadyOver(Refusal):
    sentence = _l("This meeting is over.")


class NotAnnounced(Refusal):
    sentence = _l("This meeting is not announced yet.")


class NoSuchWorkshop(Invalid):
    sentence = _l("This workshop does not belong to this meeting.")


class ReferenceTaken(Invalid):
    sentence = _l("Another meeting already has the reference %(reference)s.")


class WrongReference(Invalid):
    sentence = _l("A reference is two to four capital letters and one or two digits, such as OR1.")


class HoursReversed(Invalid):
    sentence = _l("A meeting must end after it begins.")


class WindowReversed(Invalid):
    sentence = _l("Registration must close after it opens.")


class ClosesTooLate(Invalid):
    sentence = _l("Registration must close before the meeting begins.")


class NoRegion(Invalid):
    sentence = _l("Choose one region at least.")


class ItemReversed(Invalid):
    sentence = _l("This part of the programme must end after it begins.")


class WorkshopInUse(Refusal):
    sentence = _l("Somebody has chosen this workshop or it has begun: it can be renamed, not removed.")


class NoTheme(Invalid):
    sentence = _l("Choose a theme of the cycle or write a title.")


class NotALink(Invalid):
    sentence = _l("The link must be a whole address, beginning with https://.")


class NoOrganiserNamed(Invalid):
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


class NotOfTheDay(Refusal):
    sentence = _l("Photos are of the day itself: they can be added from %(moment)s on, when it begins.")


class TooManyPhotos(Refusal):
    sentence = _l("This meeting has %(most)s photos, as many as it can have. Remove one to add another.")


class AlreadyThere(Refusal):
    sentence = _l("“%(name)s” is already among the photos of this meeting.")


class NotDescribed(Invalid):
    sentence = _l("Say in Arabic what can be seen; other languages may come beside it.")


class NoConsent(Invalid):
    sentence = _l("Say how the people in the photo agreed to be shown.")
