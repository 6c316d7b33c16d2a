"""What the page of a receipt says: its title, its one notice, what its holder can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cocreation.core.database import Translated
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.policy import MeetingStage
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import (
    LIVE,
    EntryChannel,
    Registration,
    RegistrationState,
)
from cocreation.travel_support.models import (
    DECIDED,
    TravelSupportOffer,
    TravelSupportRequest,
    TravelSupportState,
)

AHEAD = (MeetingStage.AHEAD, MeetingStage.OPEN, MeetingStage.CLOSED)
ENDED = (MeetingStage.CALLED_OFF, MeetingStage.OVER)
EXPECTED = (*LIVE, RegistrationState.INVITED)

# The title of a page, where no state of `TITLES` says it.
TO_CONFIRM = _l("Your registration is to be confirmed")
CANCELLED = _l("Your registration is cancelled")
HAD_PLACE, CALLED_OFF = _l("You had a place"), _l("This meeting was called off")
MAILED = _l("We sent it to you by e-mail too. With it you find this page again; keep it to yourself.")
TITLES = {
    RegistrationState.INVITED: _l("You come by invitation"),
    RegistrationState.CONFIRMED: _l("You have a place"),
    RegistrationState.WAITING: _l("You are on the waiting list"),
    RegistrationState.OFFERED: _l("A place is held for you"),
    RegistrationState.LAPSED: _l("The place went to the next person"),
    RegistrationState.DECLINED: _l("No place could be given"),
}
SHAPES = {
    RegistrationState.CONFIRMED: "done",
    RegistrationState.WAITING: "waiting",
    RegistrationState.OFFERED: "open",
    RegistrationState.INVITED: "done",
}


@dataclass(frozen=True)
class Leaving:
    """How somebody lets a place or a turn go: the words of that part of the page."""

    title: Lazy
    explained: Lazy | None
    button: Lazy


CANCEL = _l("Cancel my registration")
NOT_CONFIRMED = Leaving(_l("You no longer wish to come?"), None, CANCEL)
LEAVING = {
    RegistrationState.WAITING: Leaving(
        _l("You no longer wish to wait?"),
        _l("You leave the list; nothing else changes."),
        _l("Leave the waiting list"),
    ),
    RegistrationState.CONFIRMED: Leaving(
        _l("You cannot come?"),
        _l("Tell us with one click: your place is offered to the next person in the waiting list."),
        CANCEL,
    ),
}


@dataclass(frozen=True)
class HelpPart:
    """Help with transport and lodging, as the page of a receipt shows it: what was asked for, how to ask."""

    request: TravelSupportRequest | None
    offer: TravelSupportOffer | None
    # Whether its person may still come, and be helped to.
    is_live: bool
    is_ahead: bool
    today: date

    @property
    def is_shown(self) -> bool:
        return self.request is not None or (self.offer is not None and self.is_ahead and self.is_live)

    @property
    def has_answer(self) -> bool:
        """Whether a request stands, decided or not."""
        return self.request is not None and self.request.state != TravelSupportState.WITHDRAWN

    @property
    def can_ask(self) -> bool:
        is_open = self.offer is not None and self.offer.is_open(self.today)
        return is_open and self.is_ahead and self.is_live

    @property
    def can_withdraw(self) -> bool:
        asked = self.request is not None and self.request.state == TravelSupportState.REQUESTED
        return asked and self.is_ahead

    @property
    def is_decided(self) -> bool:
        return self.request is not None and self.request.state in DECIDED


@dataclass(frozen=True)
class ReceiptPage:
    """The page of one registration. `turn` is which it is in the waiting list, None where it has no turn;
    `said` what somebody answered to the organisers; `titles` those of the workshops, by their ids.
    """

    registration: Registration
    stage: MeetingStage
    turn: int | None
    said: Sequence[tuple[object, str]]
    can_change: bool
    help: HelpPart
    qr: str | None
    # Whether this browser sent its form a moment ago, and which address was probably meant by what was typed.
    was_sent_here: bool = False
    meant: str | None = None

    @property
    def meeting(self) -> Meeting:
        return self.registration.meeting

    @property
    def standing(self) -> RegistrationState:
        return self.registration.standing

    @property
    def titles(self) -> Mapping[int, Translated]:
        return {workshop.id: workshop.theme for workshop in self.meeting.workshops}

    @property
    def is_ahead(self) -> bool:
        return self.stage in AHEAD

    @property
    def is_expected(self) -> bool:
        return self.standing in EXPECTED

    @property
    def is_to_confirm(self) -> bool:
        """Until it is confirmed a page says of a place or a turn only what it would say to anyone."""
        registration = self.registration
        return registration.is_pending and (registration.waits_for_link or not registration.email)

    @property
    def title(self) -> Lazy | None:
        """None for the title of the meeting."""
        if self.stage == MeetingStage.CALLED_OFF:
            return CALLED_OFF
        if self.stage == MeetingStage.OVER and self.is_expected:
            return HAD_PLACE if self.standing == RegistrationState.CONFIRMED else None
        if self.is_to_confirm and self.standing != RegistrationState.INVITED:
            return TO_CONFIRM
        return TITLES.get(self.standing, CANCELLED)

    @property
    def state(self) -> tuple[str, Lazy] | None:
        """The shape and the words of how it stands; None where the meeting has ended for its person."""
        if self.stage in ENDED and self.is_expected:
            return None
        words = _l("to be confirmed") if self.is_to_confirm else self.standing.label
        return SHAPES.get(self.standing, "refused"), words

    @property
    def names_meeting(self) -> bool:
        """Whether the title of the meeting stands below the page's own."""
        return self.title is not None

    @property
    def notice(self) -> str | None:
        """The one notice above all else: the name of its template in `portal/receipt/notices/`."""
        if not self.is_ahead:
            return "stage"
        if self.is_to_confirm:
            return "to_confirm"
        if self.registration.was_taken_back:
            return "taken_back"
        if self.standing == RegistrationState.WAITING:
            return "turn" if self.turn else "no_turn"
        if self.standing in (RegistrationState.OFFERED, RegistrationState.LAPSED):
            return self.standing.value
        return None

    @property
    def answer_by(self) -> datetime | None:
        """Until when the place held for its person waits for their answer."""
        return self.registration.answer_by if self.notice == RegistrationState.OFFERED.value else None

    @property
    def has_ticket(self) -> bool:
        """Whether it stands first: on a phone the ticket of somebody who comes is what the door asks for."""
        return self.is_ahead and self.standing in (RegistrationState.CONFIRMED, RegistrationState.INVITED)

    @property
    def about_receipt(self) -> Lazy:
        """What is said of a receipt that a mail carries too."""
        if self.is_to_confirm:
            return _l(
                "With it you find this page again; keep it to yourself. The link that confirms "
                "is in the mail alone."
            )
        if self.registration.is_confirmed or self.registration.entry != EntryChannel.WEB:
            return MAILED
        return _l("With it you find this page again; keep it to yourself.")

    @property
    def counts_by_rule(self) -> bool:
        """Whether it is a telephone number alone that counts by the rule of the meeting."""
        return self.registration.confirmed_by == Confirmation.RULE

    @property
    def shows_wishes(self) -> bool:
        """Not where the only wish is the workshop given."""
        return bool(self.registration.wishes) and (
            len(self.registration.wishes) > 1 or not self.registration.workshop
        )

    @property
    def shows_way(self) -> bool:
        """Whether it says how to come: to who has a place and confirmed."""
        return self.standing == RegistrationState.CONFIRMED and self.is_ahead and not self.is_to_confirm

    @property
    def shows_help(self) -> bool:
        reached = not self.registration.is_pending and self.registration.is_verified
        return reached and self.help.is_shown

    @property
    def comes(self) -> bool:
        """Whether there is still something to come to, or to leave."""
        return self.standing in LIVE and self.is_ahead

    @property
    def leaving(self) -> Leaving | None:
        return NOT_CONFIRMED if self.is_to_confirm else LEAVING.get(self.standing)
