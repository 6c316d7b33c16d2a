"""One association registers several people: all or nobody, and each decides by their own link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cocreation.core.database import session
from cocreation.delegations.emails import DELEGATION
from cocreation.delegations.refusals import NamedTwice, NoDelegateNamed
from cocreation.meetings.refusals import RegistrationClosed, RegistrationNotOpen
from cocreation.places.emails import ALREADY, CONFIRM_SOON, YIELDED
from cocreation.places.models.registration import Delegation, EntryChannel, RegistrationState
from cocreation.portal.receipt.page import TITLES
from cocreation.registration.refusals import TooManyOfOneAssociation
from tests.cast import THEN
from tests.desk import work
from tests.forms import fill, press
from tests.html import texts
from tests.mails import kind, of, tells, text, told
from tests.meeting_day import (
    CALLED_OFF_ON,
    CONFIRMED,
    DECLINED,
    OFFERED,
    OVER,
    WAITING,
    change,
    has_turn,
    later,
    registrations,
    states,
    worded,
    write,
)
from tests.registration.test_alike import RECEIPT
from tests.words import errors, refuses, says

FORM = "/en/meetings/OR1/delegation"
# What pages and mails say of it, as the code has it.
NAMED = "An association has named you for this meeting. Only you decide whether to come."
NAMED_BY = "%(association)s has named you for this meeting. Only you decide whether to come."
TURN_TO_COME = "You have a turn from the moment you say on your page that you wish to come."
REGISTERED = (
    "%(count)s people were registered for this meeting in the name of an association, with your address:"
)
EACH_ANSWERS = "Each person has a mail with their own link and answers there. Here you see who answered what."
HELD = (
    "A place is held for you. From %(moment)s on it goes to somebody who waits for one; "
    "while nobody waits, it stays held for you until registration closes."
)
PLACE_IS_YOURS = "The place is yours. We look forward to meeting you."


@pytest.fixture
def delegate(cast, client):
    """Fill in the form of a delegation with these names; their addresses come of them. The answer."""

    def fill_in(*names: str, **fields):
        defaults = {
            "association": "جمعية النور",
            "contact": "Ali",
            "email": "ali@example.org",
            "consent": "y",
        }
        for row, name in enumerate(names):
            defaults |= {f"name_{row}": name, f"email_{row}": f"{name.lower()}@example.org"}
        return fill(client, FORM, **defaults | fields)

    return fill_in


def test_each_has_a_place_held_and_those_too_many_a_turn(delegate, client, mails):
    answer = delegate("Aya", "Badr", "Chama")
    assert answer.status_code == 302
    assert states() == [OFFERED, OFFERED, WAITING]
    people = registrations()
    assert [person.entry for person in people] == [EntryChannel.DELEGATION] * 3
    assert (people[0].answer_by, people[0].yields_at) == (None, THEN + timedelta(hours=24))
    assert people[0].association == "جمعية النور"
    page = client.get(answer.location).text
    assert [name in page for name in ("Aya", "Badr", "Chama", "جمعية النور")] == [True] * 4
    assert not any(person.receipt in page for person in people)
    told = {mail["To"]: mail for mail in mails()}
    assert set(told) == {"ali@example.org", "aya@example.org", "badr@example.org", "chama@example.org"}
    assert tells(told["aya@example.org"], NAMED)
    assert people[0].receipt in text(told["aya@example.org"])
    assert tells(told["chama@example.org"], TURN_TO_COME)
    own = told["ali@example.org"]
    assert tells(own, REGISTERED, count=3)
    assert not any(word in mail.as_string() for mail in told.values() for word in ("النور", "Aya", "Ali"))
    assert answer.location.rpartition("/")[2] in text(own)


def test_who_answered_what_is_on_the_page_of_the_association(delegate, client, app):
    page = delegate("Aya", "Badr", "Chama").location
    own = [f"/en/registrations/{registration.receipt}" for registration in registrations()]
    assert says(client.get(own[0]), NAMED_BY)
    accepted = press(client, own[0], "/accept")
    assert accepted.status_code == 302
    assert says(client.get(accepted.location), PLACE_IS_YOURS)
    assert press(client, own[1], "/cancel").status_code == 302
    assert states() == [CONFIRMED, "cancelled", OFFERED]
    stand = (RegistrationState.CONFIRMED, RegistrationState.CANCELLED, RegistrationState.OFFERED)
    assert texts(client.get(page).text, ".state") == [worded(state.label) for state in stand]
    with later(days=9):
        work(app)  # nobody waits, so that the place stays
        assert says(client.get(own[2]), TITLES[RegistrationState.OFFERED])
        assert press(client, own[2], "/accept").status_code == 302
    assert states() == [CONFIRMED, "cancelled", CONFIRMED]


def test_a_delegate_yields_to_who_confirmed_and_waits_and_is_told(delegate, register, app, mails):
    delegate("Aya", "Badr")
    register(name="C", email="c@example.org")
    with later(hours=23):
        work(app)
        assert states() == [OFFERED, OFFERED, WAITING]
    with later(hours=25):
        work(app)
        assert states() == [WAITING, OFFERED, OFFERED]
        sent = told(mails())
        assert ("aya@example.org", YIELDED.name) in sent
        assert sent.count(("badr@example.org", CONFIRM_SOON.name)) == 1


def test_the_list_says_that_the_meeting_is_over_or_called_off(delegate, client, cast):
    page = delegate("Aya").location
    offered = worded(RegistrationState.OFFERED.label)
    answer = client.get(page)
    assert says(answer, EACH_ANSWERS)
    assert texts(answer.text, ".row-meta .state") == [offered]
    with later(days=21):
        assert says(client.get(page), OVER)
    change(cast, cancelled_at=THEN)
    answer = client.get(page)
    assert says(answer, CALLED_OFF_ON)
    assert texts(answer.text, ".row-meta .state") == [offered]
    assert not says(answer, EACH_ANSWERS)


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
    assert [registration.email for registration in registrations()] == ["aya@example.org", "badr@example.org"]


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"email_1": "AYA@example.org"}, NamedTwice.sentence.filled(other="Aya")),
        ({"email_1": ""}, {"email_1"}),
        ({"name_1": ""}, {"name_1"}),
        ({"email_1": "nobody@"}, {"email_1"}),
        ({"name_1": "b" * 201}, {"name_1"}),
        ({"association": ""}, {"association"}),
        ({"email": "ali"}, {"email"}),
        ({"consent": None}, {"consent"}),
    ],
)
def test_one_bad_row_registers_nobody_and_is_named(delegate, cast, fields, because):
    write(cast, 1)
    answer = delegate("Aya", "Badr", **fields)
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert 'value="Aya"' in answer.text
    assert len(registrations()) == 1
    assert session.query(Delegation).count() == 0


def test_the_error_of_a_row_stands_at_that_row(delegate, cast):
    assert errors(delegate("Aya", email_3="aya@example.org", name_3="P")) == {"email_3"}


def test_nobody_named(delegate):
    answer = delegate()
    assert answer.status_code == 422
    assert says(answer, NoDelegateNamed)


def test_no_more_than_one_association_may_bring(delegate, cast):
    change(cast, most_per_association=2)
    answer = delegate("Aya", "Badr", "Chama")
    assert answer.status_code == 409
    assert says(answer, TooManyOfOneAssociation, count=2, there=0, left=2)
    assert states() == []
    assert delegate("Aya").status_code == 302
    answer = delegate("Badr", "Chama")
    assert answer.status_code == 409
    assert says(answer, TooManyOfOneAssociation, count=2, there=1, left=1)
    assert delegate("Badr").status_code == 302


def test_the_form_sent_twice_registers_once(delegate, client, cast):
    once = re.search(r'name="once"[^>]* value="([^"]+)"', client.get(FORM).text)[1]
    answers = [delegate("Aya", "Badr", once=once) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(registrations()) == 2


def test_a_name_cannot_turn_text_round(delegate):
    delegate("Aya", name_0="A\u202eya\u2066")
    assert registrations()[0].name == "Aya"


@pytest.mark.parametrize(("days", "refusal"), [(-5.5, RegistrationNotOpen), (11, RegistrationClosed)])
def test_outside_the_window_nobody(delegate, client, days, refusal, cast):
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
        assert says(answer, refusal)
    assert states() == []


def test_too_near_to_ask_a_place_is_held_all_the_same(delegate, cast, client, app):
    """An address nobody has confirmed is sent no way in, however near the meeting."""
    change(cast, registration_closes_at=cast.meeting.starts_at)
    with later(days=19, hours=20):
        delegate("Aya")
        work(app)
        [person] = registrations()
        assert (person.state.value, person.answer_by) == (OFFERED, None)
        own = f"/en/registrations/{person.receipt}"
        assert says(client.get(own), HELD)
        assert press(client, own, "/accept").status_code == 302
    assert states() == [CONFIRMED]


def test_the_name_of_a_verified_association_is_said(delegate, cast, mails):
    delegate("Aya", association=cast.association.name)
    told = {mail["To"]: mail for mail in mails()}
    assert tells(told["aya@example.org"], NAMED_BY, association=cast.association.name)


def test_who_waits_has_a_turn_once_they_say_so(delegate, client, cast):
    write(cast, 2)
    delegate("Aya", "Badr")
    own = [f"/en/registrations/{registration.receipt}" for registration in registrations()[2:]]
    assert not has_turn(client.get(own[1]))
    assert press(client, own[1], "/accept").status_code == 302
    page = client.get(own[1])
    assert has_turn(page, 1)
    assert says(page, "You have a turn on the waiting list.")
    assert not says(page, PLACE_IS_YOURS)
    press(client, f"/en/registrations/{registrations()[0].receipt}", "/cancel")
    assert states()[2:] == [WAITING, OFFERED]  # before Aya, who named nobody's turn


def test_who_is_registered_already_learns_it_by_mail_alone(delegate, cast, mails, client):
    write(cast, 1)
    fresh, repeated = delegate("Aya", "Badr"), delegate("Chama", "Driss", email_1="p0@example.org")
    pages = [
        re.sub(r"Aya|Badr|Chama|Driss", "", client.get(answer.location).text) for answer in (fresh, repeated)
    ]
    assert texts(pages[1], ".state") == [worded(RegistrationState.WAITING.label)] * 2
    assert [registration.state.value for registration in registrations()][-1] == "repeated"
    sent = mails()
    [own] = [mail for mail in sent if mail["To"] == "p0@example.org"]
    assert kind(own) == ALREADY.name
    assert registrations()[0].receipt in text(own)
    # The association is told the same of both.
    told = [re.sub(RECEIPT, "", text(mail)) for mail in of(DELEGATION, sent)]
    assert told == [told[0]] * 2
    assert {mail["To"] for mail in sent if kind(mail) == DELEGATION.name} == {"ali@example.org"}
    assert len([mail for mail in sent if mail["To"] == "ali@example.org"]) == 2


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
