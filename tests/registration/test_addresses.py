"""A mistyped address loses no registration: the browser that sent the form corrects it. And a form that the
browser's Back brought, filled in for somebody else, registers somebody else.
"""

from __future__ import annotations

import pytest

from cocreation.places import emails
from cocreation.registration.refusals import AlreadyConfirmed, SentElsewhere, SentWithOtherAnswers
from tests.forms import _filled, csrf_token, fill, post_forms, press
from tests.mails import of, told
from tests.meeting_day import CONFIRMED, OFFERED, REGISTER, WAITING, change, link_for, registrations, states
from tests.words import errors, says

REPEATED = "repeated"


def test_the_address_is_corrected_where_it_was_sent(send, client, cast, mails):
    where = send(email="nadia@gmial.con").location
    assert 'value="nadia@gmail.com"' in client.get(where).text  # what was probably meant
    astray = link_for("nadia@gmial.con")
    assert fill(client, f"{where}/address", email="nadia@gmail.com").location == where
    assert "nadia@gmail.com" in client.get(where).text
    assert cast.visitor().get(astray).status_code == 404  # whoever got it cannot confirm
    link = link_for("nadia@gmail.com")
    assert press(client, link, link).location == where
    assert [(row.email, row.state) for row in registrations()] == [("nadia@gmail.com", CONFIRMED)]
    refused = client.post(f"{where}/address", data={"csrf_token": csrf_token(client), "email": "a@b.org"})
    assert says(refused, AlreadyConfirmed)
    assert "nadia@gmial.con" not in [row.email for row in registrations()]


def test_nobody_else_corrects_it(send, client, cast):
    where = send().location
    stranger = cast.visitor()
    assert f'href="{where}/address"' not in stranger.get(where).text
    assert stranger.get(f"{where}/address").location == where
    sent = {"csrf_token": csrf_token(stranger), "email": "mine@example.org"}
    assert says(stranger.post(f"{where}/address", data=sent), SentElsewhere)
    assert fill(client, f"{where}/address", email="nobody").status_code == 422
    assert registrations()[0].email == "nadia@example.org"


def test_an_address_that_is_registered_looks_like_any_other(send, register, client, cast, mails):
    """Corrected to an address that is known, and from one that is: the page says neither."""
    register(email="known@example.org")
    change(cast, places=9)
    with client.session_transaction() as cookie:
        cookie.pop("sendings")  # that was somebody else's browser
    person = {"name": "Nadia", "capacity": "citizen", "consent": "y"}
    to_known, from_known = (
        fill(client, REGISTER, email=email, **person).location
        for email in ("a@example.org", "known@example.org")
    )
    assert states() == [CONFIRMED, OFFERED, REPEATED]
    fill(client, f"{to_known}/address", email="known@example.org")
    fill(client, f"{from_known}/address", email="b@example.org")
    assert states() == [CONFIRMED, REPEATED, OFFERED]
    pages = [client.get(where) for where in (to_known, from_known)]
    assert [page.status_code for page in pages] == [200, 200]
    sent = mails()
    assert told(sent)[0] == ("b@example.org", emails.TO_CONFIRM.name)
    assert [mail["To"] for mail in of(emails.ALREADY, sent)] == ["known@example.org"]  # once a day


def test_where_the_last_place_went_meanwhile_it_waits(send, register, client, cast):
    register(email="known@example.org")
    change(cast, places=2)
    where = send(email="known@example.org").location
    other = {"name": "Karim", "email": "other@example.org", "capacity": "citizen", "consent": "y"}
    fill(cast.visitor(), REGISTER, **other)
    assert states() == [CONFIRMED, REPEATED, OFFERED]
    fill(client, f"{where}/address", email="b@example.org")
    assert states() == [CONFIRMED, WAITING, OFFERED]


def test_back_change_and_send_is_another_person(cast, client, mails):
    form = next(form for form in post_forms(client, REGISTER) if "capacity" in _filled(form))
    sent = {**_filled(form).to_dict(), "capacity": "citizen", "consent": "y"}
    first = {**sent, "name": "Nadia", "email": "nadia@example.org"}
    pages = [client.post(REGISTER, data=data).location for data in (first, first)]
    assert pages[0] == pages[1]  # pressed twice
    second = client.post(REGISTER, data={**first, "name": "Karim", "email": "karim@example.org"})
    assert "Karim" in client.get(second.location).text
    assert [row.name for row in registrations()] == ["Nadia", "Karim"]
    assert len(of(emails.TO_CONFIRM, mails())) == 2


@pytest.mark.parametrize("contact", [{"email": "nadia@example.org"}, {"phone": "0612345678"}])
def test_the_same_person_with_other_answers_is_told_so(cast, client, contact):
    """Nothing is changed in silence, and what was typed stays."""
    form = next(form for form in post_forms(client, REGISTER) if "capacity" in _filled(form))
    first = {**_filled(form).to_dict(), "name": "Nadia", "capacity": "citizen", "consent": "y", **contact}
    client.post(REGISTER, data=first)
    refused = client.post(REGISTER, data={**first, "association": "Les Amis"})
    assert (refused.status_code, errors(refused)) == (409, set())
    assert says(refused, SentWithOtherAnswers)
    assert 'value="Les Amis"' in refused.text
    assert len(registrations()) == 1
    anew = fill(client, REGISTER, **{"name": "Nadia", "capacity": "citizen", "consent": "y", **contact})
    assert says(anew, SentWithOtherAnswers)  # the form opened anew in the same browser
    assert (
        fill(cast.visitor(), REGISTER, name="N", capacity="citizen", consent="y", **contact).status_code
        == 302
    )


def test_the_organisers_tell_a_lost_code_to_who_gave_a_number_alone(send, cast):
    send(email="", phone="0612345678")
    send()
    karim = cast.visitor(cast.karim)
    by_phone, by_mail = registrations()
    pages = [
        karim.get(f"/en/manage/meetings/OR1/participants/{person.id}").text for person in (by_phone, by_mail)
    ]
    assert by_phone.receipt in pages[0]
    assert by_mail.receipt not in pages[1]


def test_another_language_has_as_many_rows_of_delegates(cast, client):
    page = client.get("/en/meetings/OR1/delegation?rows=10").text
    assert 'name="name_9"' in page
    assert 'href="/fr/meetings/OR1/delegation?rows=10"' in page
    assert 'name="name_49"' in client.get("/en/meetings/OR1/delegation?rows=99999999999999").text
