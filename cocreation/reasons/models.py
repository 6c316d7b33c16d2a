"""The fates an idea can have, and the reasons that can stand behind each."""

from __future__ import annotations

from typing import Self

from cocreation.core.enums import Named
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


class Fate(Named):
    """What became of an idea. "Not accepted" is of screening, "not included" of study: never one word."""

    INCLUDED = "included", _l("included")
    PARTLY_INCLUDED = "partly_included", _l("partly included")
    MERGED = "merged", _l("merged with another idea")
    ALREADY_UNDER_WAY = "already_under_way", _l("already under way")
    DEFERRED = "deferred", _l("deferred")
    TRANSFERRED = "transferred", _l("transferred to another body")
    NOT_INCLUDED = "not_included", _l("not included after study")
    NOT_ACCEPTED = "not_accepted", _l("not accepted at screening")
    WITHDRAWN = "withdrawn", _l("withdrawn by its author")

    @property
    def needs_commitment(self) -> bool:
        return self in (Fate.INCLUDED, Fate.PARTLY_INCLUDED)


class Reason(Named):
    """Why: the code under which reasons are counted, and the fates it can stand behind. The words that go
    with it are written for each idea. A new reason is an entry here (docs/how-to/add-a-reason.md).
    """

    fates: tuple[Fate, ...]

    NOT_CLEAR = "not_clear", _l("not clear enough"), (Fate.NOT_ACCEPTED,)
    NOT_PRECISE = "not_precise", _l("not precise enough"), (Fate.NOT_ACCEPTED,)
    NOT_OPENNESS = "not_openness", _l("no direct link to openness"), (Fate.NOT_ACCEPTED,)
    FITS_THE_PLAN = "fits_the_plan", _l("fits the plan and can be done in its time"), (Fate.INCLUDED,)
    FITS_IN_PART = "fits_in_part", _l("a part of it can be done in the plan's time"), (Fate.PARTLY_INCLUDED,)
    SAME_AS_ANOTHER = "same_as_another", _l("says the same as another idea"), (Fate.MERGED,)
    IN_PROGRESS = "in_progress", _l("a programme under way does it"), (Fate.ALREADY_UNDER_WAY,)
    LACKS_TIME = "lacks_time", _l("cannot be done in the plan's time"), (Fate.DEFERRED, Fate.NOT_INCLUDED)
    LACKS_BUDGET = (
        "lacks_budget",
        _l("no budget for it in the plan's time"),
        (Fate.DEFERRED, Fate.NOT_INCLUDED),
    )
    NEEDS_A_LAW = "needs_a_law", _l("needs a law or a decree first"), (Fate.DEFERRED, Fate.NOT_INCLUDED)
    OTHER_REMIT = "other_remit", _l("in the remit of another body"), (Fate.TRANSFERRED, Fate.NOT_INCLUDED)
    NOT_FEASIBLE = "not_feasible", _l("cannot be carried out as proposed"), (Fate.NOT_INCLUDED,)
    AUTHOR_WITHDREW = "author_withdrew", _l("its author withdrew it"), (Fate.WITHDRAWN,)

    # The defaults are for type checkers, as those of `Named`.
    def __new__(cls, value: str, label: Lazy = Lazy(""), fates: tuple[Fate, ...] = ()) -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_, member.label, member.fates = value, label, fates
        return member


# The reasons that can stand behind each fate.
REASONS = {fate: tuple(reason for reason in Reason if fate in reason.fates) for fate in Fate}
