"""One association registers several people: all or nobody, and each decides by their own link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cocreation.core.database import session
from cocreation.places.models.registration import Delegation, EntryChannel
from tests.cast import THEN
from tests.desk import work
from tests.forms import fill, press
from tests.meeting_day import (
    CONFIRMED,
    DECLINED,
    LAPSED,
    OFFERED,
    WAITING,
    change,
    later,
    registrations,
    states,
    write,
)

FORM = "/en/meetings/OR1/delegation"


@pytest.fixture
def delegate(cast, client):
    """Fill in the form of a delegation with these names; their addresses come of them. The answer."""

    def fill_in(*names: str, **fields):
        whole = {"association": "جمعية النور", "contact": "Ali", "email": "ali@example.org", "consent": "y"}
        for row, name in enumerate(names):
            whole |= {f"name_{row}": name, f"email_{row}": f"{name.lower()}@example.org"}
        return fill(client, FORM, **whole | fields)

    return fill_in


def test_each_has_a_place_held_and_those_too_many_a_turn(delegate, client, mails):
    answer = delegate("Aya", "Badr", "Chama")
    assert answer.status_code == 302
    assert states() == [OFFERED, OFFERED, WAITING]
    people = registrations()
    assert [each.entry for each in people] == [EntryChannel.DELEGATION] * 3
    assert people[0].answer_by == THEN + timedelta(hours=48)
    assert people[0].association == "جمعية النور"
    page = client.get(answer.location).text
    assert [name in page for name in ("Aya", "Badr", "Chama", "جمعية النور")] == [True] * 4
    assert not any(each.receipt in page for each in people)
    told = {mail["To"]: mail for mail in mails()}
    assert set(told) == {"ali@example.org", "aya@example.org", "badr@example.org", "chama@example.org"}
    words = told["aya@example.org"].get_body(("plain",)).get_content()
    assert "An association has named you" in words
    assert people[0].receipt in words
    assert "You have a turn from the moment" in told["chama@example.org"].get_body(("plain",)).get_content()
    own = told["ali@example.org"].get_body(("plain",)).get_content()
    assert "3 people were registered" in own
    assert not any(word in mail.as_string() for mail in told.values() for word in ("النور", "Aya", "Ali"))
    assert answer.location.rpartition("/")[2] in own


def test_who_answered_what_is_on_the_page_of_the_association(delegate, client, app):
    page = delegate("Aya", "Badr", "Chama").location
    own = [f"/en/registrations/{each.receipt}" for each in registrations()]
    assert "has named you for this meeting" in client.get(own[0]).text
    assert press(client, own[0], "/accept").status_code == 302
    assert press(client, own[1], "/cancel").status_code == 302
    assert states() == [CONFIRMED, "cancelled", OFFERED]
    words = client.get(page).text
    stand = re.findall(r'<span class="state[^>]*>([^<]+)<', words)
    assert stand == ["confirmed", "cancelled", "a place is offered"]
    with later(hours=49):
        assert "A place is held for you" in client.get(own[2]).text  # until the worker comes by
        work(app)
    assert states() == [CONFIRMED, "cancelled", LAPSED]


def test_the_list_says_that_the_meeting_is_over_or_called_off(delegate, client, cast):
    page = delegate("Aya").location
    assert ">a place is offered</span> until" in client.get(page).text
    with later(days=21):
        assert "This meeting is over" in client.get(page).text
    change(cast, cancelled_at=THEN)
    words = client.get(page).text
    assert "This meeting was called off on" in words
    assert "</span> until" not in words
    assert "answers there" not in words


def test_more_rows_keep_what_was_typed_and_register_nobody(delegate, client):
    answer = delegate("Aya", act="more")
    assert answer.status_code == 200
    assert 'value="Aya"' in answer.text
    assert 'name="name_9"' in answer.text
    assert 'name="name_10"' not in answer.text
    assert states() == []


def test_rows_may_be_left_empty_in_between(delegate):
    answer = delegate("Aya", name_3="Badr", email_3="BADR@Example.org")
    assert answer.status_code == 302
    assert [each.email for each in registrations()] == ["aya@example.org", "badr@example.org"]


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"email_1": "AYA@example.org"}, 422, "Aya has the same address"),
        ({"email_1": ""}, 422, "Please fill this in."),
        ({"name_1": ""}, 422, "Please fill this in."),
        ({"email_1": "nobody@"}, 422, "does not look like an e-mail address"),
        ({"name_1": "b" * 201}, 422, "too long"),
        ({"association": ""}, 422, "Please fill this in."),
        ({"email": "ali"}, 422, "does not look like an e-mail address"),
        ({"consent": None}, 422, "Please fill this in."),
    ],
)
def test_one_bad_row_registers_nobody_and_is_named(delegate, cast, fields, status, said):
    write(cast, 1)
    answer = delegate("Aya", "Badr", **fields)
    assert answer.status_code == status
    assert said in answer.text
    assert 'value="Aya"' in answer.text
    assert len(registrations()) == 1
    assert session.query(Delegation).count() == 0


def test_the_error_of_a_row_stands_at_that_row(delegate, cast):
    page = delegate("Aya", email_3="aya@example.org", name_3="P").text
    assert 'id="email_3-error"' in page
    assert 'id="email_0-error"' not in page


def test_nobody_named(delegate):
    answer = delegate()
    assert answer.status_code == 422
    assert "Name one delegate at least" in answer.text


def test_no_more_than_one_association_may_bring(delegate, cast):
    change(cast, most_per_association=2)
    answer = delegate("Aya", "Badr", "Chama")
    assert answer.status_code == 409
    assert "Allowed in all: 2. Registered already: 0. Still possible: 2." in answer.text
    assert states() == []
    assert delegate("Aya").status_code == 302
    answer = delegate("Badr", "Chama")
    assert answer.status_code == 409
    assert "Allowed in all: 2. Registered already: 1. Still possible: 1." in answer.text
    assert delegate("Badr").status_code == 302


def test_the_form_sent_twice_registers_once(delegate, client, cast):
    once = re.search(r'name="once"[^>]* value="([^"]+)"', client.get(FORM).text)[1]
    answers = [delegate("Aya", "Badr", once=once) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(registrations()) == 2


def test_a_name_cannot_turn_text_round(delegate):
    delegate("Aya", name_0="A\u202eya\u2066")
    assert registrations()[0].name == "Aya"


@pytest.mark.parametrize(("days", "said"), [(-5.5, "Registration opens on"), (11, "Registration closed on")])
def test_outside_the_window_nobody(delegate, client, days, said, cast):
    page = client.get(FORM).text
    hidden = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)[1] for name in ("csrf_token", "once")
    }
    typed = {"association": "A", "contact": "B", "email": "b@example.org", "language": "fr", "consent": "y"}
    with later(days=days):
        answer = client.post(
            FORM, data={**hidden, **typed, "name_0": "Aya", "email_0": "aya@example.org", "email_1": ""}
        )
        assert answer.status_code == 409
        assert said in answer.text
    assert states() == []


def test_too_near_to_ask_a_place_is_held_without_a_term(delegate, cast, client, app):
    """An address nobody has confirmed is sent no way in, however near the meeting."""
    change(cast, registration_closes_at=cast.meeting.starts_at)
    with later(days=19, hours=20):
        delegate("Aya")
        work(app)
        [person] = registrations()
        assert (person.state.value, person.answer_by) == (OFFERED, None)
        own = f"/en/registrations/{person.receipt}"
        assert "Answer soon" in client.get(own).text
        assert press(client, own, "/accept").status_code == 302
    assert states() == [CONFIRMED]


def test_the_name_of_a_verified_association_is_said(delegate, cast, mails):
    delegate("Aya", association=cast.association.name)
    told = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in mails()}
    assert f"{cast.association.name} has named you" in told["aya@example.org"]


def test_who_waits_has_a_turn_once_they_say_so(delegate, client, cast):
    write(cast, 2)
    delegate("Aya", "Badr")
    own = [f"/en/registrations/{each.receipt}" for each in registrations()[2:]]
    assert "number" not in client.get(own[1]).text
    assert press(client, own[1], "/accept").status_code == 302
    page = client.get(own[1]).text
    assert "number 1 in the waiting list" in page
    assert "You have a turn on the waiting list" in page
    assert "The place is yours" not in page
    press(client, f"/en/registrations/{registrations()[0].receipt}", "/cancel")
    assert states()[2:] == [WAITING, OFFERED]  # before Aya, who named nobody's turn


def test_who_is_registered_already_learns_it_by_mail_alone(delegate, cast, mails, client):
    write(cast, 1)
    fresh, known = delegate("Aya", "Badr"), delegate("Chama", "Driss", email_1="p0@example.org")
    pages = [re.sub(r"Aya|Badr|Chama|Driss", "", client.get(each.location).text) for each in (fresh, known)]
    stand = [re.findall(r'<span class="state[^>]*>([^<]+)<', page) for page in pages]
    assert stand[1] == ["on the waiting list"] * 2
    assert [each.state.value for each in registrations()][-1] == "repeated"
    told = {mail["To"]: mail for mail in mails()}
    assert told["p0@example.org"]["Subject"].startswith("Vous êtes déjà inscrit")
    own = told["p0@example.org"].get_body(("plain",)).get_content()
    assert registrations()[0].receipt in own
    assert "already" not in told["ali@example.org"].as_string()


def test_nobody_comes_in_before_those_who_wait(delegate, cast, register):
    for name in "abc":
        register(name=name, email=f"{name}@example.org")
    change(cast, places=4)  # straight in the database: nobody has moved up yet
    delegate("Aya")
    assert states() == [CONFIRMED, CONFIRMED, WAITING, WAITING]


def test_who_was_declined_is_not_named_anew(delegate, cast, register, client):
    register()
    number = registrations()[0].id
    karim = cast.visitor(cast.karim)
    fill(karim, f"/en/manage/meetings/OR1/participants/{number}", act="decline", reason="Non")
    assert states() == [DECLINED]
    assert delegate("Nadia").status_code == 302
    assert states() == [DECLINED, "repeated"]


def test_a_wrong_receipt_opens_no_list(client, cast):
    assert client.get("/en/delegations/AAAA-AAAA-AAAA-AAAA").status_code == 404


def test_as_many_statements_for_two_as_for_five_delegates(delegate, client, statements, cast):
    few_page = delegate("Aya", "Badr").location
    with statements() as few:
        client.get(few_page)
    more = {f"name_{n}": f"N{n}" for n in range(5)} | {f"email_{n}": f"n{n}@example.org" for n in range(5)}
    many_page = delegate(**more).location
    assert len(registrations()) == 7
    with statements() as many:
        client.get(many_page)
    assert len(few) == len(many) <= 6


def test_the_code_of_a_delegation_opens_its_list(delegate, client):
    page = delegate("Aya").location
    code = page.rpartition("/")[2].replace("-", " ").lower()
    assert fill(client, "/en/receipts", code=code).location == page
