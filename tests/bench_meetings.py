"""A meeting of thousands: its page beside that of a small one, and a whole waiting list that moves up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from sqlalchemy import func, insert, select, update

from cocreation.app import create_app
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.demographics.models import AgeBracket, Capacity, Demographics, Gender
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.places.services import offers

MEETING = "SM1"  # of the demonstration: registration is open


def crowd(url: str, count: int, state: RegistrationState = RegistrationState.WAITING) -> None:
    """Register so many people in the database `url`, each with what statistics ask and two wishes."""
    app = create_app(database_url=url)
    with app.app_context():
        now = clock.now()
        meeting_id = session.scalar(select(Meeting.id).where(Meeting.reference == MEETING))
        workshops = session.scalars(select(Workshop.id).where(Workshop.meeting_id == meeting_id)).all()
        rows = [
            {
                "meeting_id": meeting_id,
                "receipt": f"bench {number}",
                "once": f"bench {number}",
                "state": state,
                "name": f"P {number}",
                "email": f"bench{number}@demo.example",
                "folded": f"p {number}",
                "capacity": capacity,
                "language": "ar",
                "registered_at": now,
                "queued_at": now,
                "address_confirmed_at": now,
            }
            for number, capacity in zip(range(count), cycle(Capacity), strict=False)
        ]
        session.execute(insert(Registration), rows)
        ids = session.scalars(select(Registration.id).where(Registration.receipt.startswith("bench "))).all()
        said = zip(ids, cycle(AgeBracket), cycle(Gender), strict=False)
        apart = [
            {"registration_id": registration_id, "age_bracket": age, "gender": gender}
            for registration_id, age, gender in said
        ]
        session.execute(insert(Demographics), apart)
        wishes = [
            {"registration_id": registration_id, "rank": rank, "workshop_id": workshop}
            for registration_id in ids
            for rank, workshop in enumerate(workshops[:2], 1)
        ]
        session.execute(insert(WorkshopWish), wishes)
        session.commit()
        session.remove()
    app.extensions["engine"].dispose()


def beside(small: Any, large: Any, rounds: int) -> None:
    """How many times longer the page of the meeting takes on `large` than on `small`, asked in turn."""
    path, times = f"/ar/meetings/{MEETING}", ([], [])
    for turn in range(rounds + 5):
        for server, taken in zip((small, large), times, strict=True):
            seconds = server.ask(path)
            if turn >= 5:
                taken.append(seconds)
    few, many = (statistics.median(taken) for taken in times)
    shown = f"{few * 1000:.1f} and {many * 1000:.1f} ms"
    print(f"\na meeting with 10 and with 10,000 more people: {shown}, {many / few:.2f}")


def moving_up(url: str, name: str, people: int = 5_000) -> None:
    """Give all who wait their place, as the worker does, in the database `url` of the kind `name`."""
    crowd(url, people)
    app = create_app(database_url=url)
    with app.app_context():
        condition = Meeting.reference == MEETING
        session.execute(
            update(Meeting).where(condition).values(places=people * 2, promoting_since=clock.now())
        )
        session.commit()
        took = timed(lambda: offers.chore(clock.now()))
        mails = session.scalar(select(func.count()).where(Mail.key.startswith("meetings/moved_up:")))
        session.remove()
    app.extensions["engine"].dispose()
    print(f"{people} people of a waiting list confirmed, {mails} mails queued in {took:.1f} s on {name}")


def timed(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began
