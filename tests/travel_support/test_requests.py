"""Asking for help with transport and lodging, and what is not asked."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest

from cocreation.core import clock
from cocreation.files.content import Damaged, TooLarge, TooManyPixels, WrongKind
from cocreation.languages.i18n import gettext as _, speaking
from cocreation.travel_support.emails import TRAVEL_SUPPORT_ASKED
from cocreation.travel_support.refusals import (
    MoreNightsThanThereAre,
    MoreThanThereIs,
    MoreTicketsThanThereAre,
    NotComing,
    NoTravelSupportAsked,
    TooManyProofs,
    TravelSupportAlreadyAsked,
)
from cocreation.travel_support.services import requests as travel_support_requests
from tests.cast import THEN
from tests.forms import fill, fill_later, press
from tests.html import texts
from tests.mails import of
from tests.meeting_day import CALLED_OFF_ON, OVER, change, later, offer_help
from tests.travel_support.requests import FIGUIG, PDF, RABAT, RIGHT, ask, proofs, requests
from tests.words import refuses, said, says

# What the pages say of it, as the code has it.
ASKED_FOR = (
    "You have asked for help on %(day)s. The organisers will decide, and you will find the answer here."
)
WHO_CAN_ASK = (
    "Whoever has confirmed their registration can ask for help until %(day)s, from the page of their receipt."
)
ALL_NIGHTS = (
    "Nights of lodging for the whole meeting: %(nights)s. "
    "The order is proposed by published criteria, then the organisers decide."
)
ALL_TICKETS = (
    "Tickets for transport for the whole meeting: %(tickets)s. "
    "The order is proposed by published criteria, then the organisers decide."
)


def test_somebody_asks_from_their_receipt(receipt, client):
    page = receipt.removesuffix("/support")
    assert f'href="{receipt}"' in client.get(page).text
    form = client.get(receipt).text
    assert 'value="student"' in form
    assert 'value="disability"' not in form  # it does not count here, so it is not asked
    files = [(io.BytesIO(PDF), "preuve.pdf")]
    assert ask(client, receipt, facts=["student"], proofs=files).status_code == 302
    (request,) = requests()
    assert (request.province_code, request.nights, request.tickets, request.facts) == (
        FIGUIG,
        1,
        1,
        {"student": True},
    )
    assert proofs() == 1
    assert says(client.get(page), ASKED_FOR)
    assert f'href="{receipt}"' not in client.get(page).text


def test_a_request_and_each_change_of_it_are_acknowledged_by_mail(receipt, client, mails):
    ask(client, receipt, nights="2", tickets="1")
    with later(hours=1):
        fill(client, f"{receipt}/change", nights="1")
        assert len(of(TRAVEL_SUPPORT_ASKED, mails())) == 2


def test_asking_twice_changes_nothing(receipt, client):
    token = fill_later(client, receipt)
    ask(client, receipt)
    answer = client.post(
        receipt, data={**token, "province": RABAT, "nights": "3", "tickets": "0", "sentence": "x"}
    )
    assert answer.status_code == 409
    assert says(answer, TravelSupportAlreadyAsked)
    assert [request.province_code for request in requests()] == [FIGUIG]


def test_who_has_cancelled_cannot_ask(receipt, client):
    token = fill_later(client, receipt)
    press(client, receipt.removesuffix("/support"), "/cancel")
    answer = client.post(
        receipt, data={**token, "province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
    )
    assert answer.status_code == 409
    assert says(answer, NotComing)
    assert requests() == []


def test_nobody_is_asked_to_fill_in_what_would_be_refused(receipt, client, cast):
    page = receipt.removesuffix("/support")
    with later(days=21):
        _only_says(client, receipt, OVER)
    press(client, page, "/cancel")
    _only_says(client, receipt, NotComing)
    change(cast, cancelled_at=THEN)
    _only_says(client, receipt, CALLED_OFF_ON)


def _only_says(client, url, sentence):
    answer = client.get(url)
    assert says(answer, sentence)
    assert 'name="province"' not in answer.text


def test_the_public_page_of_a_meeting_called_off_or_over(offered, client, cast):
    page, meeting = "/en/meetings/OR1/support", "/en/meetings/OR1"
    assert says(client.get(page), WHO_CAN_ASK)
    assert page in client.get(meeting).text
    with later(days=21):
        assert says(client.get(page), OVER)
    change(cast, cancelled_at=THEN)
    answer = client.get(page)
    assert says(answer, CALLED_OFF_ON)
    assert not says(answer, WHO_CAN_ASK)
    assert page not in client.get(meeting).text


def test_after_the_closing_day_nobody_asks(receipt, client):
    token = fill_later(client, receipt)
    with later(days=10, hours=14, minutes=30):  # still that day in Morocco
        assert 'name="province"' in client.get(receipt).text
    with later(days=11):
        _only_says(client, receipt, "Help could be asked for until %(day)s.")
        answer = client.post(receipt, data={**token, **RIGHT})
    assert answer.status_code == 409
    assert requests() == []


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"nights": "0", "tickets": "0"}, NoTravelSupportAsked),
        ({"nights": "4"}, MoreThanThereIs.sentence.filled(nights=3, tickets=2)),
        ({"nights": "-1"}, {"nights"}),
        ({"nights": "deux"}, {"nights"}),
        ({"sentence": " "}, {"sentence"}),
        ({"province": ""}, {"province"}),
    ],
)
def test_what_makes_no_sense_is_not_asked(receipt, client, given, because):
    answer = ask(client, receipt, **given)
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert requests() == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_no_number_is_said_once(receipt, client, language):
    page = ask(client, receipt.replace("/en/", f"/{language}/"), nights="x").text
    error = page.split('id="nights-error"')[1].split("</p>")[0]
    with speaking(language):
        sentence = _("Please type a whole number.")
    assert error.endswith(f"</span> {sentence}")


@pytest.mark.parametrize(
    ("offer", "gone", "told", "refusal"),
    [
        ({"nights": 3, "tickets": 0}, "tickets", ALL_NIGHTS, MoreNightsThanThereAre),
        ({"nights": 0, "tickets": 2}, "nights", ALL_TICKETS, MoreTicketsThanThereAre),
    ],
)
def test_what_is_not_offered_is_not_asked(register, client, cast, offer, gone, told, refusal):
    offer_help(cast, **offer)
    url = register().location + "/support"
    page = client.get(url)
    assert says(page, told, **offer)
    assert f'name="{gone}"' not in page.text
    given = {"province": RABAT, "sentence": "x"}
    kept = "nights" if gone == "tickets" else "tickets"
    answer = fill(client, url, **given, **{kept: "9"})
    assert answer.status_code == 422
    assert says(answer, refusal, **offer)
    assert fill(client, url, **given, **{kept: "1"}).status_code == 302
    (request,) = requests()
    assert (request.nights, request.tickets) == ((1, 0) if gone == "tickets" else (0, 1))


def test_the_provinces_of_the_meeting_come_first(receipt, client):
    options = client.get(receipt).text.split('id="province"')[1].split("</select>")[0]
    codes = re.findall(r'value="(\d\d\.\d+)"', options)
    near = [code for code in codes if code.startswith("02.")]
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
    ("files", "refusal"),
    [
        ([(b"MZ\x90 a program", "preuve.pdf")], WrongKind),
        ([(bomb(), "preuve.png")], TooManyPixels),
        ([(b"%PDF-1.4 cut", "preuve.pdf")], Damaged),
        ([(PDF, "1.pdf"), (PDF, "2.pdf"), (PDF, "3.pdf")], TooManyProofs),
    ],
)
def test_files_that_are_not_what_they_say(receipt, client, files, refusal):
    answer = ask(client, receipt, proofs=[(io.BytesIO(content), name) for content, name in files])
    assert answer.status_code == 422
    assert "C’est loin" in answer.text  # what was typed is kept
    assert 'href="#proofs"' in answer.text
    for place in ("#errors li", "#proofs-error"):
        [told] = texts(answer.text, place)
        assert said(told, refusal), place
    assert (requests(), proofs()) == ([], 0)


def test_a_meeting_without_help_has_no_such_pages(client, register):
    receipt = register().location
    assert client.get(f"{receipt}/support").status_code == 404
    assert client.get("/en/meetings/OR1/support").status_code == 404
    assert "/support" not in client.get(receipt).text


def test_a_file_larger_than_five_megabytes(receipt, client):
    answer = ask(client, receipt, proofs=[(io.BytesIO(PDF + b"\0" * 5_300_000), "preuve.pdf")])
    assert answer.status_code == 422
    assert says(answer, TooLarge)
    assert (requests(), proofs()) == ([], 0)


def test_a_province_that_is_none(offered, register, cast):
    receipt = register().location.rsplit("/", 1)[1]
    wanted = travel_support_requests.Wanted("99.999", "x", (), 1, 0)
    with pytest.raises(travel_support_requests.NotFound):
        travel_support_requests.ask(receipt, wanted, now=clock.now())
