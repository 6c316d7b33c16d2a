"""What stands in the way of a delegation."""

from __future__ import annotations

from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l


class NamedTwice(Invalid):
    sentence = _l("%(other)s has the same address: each delegate answers by their own.")


class NoDelegateNamed(Invalid):
    sentence = _l("Name one delegate at least.")
