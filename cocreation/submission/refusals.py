"""Why an idea is not taken."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class IntakeClosed(Refusal):
    sentence = _l("The collection of ideas is closed. Nothing was sent.")


class IdeaConfirmed(Refusal):
    sentence = _l("This idea is confirmed already: nothing more needs to be sent.")


class MailsEnough(Refusal):
    sentence = _l(
        "We have written as often as we do for one idea. Look among the unwanted mails; if nothing is there, "
        "send the idea again with another address."
    )


class NothingToConfirm(Refusal):
    sentence = _l(
        "An address can be corrected for an hour, in the browser that sent the idea. What you wrote may "
        "still be in the form: open it and send it again."
    )


class NotReceivedThen(Invalid):
    sentence = _l("Give a day of this cycle that is not to come: from %(start)s to %(end)s.")


class LinkExpired(Refusal):
    sentence = _l("This link has expired: it worked until %(day)s. Please send your idea again.")


class OutputsNotPublished(Refusal):
    sentence = _l("Publish the outputs of the workshop first: an idea leads back to them.")


class SlipUsed(Refusal):
    sentence = _l("This slip has already been entered: its idea is %(reference)s.")


class TooManyFiles(Invalid):
    sentence = _l("At most five files can come with an idea. Remove one to add another.")
