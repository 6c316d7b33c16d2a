"""What the tests of the day of a meeting do again and again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from cocreation.attendance.models import Arrival
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.places.models.registration import Registration, RegistrationState

DOOR = "/en/manage/meetings/OR1/door"
PAPER = "/en/manage/meetings/OR1/attendance"
DAY = {"days": 20}


def arrivals() -> list[Arrival]:
    session.remove()
    rows = list(session.scalars(select(Arrival).order_by(Arrival.received_at, Arrival.at)))
    session.expunge_all()
    session.remove()
    return rows


def put(cast, number: int, state: RegistrationState) -> None:
    """Somebody in another state, straight in the database."""
    session.get_one(Registration, number).state = state
    session.commit()
    session.remove()


class Device:
    """A telephone at a door, as static/js/arriving/ speaks."""

    def __init__(self, client, name: str = "door") -> None:
        self.client, self.name, self.queue = client, name, []
        self.list = client.get(f"{DOOR}/list").json

    def see(self, number: int | None = None, at: datetime | None = None, **entry: Any) -> dict[str, Any]:
        at = at or clock.now()
        noted = {"id": str(uuid4()), "at": at.isoformat(), "how": "code", "number": number, **entry}
        self.queue.append(noted)
        return noted

    def send(self, entries: list[Any] | None = None) -> list[dict[str, Any]]:
        sent = self.queue if entries is None else entries
        headers = {"X-CSRFToken": self.list["csrf"]}
        answer = self.client.post(
            f"{DOOR}/entries", json={"device": self.name, "entries": sent}, headers=headers
        )
        assert answer.status_code == 200, answer.text
        if entries is None:
            self.queue = []
        return answer.json["answers"]
