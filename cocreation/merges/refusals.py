"""Why a link between ideas is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class LinkReasonMissing(Invalid):
    sentence = _l("Say why, in one language at least: the reason is public.")


class NoSuchIdea(Invalid):
    sentence = _l("There is no idea %(reference)s. Nothing was changed.")


class NothingNamed(Invalid):
    sentence = _l("Name at least one other idea by its reference, such as 2024-118.")


class SameIdea(Invalid):
    sentence = _l("%(reference)s cannot be linked with itself. Nothing was changed.")


class OtherCycle(Refusal):
    sentence = _l("%(reference)s belongs to another cycle: ideas are merged within one. Nothing was changed.")


class AlreadyJoined(Refusal):
    sentence = _l("%(reference)s is already part of another idea. Nothing was changed.")


class AlreadySettled(Refusal):
    sentence = _l("%(reference)s has its fate already. Nothing was changed.")


class NotToMerge(Refusal):
    sentence = _l("%(reference)s stands at “%(state)s”, so it cannot be linked in this way.")


class AlreadyLinked(Refusal):
    sentence = _l("These two ideas are already linked in this way. Nothing was changed.")


class WordsNotShown(Refusal):
    sentence = _l("The words of %(reference)s are shown to nobody, so they cannot go on elsewhere.")


class WrongParts(Invalid):
    sentence = _l("Write from two to five parts, each with words of its own.")


class NotDeferred(Refusal):
    sentence = _l("Only an idea whose published fate is “deferred” is carried over to a later cycle.")


class NoLaterCycle(Refusal):
    sentence = _l("There is no later cycle yet to which this idea could be carried over.")


class AlreadyUndone(Refusal):
    sentence = _l("This link was undone on %(at)s. Nothing was changed.")


class MovedOn(Refusal):
    sentence = _l("%(reference)s has moved on since: it stands at “%(state)s”. The link stays.")


class UndoTheLaterFirst(Refusal):
    sentence = _l("%(reference)s went on in another idea since. Undo that later link first.")
