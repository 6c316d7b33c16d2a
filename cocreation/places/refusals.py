"""What stands in the way of an act on the places of a meeting."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class DecisionUnexplained(Invalid):
    sentence = _l("Say why, in a sentence: the person reads it.")


class NotInThatState(Refusal):
    sentence = _l("This registration has changed meanwhile: it is now “%(state)s”. Nothing was changed.")


class QuotaThere(Invalid):
    sentence = _l("Places are already kept for these people: change their number instead.")


class QuotasAbovePlaces(Invalid):
    sentence = _l("More places would be kept (%(kept)s) than the meeting has (%(places)s).")


class ReleasedTooLate(Invalid):
    sentence = _l("Kept places are released on the day of the meeting at the latest.")


class PlacesTaken(Refusal):
    sentence = _l("%(count)s people already have a confirmed place: there cannot be fewer places.")
