"""What the doors send: at several of them, with the network or without, each arrival once."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

from sqlalchemy import func, select

from cocreation.attendance.queries import badge_code
from cocreation.attendance.refusals import NotTheDay
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.places.models.registration import Registration, RegistrationEvent, RegistrationState
from cocreation.text.markup import isolate_text
from tests.attendance.door import DAY, DOOR, Device, arrivals, put
from tests.cast import THEN
from tests.html import texts
from tests.meeting_day import change, later, registrations, write
from tests.words import said

BY_ANOTHER_DOOR = "%(name)s was already noted at %(time)s, by another door."


def test_three_devices_three_hundred_people_each_scanned_twice_one_offline_half_the_time(cast, day):
    write(cast, 300)
    numbers = [registration.id for registration in registrations()]
    welcomers = (cast.karim, cast.salma, cast.fatima)
    devices = [Device(cast.visitor(who), f"door {n}") for n, who in enumerate(welcomers)]
    draw, scans = Random(4), numbers * 2
    draw.shuffle(scans)
    answers = []
    for position, number in enumerate(scans):
        device = draw.choice(devices)
        device.see(number, at=day + timedelta(seconds=position))
        is_cut = device is devices[0] and (position // 75) % 2 == 0
        if not is_cut and len(device.queue) >= 10:
            with clock.frozen(day + timedelta(seconds=position)):
                batch = list(device.queue)
                answers += device.send()
                if draw.random() < 0.3:  # the answer was lost on the way: all of it is sent again
                    device.send(batch)
    with clock.frozen(day + timedelta(hours=1)):
        for device in devices:
            answers += device.send()
            device.send([])
    given = [answer["answer"] for answer in answers]
    assert len(given) == 600
    assert given.count("noted") == 300
    assert given.count("already") == 300
    people = registrations()
    assert all(person.present_at for person in people)
    first: dict[int, timedelta] = {}
    for position, number in enumerate(scans):
        first.setdefault(number, timedelta(seconds=position))
    assert [person.present_at for person in people] == [day + first[person.id] for person in people]
    assert len({arrival.id for arrival in arrivals()}) == 600
    counted = Device(cast.visitor(cast.karim)).list["people"]
    assert sum(person["at"] is not None for person in counted) == 300


def test_a_batch_asks_the_database_the_same_for_few_and_for_many(cast, day, statements, karim):
    write(cast, 60)
    numbers = [registration.id for registration in registrations()]
    device = Device(karim)

    def asked(some: list[int]) -> int:
        for number in some:
            device.see(number)
        with statements() as asked:
            device.send()
        return len([statement for statement in asked if not re.match("(INSERT|UPDATE)", statement.lstrip())])

    assert asked(numbers[:2]) == asked(numbers[2:])


def test_the_answers_of_the_door(cast, day, karim):
    write(cast, 5)
    people = registrations()
    put(cast, people[1].id, RegistrationState.CANCELLED)
    put(cast, people[2].id, RegistrationState.WAITING)
    put(cast, people[3].id, RegistrationState.OFFERED)
    device, other = Device(karim, "one"), Device(cast.visitor(cast.fatima), "other")
    device.see(people[0].id)
    assert [answer["answer"] for answer in device.send()] == ["noted"]
    other.see(people[0].id, at=day + timedelta(minutes=5))
    other.see(people[1].id)
    other.see(people[2].id)
    other.see(people[3].id)
    other.see(None, receipt=people[4].receipt)
    other.see(99_999)
    other.see(None, receipt="AAAA-BBBB-CCCC-DDDD")
    with clock.frozen(day + timedelta(minutes=6)):
        answers = other.send()
    assert [answer["answer"] for answer in answers] == [
        "already",
        "cancelled",
        "no_place",
        "noted",
        "noted",
        "unknown",
        "unknown",
    ]
    # Nine o'clock UTC in Morocco.
    assert said(answers[0]["sentence"], BY_ANOTHER_DOOR, name=isolate_text("P 0"), time="10:00")
    assert answers[0]["elsewhere"]
    assert [registration.state.value for registration in registrations()][3] == "confirmed"
    device.see(people[0].id)
    [again] = device.send()
    assert (again["answer"], again["elsewhere"]) == ("already", False)


def test_who_waits_comes_in_when_the_organisers_found_a_seat_and_only_they_say_so(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    put(cast, person.id, RegistrationState.WAITING)
    fatima = Device(cast.visitor(cast.fatima))
    fatima.see(person.id, seat_found=True)
    assert [answer["answer"] for answer in fatima.send()] == ["no_place"]
    device = Device(karim)
    device.see(person.id, seat_found=True)
    assert [answer["answer"] for answer in device.send()] == ["noted"]
    [person] = registrations()
    assert (person.state.value, person.present_at) == ("confirmed", day)
    assert session.scalar(select(func.count()).select_from(RegistrationEvent)) == 1


def test_the_earliest_arrival_that_stands_counts_and_undoing_leaves_what_came_later(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    device, other = Device(karim, "one"), Device(cast.visitor(cast.fatima), "other")
    with clock.frozen(day + timedelta(hours=1)):
        device.see(person.id)
        device.send()
    with clock.frozen(day + timedelta(hours=2)):
        other.see(person.id, at=day + timedelta(minutes=10))  # noted earlier, sent later
        [late] = other.send()
        assert late["answer"] == "already"
    assert registrations()[0].present_at == day + timedelta(minutes=10)
    with clock.frozen(day + timedelta(hours=3)):
        undo = other.see(person.id, undo=True, at=day + timedelta(minutes=20))
        [answer] = other.send()
        assert answer["answer"] == "already"  # the first door saw them after that
        assert registrations()[0].present_at == day + timedelta(hours=1)
        device.see(person.id, undo=True)
        assert [reply["answer"] for reply in device.send()] == ["undone"]
        other.send([undo])  # sent again, it undoes nothing more
    assert registrations()[0].present_at is None
    assert len(arrivals()) == 2


def test_noting_undoing_and_noting_in_one_batch(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    device = Device(karim)
    device.see(person.id, at=day - timedelta(minutes=3))
    device.see(person.id, undo=True, at=day - timedelta(minutes=2))
    device.see(person.id, at=day - timedelta(minutes=1))
    assert [answer["answer"] for answer in device.send()] == ["noted", "undone", "noted"]
    assert registrations()[0].present_at == day - timedelta(minutes=1)


def test_a_device_with_a_wrong_clock_is_not_believed(cast, day, karim):
    write(cast, 2)
    device = Device(karim)
    for person, at in zip(
        registrations(), (day + timedelta(hours=5), day - timedelta(days=300)), strict=True
    ):
        device.see(person.id, at=at)
    device.send()
    assert [registration.present_at for registration in registrations()] == [day, day]


def test_what_cannot_be_read_is_refused_alone(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    device = Device(karim)
    device.see(person.id, id="not one of ours")
    device.see(10**30)
    device.see(person.id, at=day)["at"] = "yesterday"
    device.queue += ["nonsense", {}]
    device.see(person.id)
    assert [answer["answer"] for answer in device.send()] == ["refused"] * 5 + ["noted"]
    headers = {"X-CSRFToken": device.list["csrf"]}
    for body in ({"entries": 3}, [], "x"):
        assert karim.post(f"{DOOR}/entries", json=body, headers=headers).status_code == 422
    assert karim.post(f"{DOOR}/entries", json={"entries": []}).status_code == 403  # without its token


def test_nothing_is_noted_before_the_day_or_once_it_is_called_off(cast, karim):
    write(cast, 1)
    [person] = registrations()
    device = Device(karim)
    headers = {"X-CSRFToken": device.list["csrf"]}
    device.see(person.id)

    def send():  # by whoever is signed in then
        return karim.post(f"{DOOR}/entries", json={"entries": device.queue}, headers=headers)

    assert send().status_code == 409
    assert said(send().json["error"], NotTheDay)
    assert texts(karim.get(DOOR).text, ".notice-waiting")
    change(cast, cancelled_at=THEN)
    with later(**DAY):
        karim = cast.visitor(cast.karim)
        headers = {"X-CSRFToken": Device(karim).list["csrf"]}
        assert send().status_code == 409
    assert arrivals() == []


def test_another_meetings_people_are_not_registered_here(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    session.get_one(Registration, person.id).meeting_id = _other_meeting(cast)
    session.commit()
    session.remove()
    device = Device(karim)
    assert device.list["people"] == []
    device.see(person.id)
    device.see(None, receipt=person.receipt)
    assert [answer["answer"] for answer in device.send()] == ["unknown", "unknown"]


def _other_meeting(cast) -> int:
    from tests.portal.test_meeting import more_meetings

    more_meetings(cast, 1, 20)
    from cocreation.meetings.models.meeting import Meeting

    found = session.scalar(select(Meeting.id).where(Meeting.reference == "RS0"))
    session.remove()
    return found


def test_the_list_of_a_device_has_no_contacts_and_no_receipt(cast, day, karim):
    write(cast, 1, phone="0612345678", association="Jamiya")
    [person] = registrations()
    answer = karim.get(f"{DOOR}/list")
    assert answer.headers["Cache-Control"] == "no-store"
    [listed] = answer.json["people"]
    assert listed == {
        "number": person.id,
        "name": "P 0",
        "state": "confirmed",
        "workshop": None,
        "code": badge_code(person.receipt),
        "at": None,
        "about": None,
    }
    for secret in (person.receipt, "p0@example.org", "612345678", "Jamiya"):
        assert secret not in answer.text
