"""The form on paper: a code before there is an idea, which becomes its receipt."""

from __future__ import annotations

import re

import pytest

from cocreation.core import secrets
from cocreation.submission.forms.entries import NOT_A_SLIP
from cocreation.submission.refusals import SlipUsed
from tests.forms import fill
from tests.html import hrefs, texts
from tests.senders import ideas
from tests.words import errors, says

ENTER = "/en/manage/ideas/enter"


@pytest.fixture
def printed(cast, client):
    """The code of a fresh print."""
    return lambda: re.search(r'class="receipt">([^<]+)<', client.get("/en/ideas/paper").text)[1]


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def test_each_print_has_a_code_of_its_own_and_none_is_kept(cast, client, printed):
    assert len({printed() for _ in range(5)}) == 5
    assert secrets.is_slip(printed())
    answer = client.get("/en/ideas/paper")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.count("<svg") == 1


def test_the_slip_opens_the_idea_once_it_is_entered(cast, client, salma, printed):
    code = printed()
    waiting = client.get(f"/en/receipts/{code}")
    assert waiting.status_code == 200
    assert texts(waiting.text, ".head .receipt") == [code]
    assert texts(waiting.text, ".notice-waiting")
    assert fill(client, "/en/receipts", code=code.lower()).location == f"/en/receipts/{code}"
    typed = code.replace("-", " ").lower()
    answer = fill(salma, ENTER, proposal="Sur papier", slip=typed, kind="person")
    assert answer.location == f"/en/receipts/{code}"
    assert ideas()[0].receipt == code
    assert ENTER in hrefs(salma.get(answer.location).text)  # the next sheet of the pile
    assert ENTER not in hrefs(client.get(answer.location).text)
    assert "2026-1" in client.get(f"/en/receipts/{code}").text


def test_a_slip_is_entered_once(cast, client, salma, printed):
    code = printed()
    fill(salma, ENTER, proposal="Sur papier", slip=code)
    answer = fill(salma, ENTER, proposal="Une autre", slip=code)
    assert answer.status_code == 409
    assert says(answer, SlipUsed, reference="2026-1")
    assert "Une autre" in answer.text
    assert len(ideas()) == 1


@pytest.mark.parametrize("wrong", ["letter", "swap", "short", "receipt", "words"])
def test_a_mistyped_code_is_said_so(cast, salma, printed, wrong):
    code = printed().replace("-", "")
    at = next(i for i in range(15) if code[i] != code[i + 1])
    typed = {
        "letter": ("A" if code[0] != "A" else "B") + code[1:],
        "swap": code[:at] + code[at + 1] + code[at] + code[at + 2 :],
        "short": code[:15],
        "receipt": next(receipt for _ in range(9) if not secrets.is_slip(receipt := secrets.new_receipt())),
        "words": "no code",
    }[wrong]
    answer = fill(salma, ENTER, proposal="Sur papier", slip=typed)
    assert answer.status_code == 422
    assert errors(answer) == {"slip"}
    assert says(answer, NOT_A_SLIP)
    assert "Sur papier" in answer.text
    assert not ideas()


def test_without_a_slip_a_receipt_is_made(cast, salma):
    fill(salma, ENTER, proposal="Sans talon")
    assert len(ideas()[0].receipt) == 19


def test_what_was_never_printed_is_nothing(cast, client):
    assert client.get("/en/receipts/0000-0000-0000-0000").status_code == 404
    assert fill(client, "/en/receipts", code="0000 0000 0000 0000").status_code == 422


def test_an_idea_entered_by_its_slip_is_sent_on_by_nobody_else(cast, client, printed):
    code = printed()
    assert client.get(f"/en/ideas/confirm/{code}").status_code == 404
    assert client.post(f"/en/receipts/{code}/withdraw").status_code == 403
