"""Why a reading, a question to an author or a template of reasons is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AlreadyAccepted(Refusal):
    sentence = _l("Meanwhile this idea was accepted, on %(at)s. Your decision was not saved.")


class AlreadyNotAccepted(Refusal):
    sentence = _l(
        "Meanwhile this idea was not accepted, on %(at)s, for the reason “%(reason)s”."
        " Your decision was not saved."
    )


class NotScreenedThen(Invalid):
    sentence = _l(
        "On that day %(reference)s was not there yet as it is now, or the day is still to come."
        " Nothing was saved."
    )


class NotToReopen(Refusal):
    sentence = _l(
        "Only an idea that was accepted or not accepted, and that nothing was done with since, is read anew:"
        " this one stands at “%(state)s”. What was sent to an institution is taken back first."
        " Nothing was changed."
    )


class WhyReopenedMissing(Invalid):
    sentence = _l("Say why the idea is read once more, in Arabic or in the author's language.")


class NotWaiting(Refusal):
    sentence = _l("This idea is not waiting for screening: it stands at “%(state)s”.")


class AlreadyRead(Refusal):
    sentence = _l("You read this idea already, on %(at)s. Somebody else reads it now. Nothing was changed.")


class MeanwhileDecided(Refusal):
    sentence = _l(
        "Meanwhile these ideas stopped waiting for a reader: %(references)s. Nothing was changed."
        " They are out of the list now: send again to go on with the others."
    )


class ReadByYou(Refusal):
    sentence = _l(
        "You read these ideas already: %(references)s. Somebody else reads them. Nothing was changed."
    )


class NoteMissing(Invalid):
    sentence = _l("Where a criterion holds in part or does not hold, say why in a sentence.")


class ExplanationMissing(Invalid):
    sentence = _l(
        "When a criterion does not hold, say why: choose the reason that goes with it and write"
        " an explanation in Arabic or in the author's language."
    )


class Unfinished(Invalid):
    sentence = _l("Something in the explanation still stands in [brackets]. Complete it, or take it out.")


class NoAddress(Refusal):
    sentence = _l("This idea came without an e-mail address, so its author cannot be asked.")


class AuthorAlreadyAsked(Refusal):
    sentence = _l("Meanwhile its author was asked a question. Yours was not sent.")


class QuestionUnreadable(Invalid):
    sentence = _l("Write the question in Arabic or in the author's language.")


class DayTooEarly(Invalid):
    sentence = _l("Choose a day after today, so that the author has time to answer.")


class NotAReason(Invalid):
    sentence = _l("This reason is not one of the screening.")
