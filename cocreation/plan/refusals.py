"""Why a commitment is not changed."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NumberTaken(Refusal):
    sentence = _l("Number %(number)s belongs to another commitment of this cycle.")


class NumberIsPublic(Refusal):
    """A reference that people have copied stays what it is."""

    sentence = _l("This commitment is public: its number cannot change any more.")


class CommitmentAlreadyPublished(AlreadyDone):
    sentence = _l("This commitment was already published on %(day)s.")


class PartWithoutTitle(Invalid):
    sentence = _l("An activity or an indicator needs a title, in one language at least.")


class PartRemoved(Refusal):
    """Somebody took out of the sheet what somebody else was changing."""

    title = _l("Somebody else removed this meanwhile")
    sentence = _l(
        "Somebody else removed this from the sheet after you opened it. What you wrote stands here: save it "
        "to add it anew, or leave it."
    )


class ActivityNumberTaken(Refusal):
    sentence = _l("Number %(number)s belongs to another activity of this commitment.")


class ActivityEndsFirst(Invalid):
    sentence = _l("Activity %(number)s would end before it starts.")


class WeightImpossible(Invalid):
    sentence = _l("The weight of activity %(number)s must be more than 0 and at most 100.")


class WeightsDoNotAddUp(Refusal):
    """Some activities have weights, and they are no whole."""

    sentence = _l(
        "The weights of the activities add up to %(sum)s: they must add up to 100 before this is published."
    )


class PublishedByAdoption(Refusal):
    """What was changed after a consultation is public once each word of it has a cause."""

    sentence = _l("This text was put to public comment: what was changed since is published by its adoption.")
