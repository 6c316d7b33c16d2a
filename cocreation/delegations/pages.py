"""What the pages of a delegation say."""

from __future__ import annotations

from cocreation.languages.i18n import gettext as _
from cocreation.places.models.registration import TAKEN, Registration


def what_withdrawing_does(person: Registration, *, somebody_waits: bool) -> str:
    """What becomes of a delegate who is withdrawn, and of their place, as the list shows them."""
    if person.standing not in TAKEN:
        return _("They are told, and leave the waiting list.")
    if somebody_waits:
        return _("They are told, and the place goes to the next who waits.")
    return _("They are told, and the place is free again.")
