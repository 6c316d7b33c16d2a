"""What the page of a meeting says, for the public and for those who run it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.demographics import suppression
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, OrganiserKind, ProgrammeItem, Quota, Workshop
from cocreation.meetings.models.photos import Photo
from cocreation.meetings.policy import MeetingStage
from cocreation.places.models.registration import RegistrationState
from cocreation.places.queries import TakenPlaces
from cocreation.portal.meeting.queries import Harvest
from cocreation.preparation.refusals import RuleBroken

AHEAD = (MeetingStage.AHEAD, MeetingStage.OPEN, MeetingStage.CLOSED)
REGISTER = _l("Register")
JOIN_THE_LIST = _l("Join the waiting list")
ENDED = (MeetingStage.CALLED_OFF, MeetingStage.OVER)
ORGANISERS = {
    OrganiserKind.SECRETARIAT: _l("Organised by"),
    OrganiserKind.ASSOCIATION: _l("Coordinating association"),
    OrganiserKind.PARTNER: _l("Partners"),
}


def chip(stage: MeetingStage, left: int, waiting: int) -> tuple[str, Lazy]:
    """The shape and the words of where a meeting stands for who would like to come: full where it is full."""
    if stage != MeetingStage.OPEN or left:
        return stage.kind, stage.label
    return "waiting", _l("full, list of %(count)s", count=waiting) if waiting else _l("full")


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list, where it stands and its room."""

    meeting: Meeting
    stage: MeetingStage
    room: TakenPlaces

    @property
    def is_open(self) -> bool:
        return self.stage == MeetingStage.OPEN

    @property
    def left(self) -> int:
        return max(0, self.meeting.places - self.room.taken)

    @property
    def chip(self) -> tuple[str, Lazy]:
        return chip(self.stage, self.left, self.room.waiting)


@dataclass(frozen=True)
class PlacesPart:
    """How the places of a meeting stand: how many registrations are in each state, how many are left."""

    meeting: Meeting
    stage: MeetingStage
    counts: Counter[RegistrationState]
    left: int

    @property
    def waiting(self) -> int:
        return self.counts[RegistrationState.WAITING]

    @property
    def confirmed(self) -> int:
        return self.counts[RegistrationState.CONFIRMED]

    @property
    def chip(self) -> tuple[str, Lazy]:
        return chip(self.stage, self.left, self.waiting)

    @property
    def is_ahead(self) -> bool:
        """Whether people can still come."""
        return self.stage in AHEAD


@dataclass(frozen=True)
class MeetingPage(PlacesPart):
    """The public page of a meeting. `kept` are the places kept for some today, `tables` who took part."""

    kept: Sequence[Quota]
    names: Mapping[str, Sequence[Translated | str]]
    photos: Sequence[Photo]
    tables: Sequence[tuple[Lazy, suppression.Rows]]
    has_offer: bool
    harvest: Harvest | None

    @property
    def came(self) -> Harvest | None:
        """What came of it, once there is something to tell."""
        is_told = self.stage == MeetingStage.OVER and self.harvest and self.harvest.figures.received
        return self.harvest if is_told else None

    @property
    def takes_registrations(self) -> bool:
        return self.stage == MeetingStage.OPEN

    @property
    def way_in(self) -> Lazy:
        """What the button of the form is called."""
        return REGISTER if self.left else JOIN_THE_LIST

    @property
    def offers_help(self) -> bool:
        return self.has_offer and self.stage != MeetingStage.CALLED_OFF

    @property
    def organisers(self) -> list[tuple[Lazy, Sequence[Translated | str]]]:
        """Who organises it, by the words for what they do."""
        return [(label, self.names[kind]) for kind, label in ORGANISERS.items() if self.names[kind]]

    @property
    def shows_way(self) -> bool:
        """Whether it says how to come and what there is to eat."""
        return self.stage not in ENDED

    @property
    def shows_workshops(self) -> bool:
        """Whether it names its workshops by themselves: not where it says what came of each."""
        return not self.came and (bool(self.meeting.workshops) or self.stage != MeetingStage.OVER)

    @property
    def shows_programme(self) -> bool:
        return bool(self.meeting.programme) or self.stage != MeetingStage.OVER

    def outputs(self, workshop: Workshop) -> tuple[str, Lazy] | None:
        """The shape and the words of whether what came out of a workshop can be read."""
        if workshop.published_at:
            return "done", _l("outputs published")
        return ("waiting", _l("outputs to come")) if self.stage == MeetingStage.OVER else None

    @property
    def programme(self) -> Iterator[ProgrammeItem]:
        """The programme in short: workshops that begin together are one row, that of the first."""
        began = None
        for item in self.meeting.programme:
            if not item.workshop_id or item.starts_at != began:
                yield item
            began = item.starts_at if item.workshop_id else None

    @property
    def hides_counts(self) -> bool:
        """Whether a table hides small counts, which is then explained."""
        return any(suppression.has_hidden(rows) for _title, rows in self.tables)


@dataclass(frozen=True)
class OrganisersPage(PlacesPart):
    """A meeting for those who run it; `broken` is the rule that keeps a draft from being announced. One that
    `is_over`, also as a draft, is recorded as it was: nothing is left in it.
    """

    in_calendar: bool
    broken: RuleBroken | None
    is_over: bool

    @property
    def is_draft(self) -> bool:
        return self.stage == MeetingStage.DRAFT

    @property
    def can_announce(self) -> bool:
        return self.is_draft and self.in_calendar and not self.broken

    @property
    def obstacle(self) -> Lazy | None:
        """Why a draft cannot be announced."""
        if not self.is_draft or self.can_announce:
            return None
        if self.in_calendar and self.broken:
            return self.broken.sentence
        return _l("It can be announced once the calendar of the cycle has its meetings open.")
