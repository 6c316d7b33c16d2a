"""Why an idea is not taken."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l


class IntakeClosed(Refusal):
    sentence = _l("The collection of ideas is closed. Nothing was sent.")


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
