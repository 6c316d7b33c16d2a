"""The list of participants: narrowed, ordered, kept where one was; one decision for all who are ticked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.meetings.models.meeting import Workshop
from cocreation.participants.services.decisions import NobodyToDecide, NoPlaceLeft, Together
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.places.refusals import DecisionUnexplained
from tests.forms import csrf_token, fill, post_forms
from tests.html import hrefs, numbers, texts
from tests.meeting_day import change, registrations, states, write
from tests.words import errors, says

LIST = "/en/manage/meetings/OR1/participants"
NAMES = ".dense .lead a"


def names(client: FlaskClient, address: str) -> Iterator[str]:
    """Everybody in the list at this address, page after page."""
    following = [address]
    while following:
        page = client.get(following[0]).text
        yield from texts(page, NAMES)
        following = hrefs(page, ".pager [rel=next]")


def ask(client: FlaskClient, act: Together, ids: list[int], address: str = LIST, **said: str):
    """Press a button under the list; what is answered before anything is done."""
    data = {"csrf_token": csrf_token(client), "act": act.value, "chosen": ids, **said}
    answer = client.post(address, data=data)
    session.remove()
    return answer


def decide(client: FlaskClient, act: Together, ids: list[int], address: str = LIST, **said: str):
    """The same, and yes."""
    return fill(client, address, act=act.value, chosen=ids, **said)


@pytest.fixture
def three(cast) -> list[int]:
    """Two with a place and one who cancelled; their ids."""
    write(cast, 3)
    session.query(Registration).filter_by(name="P 2").one().state = RegistrationState.CANCELLED
    session.commit()
    return [person.id for person in registrations()]


def test_a_decision_for_many_says_for_how_many_and_asks_first(karim, three):
    question = ask(karim, Together.WAIT, three, reason="La salle est petite")
    assert (question.status_code, numbers(question.text, "h1")) == (200, [2])
    assert texts(question.text, ".lede .reference") == ["P 0", "P 1"]
    assert states() == ["confirmed", "confirmed", "cancelled"]
    assert decide(karim, Together.WAIT, three, reason="La salle est petite").status_code == 302
    assert states() == ["waiting", "waiting", "cancelled"]
    told = session.query(Mail).filter(Mail.template == "meetings/sent_to_waiting").all()
    assert sorted(mail.to for mail in told) == ["p0@example.org", "p1@example.org"]


def test_no_leaves_everybody_and_what_was_ticked(karim, three):
    page = ask(karim, Together.DECLINE, three[:2], confirmed="no", reason="Trop de monde")
    assert states() == ["confirmed", "confirmed", "cancelled"]
    assert page.text.count(" checked>") == 2
    assert 'value="Trop de monde"' in page.text


@pytest.mark.parametrize("act", [Together.WAIT, Together.DECLINE])
def test_a_no_needs_its_reason_before_anything_is_asked(karim, three, act):
    page = ask(karim, act, three)
    assert (page.status_code, errors(page), says(page, DecisionUnexplained)) == (422, {"reason"}, True)
    assert states() == ["confirmed", "confirmed", "cancelled"]


def test_places_are_given_to_all_or_to_nobody(cast, karim, three):
    for person in session.query(Registration).filter(Registration.id.in_(three[:2])):
        person.state = RegistrationState.WAITING
    session.commit()
    change(cast, places=1)
    refused = decide(karim, Together.PLACE, three)
    assert (refused.status_code, says(refused, NoPlaceLeft)) == (409, True)
    assert states() == ["waiting", "waiting", "cancelled"]
    change(cast, places=2)
    assert decide(karim, Together.PLACE, three).status_code == 302
    assert states() == ["confirmed", "confirmed", "cancelled"]


def test_all_who_are_ticked_are_put_into_a_workshop(cast, karim, three):
    workshop = session.query(Workshop.id).filter_by(number=2).scalar()
    decide(karim, Together.WORKSHOP, three, workshop=str(workshop))
    assert [person.workshop_id for person in registrations()] == [workshop, workshop, None]


def test_all_who_were_called_are_confirmed(cast, karim, three):
    for person in session.query(Registration):
        person.address_confirmed_at = person.confirmed_by = None
    session.commit()
    decide(karim, Together.CALLED, three)
    assert [person.is_verified for person in registrations()] == [True, True, False]


def test_where_nothing_can_be_decided_it_is_said(karim, three):
    refused = ask(karim, Together.PLACE, three)
    assert (refused.status_code, says(refused, NobodyToDecide)) == (422, True)


def test_people_of_another_meeting_slipped_into_the_ticks_stay(cast, karim, three):
    question = ask(karim, Together.WAIT, [*three, 999999999], reason="x")
    assert numbers(question.text, "h1") == [2]


def test_the_list_is_narrowed_by_state_and_workshop_with_their_numbers(cast, karim, three):
    page = karim.get(LIST).text
    assert numbers(page, ".picks a") == [3, 2, 1]
    for address, count in zip(hrefs(page, ".picks a"), (3, 2, 1), strict=True):
        assert len(list(names(karim, address))) == count
    decide(karim, Together.WORKSHOP, three[:1], workshop=str(cast.meeting.workshops[0].id))
    assert list(names(karim, f"{LIST}?workshop={cast.meeting.workshops[0].id}")) == ["P 0"]


def test_each_order_goes_through_everybody_once(cast, karim):
    write(cast, 52, association=None)
    write(cast, 2, first=60, association="Amis")
    came = list(names(karim, LIST))
    assert len(came) == len(set(came)) == 54
    assert list(names(karim, f"{LIST}?order=name")) == sorted(came)
    assert list(names(karim, f"{LIST}?order=association")) == came  # without one first, then as they came


def test_the_place_in_the_list_is_kept_after_a_decision_and_on_the_way_back(cast, karim, three):
    narrowed = f"{LIST}?state=confirmed&order=name"
    answer = decide(karim, Together.DECLINE, three[:1], narrowed, reason="Trop de monde")
    assert answer.location == narrowed
    [person] = hrefs(karim.get(narrowed).text, NAMES)
    assert narrowed in hrefs(karim.get(person).text, ".breadcrumbs a")
    assert fill(karim, person, act="decline", reason="Trop").location == person


def test_the_list_comes_back_to_its_beginning_when_nobody_is_left_behind(cast, karim):
    write(cast, 51)
    [following] = hrefs(karim.get(LIST).text, ".pager [rel=next]")
    [last] = [person.id for person in registrations()][50:]
    decide(karim, Together.DECLINE, [last], f"{following}&state=confirmed", reason="Trop de monde")
    assert len(texts(karim.get(f"{following}&state=confirmed").text, NAMES)) == 50


def test_the_workshops_are_assigned_again_after_a_question_with_the_number(karim, three):
    page = "/en/manage/meetings/OR1/workshops"
    [form] = [form for form in post_forms(karim, page) if form.get("action", "").endswith("/workshops")]
    token = {"csrf_token": csrf_token(karim)}
    assert numbers(karim.post(form.get("action"), data=token).text, "h1") == [2]
    assert karim.post(page, data={**token, "confirmed": "no"}).location == page


def test_who_was_called_is_not_to_be_called_again(karim, three):
    session.query(Registration).update({"email": None, "confirmed_by": None})
    session.query(Registration).update({"address_confirmed_at": None})
    session.commit()
    answer = decide(karim, Together.CALLED, three[:2])
    assert numbers(karim.get(answer.location).text, ".flash") == [2]  # decided, and nobody is left to call
    answer = decide(karim, Together.WAIT, three[:1], reason="La salle est petite")
    assert numbers(karim.get(answer.location).text, ".flash") == [1, 1]
