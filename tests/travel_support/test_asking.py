"""Asking for help with transport and lodging, and what is not asked."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest

from cocreation.core import clock
from cocreation.travel_support.services import requests as travel_support_requests
from tests.cast import THEN
from tests.forms import fill, fill_later, press
from tests.meeting_day import change, later, offer_help
from tests.travel_support.requests import FIGUIG, PDF, RABAT, RIGHT, ask, proofs, requests


def test_somebody_asks_from_their_receipt(receipt, client):
    page = client.get(receipt.removesuffix("/support")).text
    assert "Ask for help to come" in page
    form = client.get(receipt).text
    assert "student" in form
    assert "disability" not in form  # it does not count here, so it is not asked
    files = [(io.BytesIO(PDF), "preuve.pdf")]
    assert ask(client, receipt, facts=["student"], proofs=files).status_code == 302
    (one,) = requests()
    assert (one.province_code, one.nights, one.tickets, one.facts) == (FIGUIG, 1, 1, {"student": True})
    assert proofs() == 1
    page = client.get(receipt.removesuffix("/support")).text
    assert "The organisers will decide" in page
    assert "Ask for help to come" not in page


def test_asking_twice_changes_nothing(receipt, client):
    token = fill_later(client, receipt)
    ask(client, receipt)
    answer = client.post(
        receipt, data={**token, "province": RABAT, "nights": "3", "tickets": "0", "sentence": "x"}
    )
    assert answer.status_code == 409
    assert "You have already asked for help" in answer.text
    assert [each.province_code for each in requests()] == [FIGUIG]


def test_who_has_cancelled_cannot_ask(receipt, client):
    token = fill_later(client, receipt)
    press(client, receipt.removesuffix("/support"), "/cancel")
    answer = client.post(
        receipt, data={**token, "province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
    )
    assert answer.status_code == 409
    assert "Only somebody who is registered" in answer.text
    assert requests() == []


def test_nobody_is_asked_to_fill_in_what_would_be_refused(receipt, client, cast):
    page = receipt.removesuffix("/support")
    with later(days=21):
        _only_says(client, receipt, "This meeting is over")
    press(client, page, "/cancel")
    _only_says(client, receipt, "Only somebody who is registered")
    change(cast, cancelled_at=THEN)
    _only_says(client, receipt, "This meeting was called off on")


def _only_says(client, url, sentence):
    text = client.get(url).text
    assert sentence in text
    assert 'name="province"' not in text


def test_the_public_page_of_a_meeting_called_off_or_over(offered, client, cast):
    page, meeting = "/en/meetings/OR1/support", "/en/meetings/OR1"
    assert "can ask for help until" in client.get(page).text
    assert page in client.get(meeting).text
    with later(days=21):
        assert "This meeting is over" in client.get(page).text
    change(cast, cancelled_at=THEN)
    text = client.get(page).text
    assert "This meeting was called off on" in text
    assert "can ask for help until" not in text
    assert page not in client.get(meeting).text


def test_after_the_closing_day_nobody_asks(receipt, client):
    token = fill_later(client, receipt)
    with later(days=10, hours=14, minutes=30):  # still that day in Morocco
        assert "province" in client.get(receipt).text
    with later(days=11):
        assert "Help could be asked for until" in client.get(receipt).text
        answer = client.post(receipt, data={**token, **RIGHT})
    assert answer.status_code == 409
    assert requests() == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"nights": "0", "tickets": "0"}, "Say how many nights or tickets you need"),
        ({"nights": "4"}, "There are 3 nights and 2 tickets in all"),
        ({"nights": "-1"}, "Give a number from 0 to 100000."),
        ({"nights": "deux"}, "Please type a whole number."),
        ({"sentence": " "}, "Please fill this in"),
        ({"province": ""}, "Please fill this in"),
    ],
)
def test_what_makes_no_sense_is_not_asked(receipt, client, given, sentence):
    answer = ask(client, receipt, **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert requests() == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ar", "المرجو إدخال عدد صحيح."), ("fr", "Veuillez saisir un nombre entier.")],
)
def test_what_is_no_number_is_said_once(receipt, client, language, sentence):
    page = ask(client, receipt.replace("/en/", f"/{language}/"), nights="x").text
    error = page.split('id="nights-error"')[1].split("</p>")[0]
    assert error.endswith(f"</span> {sentence}")


@pytest.mark.parametrize(
    ("there", "gone", "told", "refused"),
    [
        ((3, 0), "tickets", "lodging for the whole meeting: 3.", "lodging in all: 3."),
        (
            (0, 2),
            "nights",
            "Tickets for transport for the whole meeting: 2.",
            "Tickets for transport in all: 2.",
        ),
    ],
)
def test_what_is_not_offered_is_not_asked(register, client, cast, there, gone, told, refused):
    offer_help(cast, *there)
    url = register().location + "/support"
    page = client.get(url).text
    assert told in page
    assert f'name="{gone}"' not in page
    given = {"province": RABAT, "sentence": "x"}
    kept = "nights" if gone == "tickets" else "tickets"
    answer = fill(client, url, **given, **{kept: "9"})
    assert answer.status_code == 422
    assert refused in answer.text
    assert fill(client, url, **given, **{kept: "1"}).status_code == 302
    (one,) = requests()
    assert (one.nights, one.tickets) == ((1, 0) if gone == "tickets" else (0, 1))


def test_the_provinces_of_the_meeting_come_first(receipt, client):
    options = client.get(receipt).text.split('id="province"')[1].split("</select>")[0]
    codes = re.findall(r'value="(\d\d\.\d+)"', options)
    near = [each for each in codes if each.startswith("02.")]
    assert codes == near + sorted(set(codes) - set(near))
    assert len(near) == 8


def bomb() -> bytes:
    """A small PNG that says it is 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([(b"MZ\x90 a program", "preuve.pdf")], "neither a PDF nor"),
        ([(PDF, "preuve.png")], "not the kind of file that its name says"),
        ([(bomb(), "preuve.png")], "too large an image"),
        ([(b"%PDF-1.4 cut", "preuve.pdf")], "damaged"),
        ([(PDF, "1.pdf"), (PDF, "2.pdf"), (PDF, "3.pdf")], "At most two proofs"),
    ],
)
def test_files_that_are_not_what_they_say(receipt, client, files, sentence):
    answer = ask(client, receipt, proofs=[(io.BytesIO(content), name) for content, name in files])
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "C’est loin" in answer.text  # what was typed is kept
    assert 'href="#proofs"' in answer.text
    assert sentence in answer.text.split('id="proofs-error"')[1].split("</p>")[0]
    assert (requests(), proofs()) == ([], 0)


def test_a_meeting_without_help_has_no_such_pages(client, register):
    receipt = register().location
    assert client.get(f"{receipt}/support").status_code == 404
    assert client.get("/en/meetings/OR1/support").status_code == 404
    assert "Ask for help" not in client.get(receipt).text


def test_a_file_larger_than_five_megabytes(receipt, client):
    answer = ask(client, receipt, proofs=[(io.BytesIO(PDF + b"\0" * 5_300_000), "preuve.pdf")])
    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.text
    assert (requests(), proofs()) == ([], 0)


def test_a_province_that_is_none(offered, register, cast):
    receipt = register().location.rsplit("/", 1)[1]
    wanted = travel_support_requests.Wanted("99.999", "x", (), 1, 0)
    with pytest.raises(travel_support_requests.NotFound):
        travel_support_requests.ask(receipt, wanted, now=clock.now())
