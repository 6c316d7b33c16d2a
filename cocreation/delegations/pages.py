"""What the pages of a delegation say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cocreation.languages.i18n import Lazy, gettext as _, lazy_gettext as _l
from cocreation.places.models.registration import TAKEN, Delegation, Registration
from cocreation.travel_support.models import TravelSupportOffer, TravelSupportRequest, TravelSupportState
from cocreation.travel_support.services.several import can_be_asked_for, can_be_taken_back

HELP = {
    TravelSupportState.REQUESTED: ("waiting", _l("help asked for, to be decided")),
    TravelSupportState.GRANTED: ("done", _l("help granted")),
    TravelSupportState.REFUSED: ("refused", _l("help not granted")),
    TravelSupportState.WITHDRAWN: ("neutral", _l("help no longer asked for")),
}
ANSWERS_FIRST = ("waiting", _l("help asked for, decided once they have answered"))
ASKED_THEMSELVES = ("neutral", _l("has asked for help"))


@dataclass(frozen=True)
class Helped:
    """What the page of a delegation shows of help to come: who of its list, by their numbers, can be asked
    for, for whom it can be taken back, and how each request stands. What somebody asked for by themselves is
    theirs: it is said that they did, and no more.
    """

    delegation: Delegation
    people: Mapping[int, Registration]
    requests: Mapping[int, TravelSupportRequest]
    is_open: bool

    def askable(self) -> dict[int, Registration]:
        return {
            number: person
            for number, person in self.people.items()
            if self.is_open and can_be_asked_for(person, self.requests.get(person.id))
        }

    def left_out(self) -> list[Registration]:
        """Who is on the list and has a request."""
        askable = self.askable().values()
        return [person for person in self.people.values() if person.seems_live and person not in askable]

    def can_take_back(self) -> list[int]:
        """The numbers of those whose request waits for an answer."""
        return [
            number
            for number, person in self.people.items()
            if person.seems_live
            and person.id in self.requests
            and can_be_taken_back(self.requests[person.id], self.delegation)
        ]

    def state(self, person: Registration) -> tuple[str, Lazy] | None:
        """How the request of one of them stands: the look of it, and its words."""
        request = self.requests.get(person.id)
        if request is None or not person.seems_live:
            return None
        if request.delegation_id != self.delegation.id:
            return None if request.state == TravelSupportState.WITHDRAWN else ASKED_THEMSELVES
        if request.state == TravelSupportState.REQUESTED and person.is_pending:
            return ANSWERS_FIRST
        return HELP[request.state]

    def granted(self, person: Registration) -> TravelSupportRequest | None:
        """What was granted of what the association asked for one of them."""
        request = self.requests.get(person.id)
        if request is None or request.delegation_id != self.delegation.id:
            return None
        return request if request.state == TravelSupportState.GRANTED else None


def helped(
    delegation: Delegation,
    people: Sequence[Registration],
    requests: Mapping[int, TravelSupportRequest],
    offer: TravelSupportOffer | None,
    today: date | None,
) -> Helped:
    """`today` is None for a meeting that has ended."""
    is_open = offer is not None and today is not None and offer.is_open(today)
    return Helped(delegation, dict(enumerate(people, 1)), requests, is_open)


def what_withdrawing_does(person: Registration, *, somebody_waits: bool) -> str:
    """What becomes of a delegate who is withdrawn, and of their place, as the list shows them."""
    if person.standing not in TAKEN:
        return _("They are told, and leave the waiting list.")
    if somebody_waits:
        return _("They are told, and the place goes to the next who waits.")
    return _("They are told, and the place is free again.")
