"""An association asks for help to come for those it has named: a request of each, decided one by one."""

from __future__ import annotations

import pytest

from cocreation.core.database import session
from cocreation.delegations.emails import HELP_ASKED, HELP_DECIDED
from cocreation.delegations.pages import ANSWERS_FIRST, ASKED_THEMSELVES, HELP
from cocreation.places.models.registration import Delegation
from cocreation.travel_support.emails import (
    TRAVEL_SUPPORT_ASKED,
    TRAVEL_SUPPORT_GRANTED,
    TRAVEL_SUPPORT_TAKEN_BACK,
)
from cocreation.travel_support.models import TravelSupportState
from cocreation.travel_support.refusals import (
    MoreThanThereIs,
    NoRequestToTakeBack,
    NotForThem,
    TravelSupportClosed,
)
from tests.forms import csrf_token, fill, post_forms, press
from tests.html import parse, texts
from tests.mails import of
from tests.meeting_day import change, later, registrations, worded, write
from tests.travel_support.requests import DESK, FIGUIG, ask as ask_oneself, requests
from tests.words import errors, says

REQUESTED, GRANTED = TravelSupportState.REQUESTED, TravelSupportState.GRANTED
REFUSED, WITHDRAWN = TravelSupportState.REFUSED, TravelSupportState.WITHDRAWN


@pytest.fixture
def page(offered, cast, client):
    """The page of a delegation of four: the first two have said that they come, the last was withdrawn."""
    change(cast, places=50)
    typed = {"association": "جمعية النور", "contact": "Ali", "email": "ali@example.org", "consent": "y"}
    for row, person in enumerate(("Aya", "Badr", "Chama", "Driss")):
        typed |= {f"name_{row}": person, f"email_{row}": f"{person.lower()}@example.org"}
    address = fill(client, "/en/meetings/OR1/delegation", **typed).location
    for number in (0, 1):
        press(client, own(number), "/accept")
    press(client, address, "/4/withdraw")
    return address


def own(number: int) -> str:
    return f"/en/registrations/{registrations()[number].receipt}"


def ask(client, page: str, **typed: object):
    what = {"province": FIGUIG, "nights": "1", "tickets": "1", "sentence": "C’est loin", "consent": "y"}
    return fill(client, f"{page}/help", **what | typed)


def states() -> list[TravelSupportState]:
    return [request.state for request in requests()]


def chosen(client, page: str) -> list[str]:
    """Whom the form has, ticked."""
    boxes = parse(client.get(f"{page}/help").text).iter("input")
    return [
        box.get("value", "")
        for box in boxes
        if box.get("name") == "delegates" and box.get("checked") is not None
    ]


def test_one_form_asks_for_all_and_the_association_is_told_once(page, client, mails):
    assert chosen(client, page) == ["1", "2", "3"]
    mails()
    assert ask(client, page, facts=["student"]).location == page
    assert states() == [REQUESTED] * 3
    [delegation] = session.query(Delegation)
    for request in requests():
        assert request.delegation_id == delegation.id
        assert (request.nights, request.tickets, request.facts) == (1, 1, {"student": True})
        assert (request.province_code, request.sentence) == (FIGUIG, "C’est loin")
    sent = mails()
    assert [mail["To"] for mail in of(HELP_ASKED, sent)] == ["ali@example.org"]
    told = sorted(mail["To"] for mail in of(TRAVEL_SUPPORT_ASKED, sent))
    assert told == ["aya@example.org", "badr@example.org"]  # the other has not answered: nobody writes twice
    shown = texts(client.get(page).text, ".row-meta .state")
    waits, first = worded(HELP[REQUESTED][1]), worded(ANSWERS_FIRST[1])
    assert [words for words in shown if words in (waits, first)] == [waits, waits, first]


def test_those_who_are_chosen(page, client):
    assert ask(client, page, delegates=["2"]).location == page
    assert [request.registration_id for request in requests()] == [registrations()[1].id]
    assert chosen(client, page) == ["1", "3"]
    nobody = ask(client, page, delegates=[])
    assert nobody.status_code == 422
    assert errors(nobody) == {"delegates"}
    assert len(requests()) == 1


@pytest.mark.parametrize(
    ("delegates", "names"), [(["1", "2"], "Badr"), (["3", "4"], "Driss"), (["2", "4"], "Badr, Driss")]
)
def test_who_was_withdrawn_or_is_asked_for_is_named_and_nothing_is_sent(page, client, delegates, names):
    ask(client, page, delegates=["2"])
    refused = ask(client, page, delegates=delegates)
    assert refused.status_code == 409
    assert says(refused, NotForThem, names=names)
    assert len(requests()) == 1


def test_the_rules_are_those_of_ones_own_request(page, client):
    assert ask(client, page, consent=None).status_code == 422
    assert ask(client, page, province="").status_code == 422
    assert says(ask(client, page, nights="9"), MoreThanThereIs, nights=3, tickets=2)
    assert client.get(f"{page}/help".replace("/en/", "/fr/")).status_code == 200
    with later(days=10, hours=15):  # the day after the last one
        assert not post_forms(client, f"{page}/help")
        assert not any("/help" in str(link.get("href")) for link in parse(client.get(page).text).iter("a"))
    token = {"csrf_token": csrf_token(client), "province": FIGUIG, "nights": "1", "tickets": "1"}
    with later(days=11):
        late = client.post(f"{page}/help", data=token | {"sentence": "x", "consent": "y", "delegates": ["1"]})
        assert late.status_code == 409
        assert says(late, TravelSupportClosed)
    assert states() == []


def test_organisers_see_that_they_came_together_and_decide_on_those_who_answered(page, client, karim, mails):
    ask(client, page)
    aya, badr, chama = (request.registration_id for request in requests())
    listed = karim.get(DESK).text
    assert [f'value="{number}"' in listed for number in (aya, badr, chama)] == [True, True, False]
    assert listed.count("جمعية النور") == 2
    of_aya = karim.get(f"{DESK}/{aya}").text
    assert f"{DESK}/{badr}" in of_aya
    assert f"{DESK}/{chama}" not in of_aya
    assert fill(karim, DESK, chosen=[str(aya), str(badr)], act="grant").status_code == 302
    press(client, own(2), "/accept")
    with later(minutes=1):
        assert fill(karim, f"{DESK}/{chama}", act="refuse", reason="Plus de place").status_code == 302
    assert states() == [GRANTED, GRANTED, REFUSED]
    with later(minutes=2):
        sent = mails()
    assert sorted(mail["To"] for mail in of(TRAVEL_SUPPORT_GRANTED, sent)) == [
        "aya@example.org",
        "badr@example.org",
    ]
    assert [mail["To"] for mail in of(HELP_DECIDED, sent)] == ["ali@example.org"] * 2  # once for each act
    shown = texts(client.get(page).text, ".row-meta .state")
    granted, refused = worded(HELP[GRANTED][1]), worded(HELP[REFUSED][1])
    assert [words for words in shown if words in (granted, refused)] == [granted, granted, refused]
    assert "Plus de place" not in client.get(page).text  # the reason is the person's


def test_what_is_not_decided_is_taken_back_for_one_or_for_all(page, client, karim, mails):
    ask(client, page)
    aya = requests()[0].registration_id
    fill(karim, DESK, chosen=[str(aya)], act="grant")
    assert press(client, page, "/help/withdraw").location == page  # the button for all
    assert states() == [GRANTED, WITHDRAWN, WITHDRAWN]
    assert [request.sentence for request in requests()[1:]] == ["", ""]
    assert [mail["To"] for mail in of(TRAVEL_SUPPORT_TAKEN_BACK, mails())] == ["badr@example.org"]
    token = {"csrf_token": csrf_token(client)}
    assert says(client.post(f"{page}/help/withdraw", data=token), NoRequestToTakeBack)
    assert ask(client, page).location == page
    asked = client.post(f"{page}/help/withdraw", data=token | {"number": "3"})
    assert asked.status_code == 200
    assert client.post(f"{page}/help/withdraw", data=token | {"number": "3", "confirmed": "no"}).location
    assert states() == [GRANTED, REQUESTED, REQUESTED]
    assert client.post(f"{page}/help/withdraw", data=token | {"number": "3", "confirmed": "1"}).location
    assert states() == [GRANTED, REQUESTED, WITHDRAWN]


def test_what_somebody_asked_for_by_themselves_is_theirs(page, client, karim):
    ask_oneself(client, f"{own(0)}/support")
    assert chosen(client, page) == ["2", "3"]
    themselves = worded(ASKED_THEMSELVES[1])
    assert texts(client.get(page).text, ".row-meta .state").count(themselves) == 1
    fill(karim, DESK, chosen=[str(requests()[0].registration_id)], act="grant")
    assert texts(client.get(page).text, ".row-meta .state").count(themselves) == 1
    assert not any("/help/withdraw" in form.get("action", "") for form in post_forms(client, page))


def test_a_delegate_who_is_withdrawn_takes_the_request_along(page, client):
    ask(client, page)
    press(client, page, "/1/withdraw")
    assert states() == [WITHDRAWN, REQUESTED, REQUESTED]


def test_an_address_that_is_registered_looks_like_one_that_has_not_answered(page, client, cast, karim):
    write(cast, 1)
    fill(client, f"{page}/3/replace", name="New", email="p0@example.org", consent="y")
    assert chosen(client, page) == ["1", "2", "5"]
    ask(client, page)
    shown = texts(client.get(page).text, ".row-meta .state")
    assert shown.count(worded(ANSWERS_FIRST[1])) == 1
    number = requests()[-1].registration_id
    assert f'value="{number}"' not in karim.get(DESK).text


def test_as_many_statements_for_two_as_for_three(page, client, statements):
    ask(client, page, delegates=["1", "2"])
    with statements() as few:
        client.get(page)
        client.get(f"{page}/help")
    ask(client, page, delegates=["3"])
    with statements() as many:
        client.get(page)
        client.get(f"{page}/help")
    assert len(few) == len(many)
