"""Why a version is not published, and a cause not named."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class VersionAlreadyPublished(AlreadyDone):
    sentence = _l("Version %(number)s of this text is public already: change the text first.")


class ReasonMissing(Invalid):
    sentence = _l("A decision and an editorial note say why, in one language at least.")


class ChangeAdopted(Refusal):
    sentence = _l("This text was adopted: why its words were changed until then stands for good.")


class SheetIsWrittenElsewhere(Refusal):
    """A commitment is written in the room of the plan."""

    sentence = _l("This text is the sheet of a commitment: it is written on the pages of the plan.")


class SectionSaysNothing(Invalid):
    sentence = _l("A section needs a heading or a text, in one language at least.")


class TooManySections(Invalid):
    sentence = _l("A document has at most %(most)s sections.")


class TextChangedMeanwhile(Refusal):
    title = _l("Somebody else saved this meanwhile")
    sentence = _l(
        "Somebody else saved version %(number)s of this text after you opened it. Look at what it says, then "
        "save again: nothing of yours is lost."
    )


class SectionFollowedTwice(Invalid):
    sentence = _l("Two parts of the file follow the same section: say what else becomes of one of them.")


class NothingTakenIn(Invalid):
    sentence = _l("Everything is left out: nothing was written.")
