"""What stands in the way of what the organisers do with those who come."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AddressConfirmed(Refusal):
    sentence = _l("This registration has ended, or its address is confirmed: only the person can change it.")


class AddressTaken(Refusal):
    sentence = _l("Somebody else is registered for this meeting with this address. Nothing was changed.")


class TooFewOptions(Invalid):
    sentence = _l("Give two choices at least, one on each line.")


class OptionsUneven(Invalid):
    sentence = _l("Give the same number of choices, in the same order, in each language.")


class AlreadyAnswered(Refusal):
    sentence = _l(
        "Somebody has answered this question already: its words can be changed, but not how it is answered, "
        "and no choice can be taken away."
    )
