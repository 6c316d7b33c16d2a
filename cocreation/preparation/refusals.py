"""What stands in the way of an announcement, and of the rules it must keep."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class RuleBroken(Refusal):
    sentence = _l(
        "A rule of this cycle stands in the way: “%(rule)s”: %(days)s. Here there would be: %(given)s. "
        "Source of the rule: %(source)s."
    )


class SourceMissing(Invalid):
    sentence = _l("Say where each rule comes from.")
