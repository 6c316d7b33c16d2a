"""What stands in the way of a delegation."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NamedTwice(Invalid):
    sentence = _l("%(other)s has the same address: each delegate answers by their own.")


class NoDelegateNamed(Invalid):
    sentence = _l("Name one delegate at least.")


class RowsRefused(Invalid):
    """What is wrong with which delegates, by their place in the list."""

    sentence = _l("Nobody was registered: look at the delegates marked below.")

    def __init__(self, rows: dict[int, Refusal]) -> None:
        super().__init__()
        self.rows = rows


class NotOnTheList(Refusal):
    sentence = _l("This person is no longer on your list. Nothing was changed.")


class ReplacedEnough(Refusal):
    sentence = _l("You have replaced as many people as possible today. Please go on tomorrow.")
