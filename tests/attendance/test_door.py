"""The pages of the day: who is found by a name, walk-ins, the paper afterwards, and who may."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from cocreation.attendance.models import ArrivalMethod
from cocreation.attendance.refusals import ComesAlready, NoSeat
from cocreation.core.database import session
from cocreation.places.models.registration import EntryChannel, RegistrationState
from cocreation.text.markup import isolate_text
from tests.attendance.door import DOOR, PAPER, Device, arrivals, put
from tests.forms import fill, press
from tests.html import texts
from tests.meeting_day import change, registrations, write
from tests.words import says


def test_by_letters_of_a_name_without_javascript(cast, day, karim):
    for number, name in enumerate(("فاطمة الزهراء", "Fatiha Alami", "Karim")):
        write(cast, 1, first=number, name=name)
    page = karim.get(f"{DOOR}?q=فاطمه").text
    assert "فاطمة الزهراء" in page
    assert "Fatiha" not in page
    assert texts(karim.get(f"{DOOR}?q=Fa").text, "[data-nobody]")
    where = f"{DOOR}?q=fatiha"
    assert press(karim, where, "/note").status_code == 302
    assert "Fatiha Alami" in karim.get(DOOR).text
    [arrival] = arrivals()
    assert (arrival.method, arrival.by) == (ArrivalMethod.NAME, cast.karim.id)
    assert UUID(arrival.id)
    assert texts(karim.get(where).text, "[data-found] .state-done")
    assert press(karim, where, "/undo").status_code == 302
    assert [registration.present_at for registration in registrations()] == [None] * 3


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
    assert (person.state.value, person.entry, person.present_at) == ("confirmed", EntryChannel.WALK_IN, day)
    assert (person.phone, person.entered_by, person.workshop_id) == (
        "+212612345678",
        cast.karim.id,
        int(workshop),
    )
    [arrival] = arrivals()
    assert arrival.method == ArrivalMethod.WALK_IN
    again = walk_in(karim, phone="0612345678", name="Autre")
    assert again.status_code == 409
    assert says(again, ComesAlready, name=isolate_text("Hafsa"))
    assert walk_in(karim, name=" ").status_code == 422
    assert len(registrations()) == 1


def test_the_same_walk_in_sent_twice_is_one_person(cast, day, karim):
    device = Device(karim)
    entry = device.see(None, walk_in={"name": "Hafsa", "capacity": "citizen"})
    assert [answer["answer"] for answer in device.send()] == ["noted"]
    device.send([entry])
    device.see(None, walk_in={"name": "", "capacity": "citizen"})
    device.see(None, walk_in={"name": "x", "capacity": "none of ours"})
    device.see(None, walk_in={"name": "x", "capacity": "citizen", "phone": "abc"})
    device.see(None, walk_in={"name": "x", "capacity": "citizen", "workshop": 999})
    assert [answer["answer"] for answer in device.send()] == ["refused"] * 4
    assert [registration.name for registration in registrations()] == ["Hafsa"]


def test_above_the_places_only_when_a_seat_was_found_by_the_organisers(cast, day, karim):
    write(cast, 2)
    change(cast, places=2)
    full = walk_in(karim)
    assert full.status_code == 409
    assert says(full, NoSeat)
    fatima = cast.visitor(cast.fatima)
    assert "seat_found" not in fatima.get(DOOR).text
    device = Device(fatima)
    device.see(None, walk_in={"name": "Hafsa", "capacity": "citizen"}, seat_found=True)
    assert [answer["answer"] for answer in device.send()] == ["refused"]
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
    listed = [int(number) for number in re.findall(r'name="came" value="(\d+)"', first.text)]
    assert len(listed) == 50
    came = {str(number) for number in listed[:10]} | {str(people[0].id)}
    assert fill(karim, PAPER, came=came).status_code == 302
    present = {registration.id for registration in registrations() if registration.present_at}
    assert present == {int(number) for number in came}
    assert {arrival.method for arrival in arrivals()} == {ArrivalMethod.CODE, ArrivalMethod.PAPER}
    assert fill(karim, PAPER, came=set(list(came)[1:])).status_code == 302  # one was a mistake
    assert (
        len({registration.id for registration in registrations() if registration.present_at}) == len(came) - 1
    )
    cursor = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    second = karim.get(cursor)
    assert len(re.findall('name="came"', second.text)) == 10
    assert fill(karim, cursor, came=[]).status_code == 302


def test_paper_changes_only_what_was_changed_on_it(cast, day, karim):
    """Somebody noted at a door while the page was open stays noted."""
    write(cast, 3)
    first, second, third = registrations()
    page = karim.get(PAPER).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    device = Device(karim)
    device.see(first.id)
    device.send()
    sent = {"csrf_token": token, "came": [str(second.id), "999999", "x"]}
    assert karim.post(PAPER, data=sent).status_code == 302
    assert [bool(registration.present_at) for registration in registrations()] == [True, True, False]
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
    for registration in registrations():
        device.see(registration.id)
    device.send()
    with statements() as many:
        assert karim.get(path).status_code == 200
    assert len(few) == len(many), many


def test_nothing_of_the_door_is_written_in_the_audit_by_name(cast, day, karim):
    from cocreation.core.audit import AuditEntry

    walk_in(karim, name="Hafsa Bennani")
    notes = [(entry.action, entry.subject, entry.details) for entry in session.scalars(select(AuditEntry))]
    assert ("walk-in entered", "OR1", {}) in notes
    assert "Hafsa" not in str(notes)
