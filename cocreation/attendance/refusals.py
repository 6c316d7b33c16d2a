"""What stands in the way of noting an arrival."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NotTheDay(Refusal):
    sentence = _l("Arrivals are noted from the day of the meeting on: %(day)s. Nothing was noted.")


class NoSeat(Refusal):
    sentence = _l(
        "All places are taken. Somebody can come in only when the organisers say that a seat was found."
    )


class ComesAlready(Refusal):
    sentence = _l(
        "This telephone number is registered for %(name)s: look for that name and note the arrival."
    )
