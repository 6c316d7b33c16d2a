"""What is sent from a door: by its forms, or by its script as a batch of entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict
from uuid import uuid4

from cocreation.attendance.models import ArrivalMethod
from cocreation.attendance.services import Seen
from cocreation.core import offline
from cocreation.core.contacts import is_phone
from cocreation.core.errors import Invalid
from cocreation.core.secrets import read_receipt
from cocreation.demographics.models import Capacity
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.registration.services.answers import Participant
from cocreation.text.cleanup import clean_line
from cocreation.web.forms import BooleanField, Form, HiddenField, choose, line, phone
from cocreation.web.rendering import translated_text

SEAT_FOUND = _l("A seat was found")


class WalkInForm(Form):
    """Somebody who comes without having registered. Its `id` is that of the arrival."""

    id = HiddenField()
    name = line(_l("Name"), limit=200)
    capacity = choose(_l("Capacity"), Capacity)
    phone = phone(_l("Telephone"))
    association = line(_l("Association"), required=False, limit=200)
    workshop = choose(_l("Workshop"), [], required=False)
    seat_found = BooleanField(SEAT_FOUND, description=_l("Tick it to let them in above the places."))

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(capacity=Capacity.CITIZEN)
        self.workshop.choices = [
            ("", _l("—")),
            *((str(workshop.id), translated_text(workshop.theme)) for workshop in meeting.workshops),
        ]
        if not offline.is_key(self.id.data):
            self.id.data = str(uuid4())

    def participant(self) -> Participant:
        workshop = int(self.workshop.data) if self.workshop.data else None
        return _participant(
            self.name.data, self.capacity.data, self.phone.data, self.association.data, workshop
        )


@dataclass(frozen=True)
class Undo:
    """That an arrival was a mistake, as it had been noted `until` then."""

    id: str
    number: int
    until: datetime


@dataclass(frozen=True)
class WalkIn:
    """Somebody who walked in."""

    arrival: Seen
    participant: Participant

    @property
    def id(self) -> str:
        return self.arrival.id


Act = Seen | Undo | WalkIn


class SentPerson(TypedDict, total=False):
    """Somebody who walked in, as JSON brings them."""

    name: Required[str]
    capacity: Required[str]
    phone: str
    association: str
    workshop: int | str


def read_act(sent: dict[str, Any], *, may_find: bool) -> Act:
    """An act of a door as JSON brings it; only who may find a seat found one. Raises Invalid."""
    try:
        key, at = offline.read_act(sent)
        if sent.get("undo"):
            return Undo(key, read_number(sent["number"]), at)
        seat_found = may_find and sent.get("seat_found") is True
        if walk_in := sent.get("walk_in"):
            return WalkIn(Seen(key, at, ArrivalMethod.WALK_IN, seat_found=seat_found), _read_person(walk_in))
        number = read_number(sent["number"]) if sent.get("number") else None
        receipt = read_receipt(str(sent.get("receipt") or "")) or None
        method = ArrivalMethod.CODE if sent.get("how") == ArrivalMethod.CODE else ArrivalMethod.NAME
        return Seen(key, at, method, number=number, receipt=receipt, seat_found=seat_found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid from error


def read_number(sent: int | str) -> int:
    """The number of a row. Raises ValueError for what no row can have."""
    number = int(sent)
    if not 0 < number < 2**31:
        raise ValueError(sent)
    return number


def _read_person(sent: SentPerson) -> Participant:
    name, association = (_words(sent.get(field)) for field in ("name", "association"))
    number = _words(sent.get("phone"))
    if not name or (number and not is_phone(number)):
        raise ValueError(name)
    workshop = read_number(sent["workshop"]) if sent.get("workshop") else None
    return _participant(name, Capacity(sent["capacity"]), number, association, workshop)


def _words(sent: object) -> str:
    typed = str(sent or "")
    if len(typed) > 200:
        raise ValueError(typed)
    return clean_line(typed, 200)


def _participant(
    name: str, capacity: Capacity, number: str | None, association: str | None, workshop: int | None
) -> Participant:
    return Participant(
        name=name,
        email=None,
        phone=number or None,
        association=association or None,
        capacity=capacity,
        workshop_id=workshop,
        language=i18n.current().code,
    )
