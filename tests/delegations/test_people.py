"""What an association does with the delegates it named: withdraw, replace, correct, remind."""

from __future__ import annotations

import pytest

from cocreation.delegations.emails import WITHDRAWN
from cocreation.delegations.refusals import NamedTwice, NotOnTheList, ReplacedEnough
from cocreation.delegations.services import people
from cocreation.places.emails import ALREADY, OFFERED as TO_OFFERED
from cocreation.places.models.registration import RegistrationState
from cocreation.registration.refusals import AlreadyConfirmed, LinksEnough
from cocreation.text.markup import isolate_text
from tests.desk import work
from tests.forms import csrf_token, fill, post_forms, press
from tests.html import texts
from tests.mails import of, text, told
from tests.meeting_day import CONFIRMED, OFFERED, WAITING, change, later, registrations, states, worded, write
from tests.words import says

REPEATED, CANCELLED = "repeated", "cancelled"


@pytest.fixture
def name(cast, client):
    """Register a delegation of these people; the address of its page."""

    def fill_in(*names: str, **fields: str) -> str:
        typed = {"association": "جمعية النور", "contact": "Ali", "email": "ali@example.org", "consent": "y"}
        for row, person in enumerate(names):
            typed |= {f"name_{row}": person, f"email_{row}": f"{person.lower()}@example.org"}
        return fill(client, "/en/meetings/OR1/delegation", **typed | fields).location

    return fill_in


def own(number: int) -> str:
    """The page of the registration of this number, from 0 on."""
    return f"/en/registrations/{registrations()[number].receipt}"


def test_one_who_is_withdrawn_is_told_and_the_place_goes_to_the_next(name, client, mails, register):
    page = name("Aya", "Badr")
    press(client, own(0), "/accept")
    register(name="C", email="c@example.org")
    assert press(client, page, "/1/withdraw").location == page
    assert states() == [CANCELLED, OFFERED, OFFERED]
    assert [mail["To"] for mail in of(WITHDRAWN, mails())] == ["aya@example.org"]
    again = client.post(f"{page}/1/withdraw", data={"csrf_token": csrf_token(client)})
    assert says(again, NotOnTheList)
    assert client.get(f"{page}/1/replace").status_code == 409
    assert client.get(f"{page}/3/replace").status_code == 404
    assert client.get(f"{page}/0/replace").status_code == 404


def test_another_person_takes_the_same_place(name, client, mails, register, monkeypatch):
    page = name("Aya", "Badr")
    press(client, own(0), "/accept")
    register(name="C", email="c@example.org")  # waits, and goes on waiting
    who = {"name": "Driss", "email": "driss@example.org", "consent": "y"}
    assert fill(client, f"{page}/1/replace", **who | {"consent": None}).status_code == 422
    twice = fill(client, f"{page}/1/replace", **who | {"email": "badr@example.org"})
    assert says(twice, NamedTwice, other="Badr")
    assert states() == [CONFIRMED, OFFERED, WAITING]
    with later(minutes=1):
        assert fill(client, f"{page}/1/replace", **who).location == page
        sent = mails()
    assert states() == [CANCELLED, OFFERED, WAITING, OFFERED]
    assert [mail["To"] for mail in of(WITHDRAWN, sent)] == ["aya@example.org"]
    [own_mail] = [mail for mail in of(TO_OFFERED, sent) if mail["To"] == "driss@example.org"]
    assert registrations()[3].receipt in text(own_mail)
    assert not any(word in own_mail.as_string() for word in ("النور", "Driss", "Aya"))
    assert press(client, own(3), "/accept").status_code == 302
    assert states()[3] == CONFIRMED
    monkeypatch.setattr(people, "REPLACED_A_DAY", 1)
    with later(minutes=2):
        more = fill(client, f"{page}/2/replace", **who | {"email": "e@example.org"})
        assert says(more, ReplacedEnough)
    assert states()[1] == OFFERED


def test_a_mistyped_address_is_corrected_and_the_old_mail_opens_nothing(name, client, mails):
    page = name("Aya", "Badr")
    astray = own(0)
    assert "aya@example.org" in client.get(page).text
    assert fill(client, f"{page}/1/address", email="aya@other.example").location == page
    assert client.get(astray).status_code == 404
    assert ("aya@other.example", TO_OFFERED.name) in told(mails())
    assert ("aya@example.org", TO_OFFERED.name) not in told(mails())  # it had not left
    assert press(client, own(0), "/accept").status_code == 302
    assert says(client.get(f"{page}/1/address"), AlreadyConfirmed)
    assert says(fill(client, f"{page}/2/address", email="aya@other.example"), NamedTwice, other="Aya")
    # Unchanged, the mail is sent again; a few times a day.
    with later(seconds=30):
        assert fill(client, f"{page}/2/address", email="badr@example.org").location == page
    with later(minutes=1):
        assert fill(client, f"{page}/2/address", email="badr@example.org").location == page
    with later(minutes=2):
        refused = fill(client, f"{page}/2/address", email="badr@example.org")
        assert says(refused, LinksEnough)
        assert [mail["To"] for mail in of(TO_OFFERED, mails())].count("badr@example.org") == 3


def test_one_button_reminds_all_who_have_not_answered(name, client, mails, app):
    page = name("Aya", "Badr", "Chama")
    press(client, own(0), "/accept")
    mails()
    for minutes, count in ((1, 2), (2, 2)):
        with later(minutes=minutes):
            assert says(client.get(page), "Remind %(count)s people who have not answered", count=count)
            assert press(client, page, "/remind").location == page
    with later(minutes=3):
        assert not any(form.get("action", "").endswith("/remind") for form in post_forms(client, page))
        refused = client.post(f"{page}/remind", data={"csrf_token": csrf_token(client)})
        assert says(refused, LinksEnough)
        addresses = [address for address, _ in told(mails())]
    assert [addresses.count(f"{who}@example.org") for who in ("aya", "badr", "chama")] == [2, 3, 3]
    with later(days=21):
        work(app)
        assert not post_forms(client, page)


def test_an_address_that_is_registered_looks_like_any_other(name, client, cast, mails):
    """Named, reminded, replaced, corrected and withdrawn: the page shows the same."""
    write(cast, 1)
    change(cast, places=9)
    fresh, repeated = name("Aya", "Badr"), name("Chama", "Driss", email_0="p0@example.org")

    def shown() -> list[list[str]]:
        return [texts(client.get(page).text, ".state, .post-button") for page in (fresh, repeated)]

    assert shown()[0] == shown()[1]
    assert states()[3] == REPEATED
    assert [press(client, page, "/remind").status_code for page in (fresh, repeated)] == [302, 302]
    assert shown()[0] == shown()[1]
    for page, letter in ((fresh, "e"), (repeated, "f")):
        # The second of each becomes one who is registered, the first, who was, somebody new.
        assert fill(client, f"{page}/1/address", email=f"{letter}@example.org").location == page
    assert fill(client, f"{fresh}/2/address", email="g@example.org").location == fresh
    assert fill(client, f"{repeated}/2/address", email="p0@example.org").location == repeated
    assert shown()[0] == shown()[1]
    assert states()[1:] == [OFFERED, OFFERED, OFFERED, REPEATED]
    for page, letter in ((fresh, "h"), (repeated, "i")):
        who = {"name": "New", "email": f"{letter}@example.org", "consent": "y"}
        assert fill(client, f"{page}/2/replace", **who).location == page
    who = {"name": "New", "consent": "y"}
    fill(client, f"{fresh}/1/replace", **who, email="j@example.org")
    fill(client, f"{repeated}/1/replace", **who, email="p0@example.org")
    assert shown()[0] == shown()[1]
    assert states()[-1] == REPEATED
    assert [mail["To"] for mail in of(ALREADY, mails())] == ["p0@example.org"]  # once a day
    assert WITHDRAWN.name not in [kind for address, kind in told(mails()) if address == "p0@example.org"]
    assert [press(client, page, "/4/withdraw").status_code for page in (fresh, repeated)] == [302, 302]
    assert shown()[0] == shown()[1]


@pytest.mark.parametrize("address", ["x@example.org", "p0@example.org"])
def test_in_a_full_room_too_an_address_that_is_registered_looks_like_any_other(
    name, client, cast, register, address
):
    """Its place is held like those of the others: neither who comes next nor who is named instead tells."""
    write(cast, 1)
    change(cast, places=4)
    page = name("X", "Y", "Z", "Last", email_0=address)
    register(name="W", email="w@example.org")
    offered, waiting, cancelled = (
        worded(state.label)
        for state in (RegistrationState.OFFERED, RegistrationState.WAITING, RegistrationState.CANCELLED)
    )
    assert texts(client.get(page).text, ".state") == [offered, offered, offered, waiting]
    assert states()[-1] == WAITING
    who = {"name": "New", "consent": "y"}
    assert fill(client, f"{page}/1/replace", **who, email="new@example.org").location == page
    assert fill(client, f"{page}/2/replace", **who, email=address).location == page
    assert fill(client, f"{page}/6/address", email="newer@example.org").location == page
    listed = [cancelled, cancelled, offered, waiting, offered, offered]
    assert texts(client.get(page).text, ".state") == listed
    assert states()[5:] == [WAITING, OFFERED, OFFERED]


def test_a_place_held_for_nothing_goes_to_who_waits_like_any_other(name, client, cast, register, app):
    write(cast, 1)
    change(cast, places=3)
    name("Chama", "Driss", email_0="p0@example.org")
    assert states() == [CONFIRMED, REPEATED, OFFERED]
    register(name="W", email="w@example.org")
    assert states()[3] == WAITING
    with later(hours=25):
        work(app)
    assert states() == [CONFIRMED, REPEATED, OFFERED, OFFERED]
    assert registrations()[1].shown_as == RegistrationState.WAITING


def _withdraw(client, page: str, **answer: str):
    return client.post(f"{page}/1/withdraw", data={"csrf_token": csrf_token(client), **answer})


def test_withdrawing_is_asked_about_and_says_where_the_place_goes(name, client, cast, register):
    page = name("Aya", "Badr", "Chama")
    asked = _withdraw(client, page)
    assert asked.status_code == 200
    assert says(asked, "Withdraw %(name)s?", name=isolate_text("Aya"))
    assert says(asked, "They are told, and the place is free again.")
    waits = client.post(f"{page}/3/withdraw", data={"csrf_token": csrf_token(client)})
    assert says(waits, "They are told, and leave the waiting list.")
    register(name="C", email="c@example.org")
    assert says(_withdraw(client, page), "They are told, and the place goes to the next who waits.")
    assert _withdraw(client, page, confirmed="no").location == page
    assert client.get(f"{page}/1/withdraw").location == page  # in another language the question is gone
    assert states()[0] == OFFERED
    assert _withdraw(client, page, confirmed="1").location == page
    assert states()[0] == CANCELLED


def test_reminding_is_asked_about_with_the_number(name, client):
    page = name("Aya", "Badr")
    token = {"csrf_token": csrf_token(client)}
    asked = client.post(f"{page}/remind", data=token)
    assert says(asked, "Write once more to %(count)s people who have not answered?", count=2)
    assert client.post(f"{page}/remind", data=token | {"confirmed": "no"}).location == page
    assert client.get(f"{page}/remind").location == page
    press(client, own(0), "/accept")
    again = client.post(f"{page}/remind", data=token | {"confirmed": "2"})  # another number meanwhile
    assert says(again, "Write once more to %(count)s person who has not answered?", count=1)
    assert client.post(f"{page}/remind", data=token | {"confirmed": "1"}).status_code == 302
