"""Why a consultation is not announced, changed or followed as asked."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, NotFound, Refusal
from cocreation.cycles.models import FEWEST_DAYS
from cocreation.languages.i18n import lazy_gettext as _l


class ConsultationWindowReversed(Invalid):
    sentence = _l("A consultation closes after it opens.")


class AnswersBeforeClosing(Invalid):
    sentence = _l("Answers cannot be promised for a day before comments close: choose a later one.")


class AlreadyAnnounced(Refusal):
    sentence = _l(
        "This consultation is announced: what everyone reads of it stays. It can be open for longer, or be "
        "called off before it opens."
    )


class NotAnnouncedYet(Refusal):
    sentence = _l("This consultation is not announced yet: change it, or remove it.")


class NoTextChosen(Refusal):
    sentence = _l("No text is chosen: there is nothing to comment on.")


class WordsOfLanguageMissing(Refusal):
    sentence = _l("“%(field)s” is missing in %(in_language)s.")


class SummaryMissing(Refusal):
    sentence = _l("The summary of %(reference)s is missing in %(in_language)s.")


class OpensInThePast(Refusal):
    sentence = _l("It would open before it is announced: choose a later opening.")


class AnnouncedLate(Refusal):
    sentence = _l(
        "It would be announced %(days)s days before it opens, and the rule of the cycle is %(rule)s: open it "
        "later, or give a reason that everyone reads."
    )


class OpenTooShort(Refusal):
    sentence = _l(
        "It would be open for %(days)s days, and the rule of the cycle is %(rule)s: close it later, or give "
        "a reason that everyone reads."
    )


class BelowTheFloor(Refusal):
    sentence = _l(
        "It would be open for %(days)s days: fewer than %(floor)s are never possible, whatever the reason "
        "(decree 2-08-229 of 21 May 2009)."
    ).filled(floor=FEWEST_DAYS)


class ConsultedElsewhere(Refusal):
    sentence = _l("%(text)s is in consultation %(reference)s, which is not closed: take it out of this one.")


class TextOfAnotherCycle(Invalid):
    sentence = _l("This text is of another cycle.")


class NotLonger(Invalid):
    sentence = _l("A consultation is never shortened: choose a closing later than %(until)s.")


class ReasonInEachLanguage(Invalid):
    sentence = _l("Give the reason in Arabic and in French: everyone reads it.")


class ConsultationClosed(Refusal):
    sentence = _l("This consultation is closed: it cannot be open for longer any more.")


class HasOpened(Refusal):
    sentence = _l(
        "This consultation has opened: it cannot be called off any more, since people comment on it."
    )


class ConsultationCalledOff(AlreadyDone):
    sentence = _l("This consultation is called off. Nothing was changed.")


class FollowingLinkExpired(Refusal):
    sentence = _l("This link worked until %(day)s. Ask again: nothing was changed.")


class NothingFollowed(NotFound):
    sentence = _l("Nothing is kept under this link any more, so nothing is sent.")


class NothingToFollow(Invalid):
    sentence = _l("This cannot be followed any more: choose something else.")
