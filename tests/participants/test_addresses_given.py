"""Who registered by telephone alone tells the organisers an address later: the receipt is sent to it."""

from __future__ import annotations

import pytest

from cocreation.meetings.models.meeting import ByPhone
from cocreation.participants.refusals import AddressConfirmed, AddressTaken
from cocreation.places.emails import CONFIRMED as TO_CONFIRMED
from cocreation.places.models.confirmation import Confirmation
from tests.forms import csrf_token, fill
from tests.mails import of, text
from tests.meeting_day import CONFIRMED, change, later, registrations, states
from tests.words import says

DESK = "/en/manage/meetings/OR1/participants"


def page_of(number: int) -> str:
    return f"{DESK}/{registrations()[number].id}"


@pytest.mark.parametrize("by_phone", [ByPhone.COUNTED, ByPhone.CALLED])
def test_the_receipt_is_sent_to_the_address_told(send, cast, karim, mails, client, by_phone):
    change(cast, by_phone=by_phone)
    send(email="", phone="0612345678")
    page = page_of(0)
    shown = karim.get(page).text
    assert registrations()[0].receipt in shown
    assert f"{page}/address" in shown
    assert fill(karim, f"{page}/address", email="Nadia@Example.org").location == page
    [person] = registrations()
    assert (person.email, person.confirmed_by) == ("nadia@example.org", Confirmation.CALL)
    assert states() == [CONFIRMED]
    [told] = of(TO_CONFIRMED, mails())
    assert told["To"] == "nadia@example.org"
    assert person.receipt in text(told)
    # Misheard: another one, and the first mail opens nothing any more.
    with later(minutes=1):
        assert fill(karim, f"{page}/address", email="nadya@example.org").location == page
        assert [mail["To"] for mail in of(TO_CONFIRMED, mails())] == [
            "nadya@example.org",
            "nadia@example.org",
        ]
    assert client.get(f"/en/registrations/{person.receipt}").status_code == 404
    assert client.get(f"/en/registrations/{registrations()[0].receipt}").status_code == 200


def test_an_address_of_somebody_else_and_one_that_is_confirmed_are_refused(send, register, cast, karim):
    send(email="", phone="0612345678")
    register(email="other@example.org")
    taken = fill(karim, f"{page_of(0)}/address", email="other@example.org")
    assert taken.status_code == 409
    assert says(taken, AddressTaken)
    assert registrations()[0].email is None
    data = {"csrf_token": csrf_token(karim), "email": "x@example.org"}
    refused = karim.post(f"{page_of(1)}/address", data=data)
    assert refused.status_code == 409
    assert says(refused, AddressConfirmed)
    assert f"{page_of(1)}/address" not in karim.get(page_of(1)).text
