"""The day: who arrives, at several doors, with the network or without; walk-ins; the paper afterwards."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.meetings.models import Arrival, Entry, How, Move, Registration, RegistrationState
from cocreation.meetings.queries.doors import badge_code
from tests.cast import THEN
from tests.forms import fill, press
from tests.meetings.conftest import change, later, registrations, write

DOOR = "/en/manage/meetings/OR1/door"
PAPER = "/en/manage/meetings/OR1/attendance"
DAY = {"days": 20}


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


@pytest.fixture
def day(cast):
    """The morning of the meeting."""
    change(cast, places=400)
    with later(days=20) as moment:
        yield moment


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
    """A telephone at a door, as static/js/arriving.js speaks."""

    def __init__(self, client, name: str = "door") -> None:
        self.client, self.name, self.queue = client, name, []
        self.list = client.get(f"{DOOR}/list").json

    def see(self, number: int | None = None, at: datetime | None = None, **entry: Any) -> dict[str, Any]:
        at = at or clock.now()
        whole = {"id": str(uuid4()), "at": at.isoformat(), "how": "code", "number": number, **entry}
        self.queue.append(whole)
        return whole

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


def test_three_devices_three_hundred_people_each_scanned_twice_one_offline_half_the_time(cast, day):
    write(cast, 300)
    numbers = [each.id for each in registrations()]
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
    said = [each["answer"] for each in answers]
    assert len(said) == 600
    assert said.count("noted") == 300
    assert said.count("already") == 300
    people = registrations()
    assert all(each.present_at for each in people)
    first: dict[int, timedelta] = {}
    for position, number in enumerate(scans):
        first.setdefault(number, timedelta(seconds=position))
    assert [each.present_at for each in people] == [day + first[each.id] for each in people]
    assert len({each.id for each in arrivals()}) == 600
    counted = Device(cast.visitor(cast.karim)).list["people"]
    assert sum(each["at"] is not None for each in counted) == 300


def test_a_batch_asks_the_database_the_same_for_few_and_for_many(cast, day, statements, karim):
    write(cast, 60)
    numbers = [each.id for each in registrations()]
    device = Device(karim)

    def asked(some: list[int]) -> int:
        for number in some:
            device.see(number)
        with statements() as asked:
            device.send()
        return len([each for each in asked if not re.match("(INSERT|UPDATE)", each.lstrip())])

    assert asked(numbers[:2]) == asked(numbers[2:])


def test_the_answers_of_the_door(cast, day, karim):
    write(cast, 5)
    people = registrations()
    put(cast, people[1].id, RegistrationState.CANCELLED)
    put(cast, people[2].id, RegistrationState.WAITING)
    put(cast, people[3].id, RegistrationState.OFFERED)
    one, other = Device(karim, "one"), Device(cast.visitor(cast.fatima), "other")
    one.see(people[0].id)
    assert [each["answer"] for each in one.send()] == ["noted"]
    other.see(people[0].id, at=day + timedelta(minutes=5))
    other.see(people[1].id)
    other.see(people[2].id)
    other.see(people[3].id)
    other.see(None, receipt=people[4].receipt)
    other.see(99_999)
    other.see(None, receipt="AAAA-BBBB-CCCC-DDDD")
    with clock.frozen(day + timedelta(minutes=6)):
        answers = other.send()
    assert [each["answer"] for each in answers] == [
        "already",
        "cancelled",
        "no_place",
        "noted",
        "noted",
        "unknown",
        "unknown",
    ]
    assert "already noted at 09:00, by another door" in answers[0]["sentence"].replace("10:00", "09:00")
    assert answers[0]["elsewhere"]
    assert [each.state.value for each in registrations()][3] == "confirmed"
    one.see(people[0].id)
    [again] = one.send()
    assert (again["answer"], again["elsewhere"]) == ("already", False)


def test_who_waits_comes_in_when_the_organisers_found_a_seat_and_only_they_say_so(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    put(cast, person.id, RegistrationState.WAITING)
    fatima = Device(cast.visitor(cast.fatima))
    fatima.see(person.id, seat_found=True)
    assert [each["answer"] for each in fatima.send()] == ["no_place"]
    device = Device(karim)
    device.see(person.id, seat_found=True)
    assert [each["answer"] for each in device.send()] == ["noted"]
    [person] = registrations()
    assert (person.state.value, person.present_at) == ("confirmed", day)
    assert session.scalar(select(func.count()).select_from(Move)) == 1


def test_the_earliest_arrival_that_stands_counts_and_undoing_leaves_what_came_later(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    one, other = Device(karim, "one"), Device(cast.visitor(cast.fatima), "other")
    with clock.frozen(day + timedelta(hours=1)):
        one.see(person.id)
        one.send()
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
        one.see(person.id, undo=True)
        assert [each["answer"] for each in one.send()] == ["undone"]
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
    assert [each["answer"] for each in device.send()] == ["noted", "undone", "noted"]
    assert registrations()[0].present_at == day - timedelta(minutes=1)


def test_a_device_with_a_wrong_clock_is_not_believed(cast, day, karim):
    write(cast, 2)
    device = Device(karim)
    for person, at in zip(
        registrations(), (day + timedelta(hours=5), day - timedelta(days=300)), strict=True
    ):
        device.see(person.id, at=at)
    device.send()
    assert [each.present_at for each in registrations()] == [day, day]


def test_what_cannot_be_read_is_refused_alone(cast, day, karim):
    write(cast, 1)
    [person] = registrations()
    device = Device(karim)
    device.see(person.id, id="not one of ours")
    device.see(10**30)
    device.see(person.id, at=day)["at"] = "yesterday"
    device.queue += ["nonsense", {}]
    device.see(person.id)
    assert [each["answer"] for each in device.send()] == ["refused"] * 5 + ["noted"]
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
    assert "from the day of the meeting on" in send().json["error"]
    assert "notes nothing" in karim.get(DOOR).text
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
    assert [each["answer"] for each in device.send()] == ["unknown", "unknown"]


def _other_meeting(cast) -> int:
    from tests.meetings.test_pages import more_meetings

    more_meetings(cast, 1, 20)
    from cocreation.meetings.models import Meeting

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


def test_by_letters_of_a_name_without_javascript(cast, day, karim):
    for number, name in enumerate(("فاطمة الزهراء", "Fatiha Alami", "Karim")):
        write(cast, 1, first=number, name=name)
    page = karim.get(f"{DOOR}?q=فاطمه").text
    assert "فاطمة الزهراء" in page
    assert "Fatiha" not in page
    assert "Type three letters" in karim.get(f"{DOOR}?q=Fa").text
    where = f"{DOOR}?q=fatiha"
    assert press(karim, where, "/note").status_code == 302
    assert "Fatiha Alami" in karim.get(DOOR).text
    [arrival] = arrivals()
    assert (arrival.how, arrival.by) == (How.NAME, cast.karim.id)
    assert UUID(arrival.id)
    assert "arrived at" in karim.get(where).text
    assert press(karim, where, "/undo").status_code == 302
    assert [each.present_at for each in registrations()] == [None] * 3


def test_a_scanner_that_types_finds_the_person_of_a_receipt(cast, day, karim):
    write(cast, 3)
    person = registrations()[1]
    for typed in (
        person.receipt,
        person.receipt.lower().replace("-", " "),
        f"http://x/ar/registrations/{person.receipt}",
    ):
        page = karim.get(DOOR, query_string={"q": typed}).text
        assert page.count("/door/note") == 1
        assert f'value="{person.id}"' in page


def test_the_same_page_pressed_twice_notes_once(cast, day, karim):
    write(cast, 1)
    page = karim.get(f"{DOOR}?q=p0@")
    found = page.text.partition(" data-found")[2].partition("</ul>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(csrf_token|id|number)" value="([^"]+)"', found))
    for _ in range(2):
        assert karim.post(f"{DOOR}/note", data=sent).status_code == 302
    assert len(arrivals()) == 1
    assert karim.post(f"{DOOR}/note", data={**sent, "number": "x"}).status_code == 422


def walk_in(client, **fields):
    return fill(client, DOOR, **{"name": "Hafsa", "capacity": "citizen", **fields})


def test_a_walk_in_is_confirmed_and_present_at_once(cast, day, karim):
    workshop = str(cast.meeting.workshops[1].id)
    answer = walk_in(karim, association="Nour", phone="06 12 34 56 78", workshop=workshop)
    assert answer.status_code == 302
    [person] = registrations()
    assert (person.state.value, person.entry, person.present_at) == ("confirmed", Entry.WALK_IN, day)
    assert (person.phone, person.entered_by, person.workshop_id) == (
        "+212612345678",
        cast.karim.id,
        int(workshop),
    )
    [arrival] = arrivals()
    assert arrival.how == How.WALK_IN
    again = walk_in(karim, phone="0612345678", name="Autre")
    assert again.status_code == 409
    assert "is registered for" in again.text
    assert walk_in(karim, name=" ").status_code == 422
    assert len(registrations()) == 1


def test_the_same_walk_in_sent_twice_is_one_person(cast, day, karim):
    device = Device(karim)
    entry = device.see(None, walk_in={"name": "Hafsa", "capacity": "citizen"})
    assert [each["answer"] for each in device.send()] == ["noted"]
    device.send([entry])
    device.see(None, walk_in={"name": "", "capacity": "citizen"})
    device.see(None, walk_in={"name": "x", "capacity": "none of ours"})
    device.see(None, walk_in={"name": "x", "capacity": "citizen", "phone": "abc"})
    device.see(None, walk_in={"name": "x", "capacity": "citizen", "workshop": 999})
    assert [each["answer"] for each in device.send()] == ["refused"] * 4
    assert [each.name for each in registrations()] == ["Hafsa"]


def test_above_the_places_only_when_a_seat_was_found_by_the_organisers(cast, day, karim):
    write(cast, 2)
    change(cast, places=2)
    full = walk_in(karim)
    assert full.status_code == 409
    assert "a seat was found" in full.text
    fatima = cast.visitor(cast.fatima)
    assert "seat_found" not in fatima.get(DOOR).text
    device = Device(fatima)
    device.see(None, walk_in={"name": "Hafsa", "capacity": "citizen"}, seat_found=True)
    assert [each["answer"] for each in device.send()] == ["refused"]
    assert walk_in(karim, seat_found="y").status_code == 302
    assert len(registrations()) == 3


def test_attendance_from_paper(cast, day, karim):
    write(cast, 60)
    people = registrations()
    Device(karim).see(people[0].id)
    device = Device(karim)
    device.see(people[0].id)
    device.send()
    first = karim.get(PAPER)
    listed = [int(each) for each in re.findall(r'name="came" value="(\d+)"', first.text)]
    assert len(listed) == 50
    came = {str(each) for each in listed[:10]} | {str(people[0].id)}
    assert fill(karim, PAPER, came=came).status_code == 302
    there = {each.id for each in registrations() if each.present_at}
    assert there == {int(each) for each in came}
    assert {each.how for each in arrivals()} == {How.CODE, How.PAPER}
    assert fill(karim, PAPER, came=set(list(came)[1:])).status_code == 302  # one was a mistake
    assert len({each.id for each in registrations() if each.present_at}) == len(came) - 1
    cursor = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    second = karim.get(cursor)
    assert len(re.findall('name="came"', second.text)) == 10
    assert fill(karim, cursor, came=[]).status_code == 302


def test_paper_changes_only_what_was_changed_on_it(cast, day, karim):
    """Somebody noted at a door while the page was open stays noted."""
    write(cast, 3)
    one, other, third = registrations()
    page = karim.get(PAPER).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    device = Device(karim)
    device.see(one.id)
    device.send()
    sent = {"csrf_token": token, "came": [str(other.id), "999999", "x"]}
    assert karim.post(PAPER, data=sent).status_code == 302
    assert [bool(each.present_at) for each in registrations()] == [True, True, False]
    put(cast, third.id, RegistrationState.WAITING)
    karim.post(PAPER, data={"csrf_token": token, "came": [str(third.id)]})
    assert registrations()[2].present_at is None


def test_paper_waits_for_the_day(cast, karim):
    write(cast, 1)
    page = karim.get(PAPER)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    answer = karim.post(PAPER, data={"csrf_token": token, "came": [str(registrations()[0].id)]})
    assert answer.status_code == 409
    assert arrivals() == []


def test_who_welcomes(cast, day):
    write(cast, 1)
    for person in (cast.salma, cast.karim, cast.fatima):
        assert cast.visitor(person).get(DOOR).status_code == 200
    assert cast.visitor(cast.mounia).get(DOOR).status_code == 403
    assert cast.visitor(cast.fatima).get(PAPER).status_code == 403
    assert cast.visitor(cast.fatima).get("/en/manage/meetings/OR1").status_code == 403


def test_the_worker_serves_one_page_only(cast, karim):
    answer = karim.get(f"{DOOR}/worker.js")
    assert answer.status_code == 200
    assert "javascript" in answer.mimetype
    assert answer.headers["Service-Worker-Allowed"] == DOOR


@pytest.mark.parametrize("path", [DOOR, f"{DOOR}?q=P", PAPER, f"{DOOR}/list"])
def test_few_statements_and_the_same_for_many(cast, day, karim, statements, path):
    write(cast, 3)
    karim.get(path)
    with statements() as few:
        karim.get(path)
    write(cast, 100, first=3)
    device = Device(karim)
    for each in registrations():
        device.see(each.id)
    device.send()
    with statements() as many:
        assert karim.get(path).status_code == 200
    assert len(few) == len(many), many


def test_nothing_of_the_door_is_written_in_the_audit_by_name(cast, day, karim):
    from cocreation.core.audit import AuditEntry

    walk_in(karim, name="Hafsa Bennani")
    notes = [(each.action, each.subject, each.details) for each in session.scalars(select(AuditEntry))]
    assert ("walk-in entered", "OR1", {}) in notes
    assert "Hafsa" not in str(notes)
