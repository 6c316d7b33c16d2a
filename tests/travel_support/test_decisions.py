"""What the organisers decide on requests for help, told to each person."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from cocreation.core.database import session
from cocreation.meetings.refusals import AlreadyOver
from cocreation.places.models.registration import Registration
from cocreation.places.refusals import DecisionUnexplained
from cocreation.travel_support.emails import TRAVEL_SUPPORT_GRANTED, TRAVEL_SUPPORT_REFUSED
from cocreation.travel_support.models import TravelSupportCriterion, TravelSupportProof, TravelSupportState
from cocreation.travel_support.refusals import (
    BudgetUsedUp,
    DecidedMeanwhile,
    HasNoPlace,
    NobodyTicked,
    NothingGranted,
)
from tests.desk import work
from tests.forms import fill, fill_later, press, say_yes
from tests.html import numbers, texts
from tests.mails import of, tells, text
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
from tests.words import said, says

ANOTHER_ANSWER = "The answer to your request for help has changed."


def nights_left(karim) -> list[int]:
    """How many nights the desk says are left."""
    return numbers(karim.get(DESK).text, ".facts div:nth-child(2) dd")


def granted_nights(client, receipt: str) -> list[int]:
    """How many nights the page of the receipt says are granted."""
    page = client.get(receipt.removesuffix("/support")).text
    return numbers(page, "[aria-labelledby=support] .notice-done")


def test_the_desk_shows_the_order_with_its_arithmetic(karim, offered, cast):
    near, far = asked(cast, TAOURIRT, FIGUIG, student=True)
    page = karim.get(DESK).text
    assert page.index(f'value="{far}"') < page.index(f'value="{near}"')
    assert "30 × 0.98 + 10 × 1" in page
    answer = karim.get(f"{DESK}/{near}")
    assert says(answer, "%(km)s km", km=96)
    assert "30 × 0.32 = 9.6" in answer.text
    assert "19.6" in answer.text


def test_one_request_is_granted_and_told(karim, receipt, client, mails):
    ask(client, receipt)
    (request,) = requests()
    assert fill(karim, f"{DESK}/{request.registration_id}", act="grant", tickets="0").status_code == 302
    (request,) = requests()
    assert (request.state, request.granted_nights, request.granted_tickets) == (
        TravelSupportState.GRANTED,
        1,
        0,
    )
    assert granted_nights(client, receipt) == [1]
    [told] = of(TRAVEL_SUPPORT_GRANTED, mails())
    assert told["To"] == "nadia@example.org"
    assert tells(told, "%(count)s night", count=1)
    assert nights_left(karim) == [2]


def test_one_request_is_refused_with_a_reason(karim, receipt, client, mails):
    ask(client, receipt)
    url = f"{DESK}/{requests()[0].registration_id}"
    answer = fill(karim, url, act="refuse", reason="")
    assert answer.status_code == 422
    assert says(answer, DecisionUnexplained)
    assert requests()[0].state == TravelSupportState.REQUESTED
    assert fill(karim, url, act="refuse", reason="Le budget est <b>épuisé</b>").status_code == 302
    page = client.get(receipt.removesuffix("/support")).text
    assert "Le budget est &lt;b&gt;épuisé" in page
    [told] = of(TRAVEL_SUPPORT_REFUSED, mails())
    assert told["To"] == "nadia@example.org"
    assert "Le budget est <b>épuisé</b>" in text(told)


def test_no_more_is_granted_than_there_is(karim, offered, cast):
    first, second = asked(cast, FIGUIG, TAOURIRT, nights=2)
    fill(karim, f"{DESK}/{first}", act="grant")
    answer = fill(karim, f"{DESK}/{second}", act="grant")
    assert answer.status_code == 409
    assert says(answer, BudgetUsedUp, nights=1, tickets=2)
    assert requests()[1].state == TravelSupportState.REQUESTED
    assert fill(karim, f"{DESK}/{first}", act="grant", nights="3").status_code == 302  # its own is free to it
    answer = fill(karim, f"{DESK}/{first}", act="grant", nights="0", tickets="0")
    assert says(answer, NothingGranted)


def test_ticked_requests_are_decided_together_or_not_at_all(karim, offered, cast, mails):
    ids = asked(cast, FIGUIG, TAOURIRT, RABAT, OUJDA)
    answer = fill(karim, DESK, act="grant", chosen=[str(number) for number in ids])  # four of three nights
    assert answer.status_code == 409
    assert {request.state for request in requests()} == {TravelSupportState.REQUESTED}
    assert f'value="{ids[0]}" checked' in answer.text
    assert fill(karim, DESK, act="grant", chosen=[str(number) for number in ids[:2]]).status_code == 302
    assert [request.state.value for request in requests()] == ["granted", "granted", "requested", "requested"]
    answer = fill(karim, DESK, act="refuse", reason="Trop", chosen=[str(ids[1]), str(ids[2])])
    assert answer.status_code == 409
    assert says(answer, DecidedMeanwhile, names="P 1")
    assert (
        fill(karim, DESK, act="refuse", reason="Trop", chosen=[str(number) for number in ids[2:]]).status_code
        == 302
    )
    assert [request.state.value for request in requests()] == ["granted", "granted", "refused", "refused"]
    assert len(mails()) == 4


def test_only_who_has_an_address_counts_as_told(karim, offered, cast, mails):
    ids = asked(cast, FIGUIG, TAOURIRT, RABAT)
    session.execute(update(Registration).where(Registration.id.in_(ids[1:])).values(email=None))
    session.commit()
    answer = fill(karim, DESK, act="grant", chosen=[str(number) for number in ids[:2]])
    assert numbers(karim.get(answer.location).text, ".flash") == [1, 1]  # told, to be called
    answer = fill(karim, f"{DESK}/{ids[2]}", act="refuse", reason="Trop")
    assert texts(karim.get(answer.location).text, ".flash-warning")
    assert len(mails()) == 1


def test_nobody_ticked(karim, offered, cast):
    asked(cast, FIGUIG)
    answer = fill(karim, DESK, act="grant", chosen=None)
    assert answer.status_code == 422
    assert says(answer, NobodyTicked)


def test_two_organisers_decide_at_once(karim, offered, cast):
    (number,) = asked(cast, FIGUIG)
    token = fill_later(karim, f"{DESK}/{number}")
    fill(karim, f"{DESK}/{number}", act="refuse", reason="Non")
    answer = karim.post(f"{DESK}/{number}", data={**token, "act": "grant", "seen": "-", "nights": "1"})
    assert answer.status_code == 409
    assert says(answer, DecidedMeanwhile)
    assert requests()[0].state == TravelSupportState.REFUSED


def test_who_cancels_frees_what_was_granted_and_who_waits_is_granted_nothing(
    karim, receipt, client, register, cast
):
    ask(client, receipt, nights="3", tickets="0")
    number = requests()[0].registration_id
    fill(karim, f"{DESK}/{number}", act="grant")
    press(client, receipt.removesuffix("/support"), "/cancel")
    assert nights_left(karim) == [3]
    change(cast, places=1)
    register(name="b", email="b@example.org")
    waiting = register(name="c", email="c@example.org").location
    ask(client, f"{waiting}/support")
    answer = fill(karim, f"{DESK}/{requests()[1].registration_id}", act="grant")
    assert answer.status_code == 409
    assert says(answer, HasNoPlace, names="c")


def test_after_the_meeting_nothing_is_decided(offered, cast):
    (number,) = asked(cast, FIGUIG)
    with later(days=20, hours=7):
        answer = fill(cast.visitor(cast.karim), f"{DESK}/{number}", act="grant")
    assert answer.status_code == 409
    assert says(answer, AlreadyOver)


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
    assert not said(str(rows), TravelSupportCriterion.STUDENT.label)
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
    assert says(karim.get(url), "Change the answer")
    assert fill(karim, url, act="grant", nights="9").status_code == 409  # within the budget
    assert requests()[0].state == TravelSupportState.REFUSED
    assert fill(karim, url, act="grant", nights="1", tickets="0").status_code == 302
    assert fill(karim, url, act="grant", nights="1", tickets="0").status_code == 409
    with later(minutes=1):
        assert fill(karim, url, act="grant", nights="2", tickets="0").status_code == 302
        sent = mails()
    told = of(TRAVEL_SUPPORT_GRANTED, sent) + of(TRAVEL_SUPPORT_REFUSED, sent)
    assert sorted(tells(mail, ANOTHER_ANSWER) for mail in told) == [False, True, True]
    assert granted_nights(client, receipt) == [2]
    page = client.get(receipt.removesuffix("/support"))
    assert says(page, TravelSupportState.REFUSED.label)  # its history
    assert "Plus rien" in page.text
    assert says(page, "by the organisers")


def test_what_was_changed_or_withdrawn_meanwhile_is_not_decided(karim, receipt, client):
    ask(client, receipt)
    number = requests()[0].registration_id
    page = karim.get(f"{DESK}/{number}").text
    seen = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)[1] for name in ("csrf_token", "seen")
    }
    ticked = {**fill_later(karim, DESK), "act": "grant", "chosen": [str(number)]}
    fill(client, f"{receipt}/change", nights="3")
    assert say_yes(karim, DESK, karim.post(DESK, data=ticked)).status_code == 409
    answer = karim.post(f"{DESK}/{number}", data={**seen, "act": "grant", "nights": "1"})
    assert answer.status_code == 409
    assert says(answer, DecidedMeanwhile)
    press(client, receipt.removesuffix("/support"), "/withdraw")
    page = karim.get(f"{DESK}/{number}").text
    assert texts(page, ".notice-neutral")
    assert 'name="act"' not in page
    answer = say_yes(karim, DESK, karim.post(DESK, data=ticked))
    assert answer.status_code == 409
    assert requests()[0].state == TravelSupportState.WITHDRAWN
