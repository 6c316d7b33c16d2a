"""What somebody asked for can be changed and withdrawn from the receipt until it is decided."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.travel_support.models import TravelSupportProof, TravelSupportState
from cocreation.travel_support.refusals import (
    ChangesClosed,
    DecidedAlready,
    NothingToChange,
    TooManyProofs,
)
from tests.forms import fill, fill_later, press
from tests.html import numbers, texts
from tests.meeting_day import later, registrations
from tests.travel_support.requests import DESK, FIGUIG, PDF, RABAT, ask, asked, proofs, requests
from tests.words import said, says

OTHER = PDF + b"% another\n"


@pytest.fixture
def page(receipt):
    """The address of Nadia's receipt."""
    return receipt.removesuffix("/support")


def steps(page: str) -> list[str]:
    """What has become of a request, step by step, as the page of its receipt says it."""
    return texts(page, "[aria-labelledby=support] .row p:not(.row-day)")


def kept() -> list[str]:
    session.remove()
    return list(session.scalars(select(TravelSupportProof.name).order_by(TravelSupportProof.id)))


def test_what_was_asked_for_is_changed(receipt, page, client):
    ask(client, receipt, facts=["student"])
    before = requests()[0].requested_at
    assert f'href="{receipt}/change"' in client.get(page).text
    with later(days=2):
        form = client.get(f"{receipt}/change").text
        assert "C’est loin" in form
        assert fill(client, f"{receipt}/change", province=RABAT, nights="2", facts=None).status_code == 302
    (request,) = requests()
    assert (request.province_code, request.nights, request.tickets, request.facts) == (RABAT, 2, 1, {})
    assert request.requested_at == before  # the turn stays
    *_, last = steps(client.get(page).text)
    assert said(last, "asked for, changed")
    assert re.findall(r"\d+", last) == ["2", "1"]  # nights and tickets


def test_proofs_come_and_go(receipt, client):
    ask(client, receipt, proofs=[(io.BytesIO(PDF), "un.pdf")])
    change = f"{receipt}/change"
    fill(client, change, proofs=[(io.BytesIO(PDF), "encore.pdf")])  # the same file once more
    assert kept() == ["un.pdf"]
    fill(client, change, proofs=[(io.BytesIO(OTHER), "deux.pdf")])
    assert kept() == ["un.pdf", "deux.pdf"]
    answer = fill(client, change, proofs=[(io.BytesIO(PDF + b"3\n"), "trois.pdf")])
    assert answer.status_code == 422
    assert says(answer, TooManyProofs)
    first = str(session.scalar(select(TravelSupportProof.id).order_by(TravelSupportProof.id)))
    assert fill(client, change, without=[first]).status_code == 302
    assert kept() == ["deux.pdf"]


def test_a_proof_of_somebody_else_is_not_taken_out(receipt, client, cast):
    ask(client, receipt)
    (number,) = asked(cast, FIGUIG)
    session.add(
        TravelSupportProof(
            registration_id=number,
            name="x.pdf",
            kind="application/pdf",
            size=1,
            content=PDF,
            added_at=registrations()[0].registered_at,
        )
    )
    session.commit()
    token = fill_later(client, f"{receipt}/change")
    typed = {"province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
    other = str(session.scalar(select(TravelSupportProof.id)))
    assert client.post(f"{receipt}/change", data={**token, **typed, "without": other}).status_code == 422
    assert proofs() == 1


def test_sending_the_same_again_changes_nothing(receipt, page, client):
    ask(client, receipt)
    fill(client, f"{receipt}/change")
    assert steps(client.get(page).text) == []


def test_a_decided_request_says_so_and_stays(karim, receipt, page, client):
    ask(client, receipt)
    token = fill_later(client, f"{receipt}/change")
    fill(karim, f"{DESK}/{requests()[0].registration_id}", act="refuse", reason="Plus rien")
    answer = client.get(page)
    assert says(answer, "Decided on %(day)s.")
    assert "Plus rien" in answer.text
    assert f"{receipt}/change" not in answer.text
    assert f"{receipt}/withdraw" not in answer.text
    typed = {"province": RABAT, "nights": "1", "tickets": "0", "sentence": "x", "confirmed": "1"}
    for url in (f"{receipt}/change", f"{receipt}/withdraw"):
        answer = client.post(url, data={**token, **typed})
        assert answer.status_code == 409
        assert says(answer, DecidedAlready)
    assert requests()[0].state == TravelSupportState.REFUSED


def test_after_the_last_day_it_can_only_be_withdrawn(receipt, page, client):
    ask(client, receipt)
    token = fill_later(client, f"{receipt}/change")
    with later(days=11):
        assert f"{receipt}/change" not in client.get(page).text
        assert says(client.get(f"{receipt}/change"), ChangesClosed)
        typed = {"province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
        assert client.post(f"{receipt}/change", data={**token, **typed}).status_code == 409
        assert press(client, page, "/withdraw").status_code == 302
    assert requests()[0].state == TravelSupportState.WITHDRAWN


def test_who_withdraws_is_ranked_and_counted_nowhere(karim, receipt, page, client, cast):
    ask(client, receipt, proofs=[(io.BytesIO(PDF), "un.pdf")], facts=["student"])
    asked(cast, *[FIGUIG] * 5)
    assert press(client, page, "/withdraw").status_code == 302
    request = requests()[0]
    assert (request.state, request.sentence, request.facts, proofs()) == (
        TravelSupportState.WITHDRAWN,
        "",
        {},
        0,
    )
    desk = karim.get(DESK).text
    assert "Nadia" not in desk
    assert desk.count('name="chosen"') == 5
    with later(days=12):
        assert numbers(client.get("/en/meetings/OR1/support").text, "[aria-labelledby=figures] p") == [5]
        assert press_again(client, receipt).status_code == 302  # once more changes nothing
    answer = client.get(page)
    assert says(answer, "You have withdrawn your request for help.")
    assert f'href="{receipt}"' in answer.text


def test_who_cancels_no_longer_asks_for_help(karim, receipt, page, client):
    ask(client, receipt, proofs=[(io.BytesIO(PDF), "un.pdf")], facts=["student"])
    assert press(client, page, "/cancel").status_code == 302
    request = requests()[0]
    assert (request.state, request.sentence, request.facts, proofs()) == (
        TravelSupportState.WITHDRAWN,
        "",
        {},
        0,
    )
    assert says(client.get(page), "Your request for help is withdrawn, and what you wrote for it is erased.")
    held = client.get(f"{page}/data.json").json
    assert [event["state"] for event in held["support_history"]] == ["requested", "withdrawn"]


def test_what_is_decided_stays_when_they_cancel(karim, receipt, page, client):
    ask(client, receipt)
    fill(karim, f"{DESK}/{requests()[0].registration_id}", act="refuse", reason="Plus rien")
    press(client, page, "/cancel")
    assert requests()[0].state == TravelSupportState.REFUSED
    assert "Plus rien" in client.get(page).text


def press_again(client, receipt):
    token = fill_later(client, receipt.removesuffix("/support") + "/erase")
    return client.post(f"{receipt}/withdraw", data={**token, "confirmed": "1"})


def test_who_has_withdrawn_asks_anew_and_comes_later(receipt, page, client):
    ask(client, receipt)
    press(client, page, "/withdraw")
    with later(days=1) as then:
        assert ask(client, receipt, nights="2").status_code == 302
    (request,) = requests()
    assert (request.state, request.nights, request.requested_at) == (TravelSupportState.REQUESTED, 2, then)
    held = client.get(f"{page}/data.json").json
    assert [event["state"] for event in held["support_history"]] == ["requested", "withdrawn", "requested"]


def test_who_asked_nothing_has_nothing_to_change(receipt, client):
    token = fill_later(client, receipt)
    assert client.get(f"{receipt}/change").status_code == 404
    answer = client.post(f"{receipt}/withdraw", data={**token, "confirmed": "1"})
    assert answer.status_code == 409
    assert says(answer, NothingToChange)
