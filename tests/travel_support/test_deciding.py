"""What the organisers decide on requests for help, told to each person."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineWorkbook
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.travel_support.models import TravelSupportProof, TravelSupportState
from tests.desk import work
from tests.forms import fill, fill_later, press
from tests.meeting_day import OUJDA, change, later
from tests.travel_support.requests import (
    DESK,
    FIGUIG,
    PDF,
    RABAT,
    TAOURIRT,
    ask,
    asked,
    proofs,
    requests,
)


def test_the_desk_shows_the_order_with_its_arithmetic(karim, offered, cast):
    near, far = asked(cast, TAOURIRT, FIGUIG, student=True)
    page = karim.get(DESK).text
    assert page.index(f'value="{far}"') < page.index(f'value="{near}"')
    assert "30 × 0.98 + 10 × 1" in page
    page = karim.get(f"{DESK}/{near}").text
    assert "96 km" in page
    assert "30 × 0.32 = 9.6" in page
    assert "19.6" in page


def test_one_request_is_granted_and_told(karim, receipt, client, mails):
    ask(client, receipt)
    (one,) = requests()
    assert fill(karim, f"{DESK}/{one.registration_id}", act="grant", tickets="0").status_code == 302
    (one,) = requests()
    assert (one.state, one.granted_nights, one.granted_tickets) == (TravelSupportState.GRANTED, 1, 0)
    assert "1 night" in client.get(receipt.removesuffix("/support")).text
    told = [mail for mail in mails() if mail["Subject"].startswith("Help to come is granted")]
    assert [mail["To"] for mail in told] == ["nadia@example.org"]
    assert "1 night" in told[0].get_body(("plain",)).get_content()
    assert "2 nights" in karim.get(DESK).text  # what is left


def test_one_request_is_refused_with_a_reason(karim, receipt, client, mails):
    ask(client, receipt)
    url = f"{DESK}/{requests()[0].registration_id}"
    answer = fill(karim, url, act="refuse", reason="")
    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert requests()[0].state == TravelSupportState.REQUESTED
    assert fill(karim, url, act="refuse", reason="Le budget est <b>épuisé</b>").status_code == 302
    page = client.get(receipt.removesuffix("/support")).text
    assert "Le budget est &lt;b&gt;épuisé" in page
    told = [mail for mail in mails() if mail["Subject"].startswith("Your request for help")]
    assert [mail["To"] for mail in told] == ["nadia@example.org"]
    assert "Le budget est <b>épuisé</b>" in told[0].get_body(("plain",)).get_content()


def test_no_more_is_granted_than_there_is(karim, offered, cast):
    first, second = asked(cast, FIGUIG, TAOURIRT, nights=2)
    fill(karim, f"{DESK}/{first}", act="grant")
    answer = fill(karim, f"{DESK}/{second}", act="grant")
    assert answer.status_code == 409
    assert "more than what is left: 1 nights and 2 tickets" in answer.text
    assert requests()[1].state == TravelSupportState.REQUESTED
    assert fill(karim, f"{DESK}/{first}", act="grant", nights="3").status_code == 302  # its own is free to it
    answer = fill(karim, f"{DESK}/{first}", act="grant", nights="0", tickets="0")
    assert "Grant one night or one ticket at least" in answer.text


def test_ticked_requests_are_decided_together_or_not_at_all(karim, offered, cast, mails):
    ids = asked(cast, FIGUIG, TAOURIRT, RABAT, OUJDA)
    answer = fill(karim, DESK, act="grant", chosen=[str(each) for each in ids])  # four of three nights
    assert answer.status_code == 409
    assert {each.state for each in requests()} == {TravelSupportState.REQUESTED}
    assert f'value="{ids[0]}" checked' in answer.text
    assert fill(karim, DESK, act="grant", chosen=[str(each) for each in ids[:2]]).status_code == 302
    assert [each.state.value for each in requests()] == ["granted", "granted", "requested", "requested"]
    answer = fill(karim, DESK, act="refuse", reason="Trop", chosen=[str(ids[1]), str(ids[2])])
    assert answer.status_code == 409
    assert "Decided, changed or withdrawn meanwhile: P 1. " in answer.text
    assert (
        fill(karim, DESK, act="refuse", reason="Trop", chosen=[str(each) for each in ids[2:]]).status_code
        == 302
    )
    assert [each.state.value for each in requests()] == ["granted", "granted", "refused", "refused"]
    assert len(mails()) == 4


def test_nobody_ticked(karim, offered, cast):
    asked(cast, FIGUIG)
    answer = fill(karim, DESK, act="grant", chosen=None)
    assert answer.status_code == 422
    assert "Tick one request at least" in answer.text


def test_two_organisers_decide_at_once(karim, offered, cast):
    (number,) = asked(cast, FIGUIG)
    token = fill_later(karim, f"{DESK}/{number}")
    fill(karim, f"{DESK}/{number}", act="refuse", reason="Non")
    answer = karim.post(f"{DESK}/{number}", data={**token, "act": "grant", "seen": "-", "nights": "1"})
    assert answer.status_code == 409
    assert "Decided, changed or withdrawn meanwhile" in answer.text
    assert requests()[0].state == TravelSupportState.REFUSED


def test_who_cancels_frees_what_was_granted_and_who_waits_is_granted_nothing(
    karim, receipt, client, register, cast
):
    ask(client, receipt, nights="3", tickets="0")
    number = requests()[0].registration_id
    fill(karim, f"{DESK}/{number}", act="grant")
    press(client, receipt.removesuffix("/support"), "/cancel")
    assert "3 nights" in karim.get(DESK).text
    change(cast, places=1)
    register(name="b", email="b@example.org")
    waiting = register(name="c", email="c@example.org").location
    ask(client, f"{waiting}/support")
    answer = fill(karim, f"{DESK}/{requests()[1].registration_id}", act="grant")
    assert answer.status_code == 409
    assert "Has no place at the meeting: c" in answer.text


def test_after_the_meeting_nothing_is_decided(offered, cast):
    (number,) = asked(cast, FIGUIG)
    with later(days=20, hours=7):
        answer = fill(cast.visitor(cast.karim), f"{DESK}/{number}", act="grant")
    assert answer.status_code == 409
    assert "This meeting is over" in answer.text


def test_proofs_are_saved_by_the_organisers_only(karim, receipt, client, cast):
    ask(client, receipt, proofs=[(io.BytesIO(PDF), "preuve.pdf")])
    number = requests()[0].registration_id
    url = f"{DESK}/{number}/proofs/{session.scalar(select(TravelSupportProof.id))}"
    answer = karim.get(url)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert karim.get(f"{DESK}/{number + 1}/proofs/1").status_code == 404
    assert client.get(url).status_code == 302  # to sign in
    assert cast.visitor(cast.fatima).get(url).status_code in (403, 404)
    assert cast.visitor(cast.farid).get(url).status_code in (403, 404)


def test_the_partner_gets_what_it_pays_and_nothing_else(karim, offered, cast):
    ids = asked(cast, FIGUIG, TAOURIRT, nights=1, tickets=1, student=True)
    fill(karim, f"{DESK}/{ids[0]}", act="grant")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(karim.get(f"{DESK}.xlsx").data)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[1:] == [["P 0", "", "p0@example.org", "Figuig", 1.0, 1.0, 420.5]]
    assert "student" not in str(rows).lower()
    assert "loin" not in str(rows)


def test_proofs_are_erased_sixty_days_after_the_meeting(receipt, client, app):
    ask(client, receipt, proofs=[(io.BytesIO(PDF), "preuve.pdf")])
    with later(days=79):
        work(app)
        assert proofs() == 1
    with later(days=81):
        work(app)
        assert proofs() == 0
        assert len(requests()) == 1


def test_a_refusal_becomes_a_grant_and_each_answer_is_one_mail(karim, receipt, client, mails):
    ask(client, receipt)
    url = f"{DESK}/{requests()[0].registration_id}"
    fill(karim, url, act="refuse", reason="Plus rien")
    again = fill(karim, url, act="refuse", reason="Plus rien")
    assert again.status_code == 409  # the same answer is no other answer
    page = karim.get(url).text
    assert "Change the answer" in page
    assert fill(karim, url, act="grant", nights="9").status_code == 409  # within the budget
    assert requests()[0].state == TravelSupportState.REFUSED
    assert fill(karim, url, act="grant", nights="1", tickets="0").status_code == 302
    assert fill(karim, url, act="grant", nights="1", tickets="0").status_code == 409
    with later(minutes=1):
        assert fill(karim, url, act="grant", nights="2", tickets="0").status_code == 302
        sent = [mail for mail in mails() if "help" in mail["Subject"].lower()]
    told = [mail.get_body(("plain",)).get_content() for mail in sent]
    assert len(told) == 3
    assert sorted("The answer to your request for help has changed" in each for each in told) == [
        False,
        True,
        True,
    ]
    page = client.get(receipt.removesuffix("/support")).text
    assert "Granted: 2 nights" in page
    assert "not granted" in page  # its history
    assert "Plus rien" in page
    assert "by the organisers" in page


def test_what_was_changed_or_withdrawn_meanwhile_is_not_decided(karim, receipt, client):
    ask(client, receipt)
    number = requests()[0].registration_id
    page = karim.get(f"{DESK}/{number}").text
    seen = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)[1] for name in ("csrf_token", "seen")
    }
    ticked = {**fill_later(karim, DESK), "act": "grant", "chosen": [str(number)]}
    fill(client, f"{receipt}/change", nights="3")
    assert karim.post(DESK, data=ticked).status_code == 409
    answer = karim.post(f"{DESK}/{number}", data={**seen, "act": "grant", "nights": "1"})
    assert answer.status_code == 409
    assert "Decided, changed or withdrawn meanwhile" in answer.text
    press(client, receipt.removesuffix("/support"), "/withdraw")
    assert "there is nothing to decide" in karim.get(f"{DESK}/{number}").text
    answer = karim.post(DESK, data=ticked)
    assert answer.status_code == 409
    assert requests()[0].state == TravelSupportState.WITHDRAWN
