"""Thousands at one meeting: what pages and acts cost then, and a waiting list that moves up as a whole."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from cocreation.core import clock, outbox
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.demographics.models import AgeBracket, Capacity, Demographics, Gender
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import Registration, RegistrationEvent, RegistrationState
from cocreation.places.services import offers, places, workshop_seats
from tests.desk import work
from tests.forms import press
from tests.html import texts
from tests.meeting_day import CONFIRMED, REGISTER, WAITING, change, has_turn, link_for

PAGE = "/en/meetings/OR1"


class Killed(BaseException):
    """The end of a process, which nothing catches."""


def crowd(cast, count: int, first: int = 0, state: str = WAITING, *, wish: bool = False) -> None:
    """So many registrations with what they said of themselves, in a few statements; who has a place may have
    come. With `wish` each would like to join the first workshop, else the second.
    """
    now, meeting_id = clock.now(), cast.meeting.id
    rows = [
        {
            "meeting_id": meeting_id,
            "receipt": f"receipt {number}",
            "once": f"once {number}",
            "state": state,
            "name": f"P {number}",
            "email": f"p{number}@example.org",
            "folded": f"p {number}",
            "capacity": capacity,
            "language": "ar",
            "registered_at": now,
            "queued_at": now,
            "confirmed_at": now if state == CONFIRMED else None,
            "address_confirmed_at": now,
            "confirmed_by": Confirmation.LINK,
        }
        for number, capacity in enumerate(islice(cycle(Capacity), count), first)
    ]
    session.execute(insert(Registration), rows)
    condition = Registration.receipt.in_([f"receipt {first}", f"receipt {first + count - 1}"])
    low, high = session.execute(
        select(func.min(Registration.id), func.max(Registration.id)).where(condition)
    ).one()
    ids = range(low, high + 1)
    said = zip(ids, cycle(AgeBracket), cycle(Gender))
    session.execute(
        insert(Demographics),
        [
            {"registration_id": registration_id, "age_bracket": age, "gender": gender}
            for registration_id, age, gender in said
        ],
    )
    if wish:
        workshops = session.scalars(select(Workshop.id).where(Workshop.meeting_id == meeting_id)).all()
        wishes = [
            {"registration_id": registration_id, "rank": rank, "workshop_id": workshop}
            for registration_id in ids
            for rank, workshop in enumerate(workshops, 1)
        ]
        session.execute(insert(WorkshopWish), wishes)
    session.commit()
    session.remove()


def test_the_page_of_a_meeting_asks_as_little_for_ten_thousand(client, cast, statements):
    crowd(cast, 10, state=CONFIRMED)
    with statements() as few:
        client.get(PAGE)
    crowd(cast, 9_990, 10)
    with statements() as many:
        page = client.get(PAGE)
    assert len(few) == len(many) <= 6
    assert "9,990" in page.text
    change(cast, statistics_published=True)
    with statements() as counted:
        page = client.get(PAGE)
    assert len(counted) <= 6
    assert texts(page.text, "[aria-labelledby=statistics]")


def test_registering_asks_as_little_however_many_wait(send, client, cast, statements):
    crowd(cast, 2, state=CONFIRMED)
    asked = []
    for number, waiting in enumerate((1, 1_000)):
        crowd(cast, waiting, 10 + number)
        client.get(REGISTER)
        with statements() as sent:
            where = send(email=f"late{number}@example.org").location
        # The form is opened first, as a browser does.
        with statements() as opened:
            client.get(REGISTER)
        link = link_for(f"late{number}@example.org")
        with statements() as confirmed:
            press(client, link, link)
        client.get(where)
        with statements() as read:
            page = client.get(where)
        asked.append((len(sent) - len(opened), len(opened), len(confirmed), len(read)))
    assert asked == [asked[0]] * 2
    assert asked[0] == (14, 4, 18, 6)
    assert has_turn(page, 1_003)
    mails = select(Mail.context).where(Mail.key.startswith("meetings/waiting:")).order_by(Mail.id)
    assert [context["turn"] for context in session.scalars(mails)] == [2, 1_003]


def test_five_thousand_move_up_and_each_is_told_once(app, cast, statements):
    crowd(cast, 5_000, wish=True)
    change(cast, places=5_000, promoting_since=clock.now())
    with statements() as asked:  # of the worker's chore; to send so many mails would take a minute
        offers.chore(clock.now())
    assert standing() == {CONFIRMED: 5_000}
    assert told() == (5_000, 5_000)
    assert in_workshops() == 5_000
    # So many statements for each part of the list, none for each person.
    assert len(asked) < 20 * (5_000 / offers.CHUNK + 1)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (places, "_next_in_turn"),
        (workshop_seats, "give"),
        (outbox, "post_all"),
        (offers, "update"),  # the last statement before the commit
    ],
)
def test_killed_in_the_middle_it_goes_on_where_it_stood(app, cast, monkeypatch, owner, name):
    monkeypatch.setattr(offers, "CHUNK", 4)
    crowd(cast, 10, wish=True)
    change(cast, places=10, promoting_since=clock.now())
    original, calls = getattr(owner, name), []

    def dies(*given: Any, **named: Any) -> Any:
        calls.append(name)
        if len(calls) == (1 if owner is offers else 3):
            raise Killed
        return original(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, dies)
        with pytest.raises(Killed):
            offers.chore(clock.now())
    session.remove()
    assert standing()[CONFIRMED] in (4, 8)  # what was committed, and no more
    assert told() == (standing()[CONFIRMED],) * 2
    work(app)
    assert standing() == {CONFIRMED: 10}
    assert told() == (10, 10)
    assert in_workshops() == 10
    assert session.get_one(Meeting, cast.meeting.id).promoting_since is None


def standing() -> dict[str, int]:
    """How many are in each state."""
    session.remove()
    counted = select(Registration.state, func.count()).group_by(Registration.state)
    return {state.value: count for state, count in session.execute(counted)}


def told() -> tuple[int, int]:
    """How many have their line of having moved up, and how many mails of it there are."""
    lines = select(func.count()).where(
        RegistrationEvent.state == RegistrationState.CONFIRMED, RegistrationEvent.workshop_id.is_(None)
    )
    mails = select(func.count(Mail.key.distinct())).where(Mail.key.startswith("meetings/moved_up:"))
    return session.scalar(lines), session.scalar(mails)


def in_workshops() -> int:
    """How many have a workshop with its line in their history."""
    return session.scalar(
        select(func.count())
        .select_from(RegistrationEvent)
        .join(Registration, Registration.id == RegistrationEvent.registration_id)
        .where(RegistrationEvent.workshop_id == Registration.workshop_id)
    )
