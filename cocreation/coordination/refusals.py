"""Why an act around a coordination meeting is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class EndsBeforeItBegins(Invalid):
    sentence = _l("The meeting must end after it begins.")


class MinutesAlreadyPublished(Refusal):
    sentence = _l("The minutes of this meeting were published on %(at)s. Nothing in it changes any more.")


class AlreadyHeld(Refusal):
    sentence = _l("This meeting has begun: nobody can be invited any more.")


class NobodyToTell(Refusal):
    sentence = _l(
        "Nobody is left to invite: the focal points of this institution and the committee have the invitation"
        " already, or none of them is on the platform yet. Nothing was sent."
    )


class NotHeldYet(Refusal):
    sentence = _l("This meeting has not begun yet. Nothing was saved.")


class NothingToDiscuss(Refusal):
    sentence = _l("No open idea of this institution is missing on the agenda.")


class NotStudiedThere(Invalid):
    sentence = _l("%(reference)s is not an open idea of this institution in this cycle. Nothing was added.")


class OnTheAgenda(Refusal):
    sentence = _l("%(reference)s is on the agenda already. Nothing was added.")


class DecisionIncomplete(Invalid):
    sentence = _l("Choose the kind of decision and write it.")


class NotReady(Refusal):
    sentence = _l("Nothing was published, because something is missing: %(missing)s")
