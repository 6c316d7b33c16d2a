"""Who joins which workshop: by wish and seats, in the order people came, and by hand."""

from __future__ import annotations

import pytest

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Room, Workshop
from cocreation.places import emails
from cocreation.places.models.registration import Registration, RegistrationEvent
from tests.cast import T
from tests.forms import csrf_token, fill, press
from tests.html import numbers, texts
from tests.mails import of, tells, text
from tests.meeting_day import CONFIRMED, OFFERED, change, later, registrations, states, write
from tests.words import says

BY_THE_ORGANISERS = "by the organisers"
KEEPS_THEIR_PLACE = (
    "No seat is left in the workshops you wished for. You keep your place at the meeting, "
    "and the organisers will find you a workshop."
)
PAGE = "/en/manage/meetings/OR1/workshops"


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


@pytest.fixture
def come(cast, register):
    """Somebody registers, wishing for these workshops by their number; the address of their receipt."""
    ids = {workshop.number: str(workshop.id) for workshop in cast.meeting.workshops}

    def registers(name: str, *numbers: int) -> str:
        names = ("workshop", "workshop_2")
        wishes = {field: ids[number] for field, number in zip(names, numbers, strict=False)}
        answer = register(name=name, email=f"{name}@example.org", **wishes)
        assert answer.status_code == 302
        return answer.location

    return registers


def seats(cast, number: int, count: int | None) -> None:
    session.get_one(Workshop, cast.meeting.workshops[number - 1].id).seats = count
    session.commit()
    session.remove()


def given(cast) -> list[int | None]:
    """The number of the workshop of each, in the order they came."""
    numbers = {workshop.id: workshop.number for workshop in cast.meeting.workshops}
    return [numbers.get(registration.workshop_id) for registration in registrations()]


def test_the_first_wish_with_a_seat_left(cast, come, client):
    change(cast, places=9)
    seats(cast, 1, 1)
    seats(cast, 2, 2)
    come("a", 1, 2)
    for name in "bcd":
        last = come(name, 1, 2)
    come("e")
    assert given(cast) == [1, 2, 2, None, None]
    wished = "L'accès à l'information · Le numérique"
    assert wished in texts(client.get(last).text, ".facts dd")
    assert session.query(RegistrationEvent).count() == 13  # five places, held first, and three workshops


def test_a_room_limits_the_workshop_held_in_it(cast, come):
    change(cast, places=9)
    room = Room(meeting_id=cast.meeting.id, name=T("قاعة", "Salle"), seats=1)
    session.add(room)
    session.flush()
    session.get_one(Workshop, cast.meeting.workshops[0].id).room_id = room.id
    session.commit()
    session.remove()
    come("a", 1)
    come("b", 1, 2)
    assert given(cast) == [1, 2]


def test_who_waits_has_none_until_a_place_is_theirs(cast, come, client):
    first = come("a", 1)
    come("b", 1)
    third = come("c", 2)
    assert given(cast) == [1, 1, None]
    press(client, first, "/cancel")
    assert states()[2] == OFFERED
    assert given(cast) == [None, 1, None]
    press(client, third, "/accept")
    assert given(cast) == [None, 1, 2]


def test_those_who_move_up_at_once_are_given_theirs(cast, come):
    seats(cast, 1, 3)
    for name in "abcde":
        come(name, 1, 2)
    salma = cast.visitor(cast.salma)
    assert fill(salma, "/en/manage/meetings/OR1/edit", places="5").status_code == 302
    assert states() == [CONFIRMED] * 5
    assert given(cast) == [1, 1, 1, 2, 2]


def test_a_seat_given_up_is_free(cast, come, client):
    change(cast, places=9)
    seats(cast, 1, 1)
    press(client, come("a", 1), "/cancel")
    come("b", 1)
    assert given(cast) == [None, 1]


def test_the_organisers_put_somebody_into_a_workshop_and_they_are_told(cast, come, karim, client, mails):
    where = come("a", 1)
    number = registrations()[0].id
    page = f"/en/manage/meetings/OR1/participants/{number}"
    other = str(cast.meeting.workshops[1].id)
    answer = fill(karim, page, act="workshop", workshop=other, reason="Vous parlez du numérique")
    assert answer.status_code == 302
    assert given(cast) == [2]
    own = client.get(where).text
    assert "Vous parlez du numérique" in own
    assert says(client.get(where), BY_THE_ORGANISERS)
    [mail] = of(emails.WORKSHOP, mails())
    assert "Le numérique" in text(mail)
    assert "Vous parlez du numérique" in text(mail)
    assert fill(karim, page, act="workshop", workshop="").status_code == 302
    assert given(cast) == [None]


def test_only_somebody_with_a_place_and_only_a_workshop_of_the_meeting(cast, come, karim):
    for name in "abc":
        come(name)
    waiting = f"/en/manage/meetings/OR1/participants/{registrations()[2].id}"
    assert 'value="workshop"' not in karim.get(waiting).text
    answer = fill(karim, waiting, act="place", reason="")
    assert answer.status_code == 409
    first = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    assert fill(karim, first, act="workshop", workshop="9999").status_code == 422
    assert given(cast) == [None] * 3


def test_anew_in_the_order_they_came_and_those_put_by_hand_stay(cast, come, karim, mails):
    change(cast, places=9)
    seats(cast, 1, 2)
    for name in "abc":
        come(name, 1, 2)
    assert given(cast) == [1, 1, 2]
    by_hand = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    fill(karim, by_hand, act="workshop", workshop=str(cast.meeting.workshops[1].id))
    assert given(cast) == [2, 1, 2]
    assert press(karim, PAGE, "/workshops").status_code == 302
    assert given(cast) == [2, 1, 1]
    told = [mail["To"] for mail in of(emails.WORKSHOP, mails())]
    assert sorted(told) == ["a@example.org", "c@example.org"]
    press(karim, PAGE, "/workshops")  # once more changes nothing and tells nobody
    assert given(cast) == [2, 1, 1]
    assert len(of(emails.WORKSHOP, mails())) == 2


def test_who_finds_no_seat_any_more_is_told_so(cast, come, karim, client, mails):
    change(cast, places=9)
    come("a", 1)
    last = come("b", 1)
    seats(cast, 1, 1)
    press(karim, PAGE, "/workshops")
    assert given(cast) == [1, None]
    assert says(client.get(last), "No seat is left in the workshops you wished for.")
    [told] = of(emails.WORKSHOP, mails())
    assert told["To"] == "b@example.org"
    assert tells(told, KEEPS_THEIR_PLACE)
    assert "b" in karim.get(PAGE).text.partition('id="without"')[2]


def test_who_left_no_address_is_to_be_called(cast, come, karim, mails):
    change(cast, places=9)
    for name in "ab":
        come(name, 1)
    session.query(Registration).filter_by(email="b@example.org").update({"email": None})
    session.commit()
    seats(cast, 1, 0)
    answer = press(karim, PAGE, "/workshops")
    # Whose workshop is another one, who is told of it by mail, whom to call.
    assert numbers(karim.get(answer.location).text, ".flash") == [2, 1, 1]
    assert len(of(emails.WORKSHOP, mails())) == 1


def test_nothing_is_given_once_it_is_over_or_called_off(cast, come, karim):
    come("a", 1)
    with later(days=21):
        assert press(cast.visitor(cast.karim), PAGE, "/workshops").status_code == 409
    change(cast, cancelled_at=cast.meeting.announced_at)
    assert press(karim, PAGE, "/workshops").status_code == 409


def test_a_workshop_somebody_wishes_for_is_not_removed(cast, come, karim):
    for name in "abc":
        last = come(name)
    assert last
    change(cast, places=2)
    come("d", 2)
    token = {"csrf_token": csrf_token(karim)}
    answer = karim.post("/en/manage/meetings/OR1/workshops/2/remove", data=token)
    assert answer.status_code == 409


def test_the_page_counts_and_keeps_its_statements(cast, come, karim, statements):
    change(cast, places=60)
    seats(cast, 1, 1)
    come("a", 1, 2)
    come("b", 1, 2)
    come("c")
    with statements() as few:
        page = karim.get(PAGE).text
    # Seats where they are limited, given, and wished for as the first, second and third choice.
    assert numbers(page, "tbody tr:nth-child(1) td") == [1, 1, 2, 0, 0]
    assert numbers(page, "tbody tr:nth-child(2) td") == [1, 0, 2, 0]
    write(cast, 30)
    with statements() as many:
        karim.get(PAGE)
    assert len(few) == len(many)
    assert session.query(Registration).count() == 33
