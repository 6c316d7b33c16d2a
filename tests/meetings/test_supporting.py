"""Help with transport and lodging: what is offered, asked, ranked, decided, told and erased."""

from __future__ import annotations

import io
import re
import struct
import zlib
from datetime import timedelta
from decimal import Decimal

import html5lib
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.files import TooLarge
from cocreation.meetings import ranking
from cocreation.meetings.models import (
    Measure,
    Meeting,
    SupportCriterion,
    SupportOffer,
    SupportProof,
    SupportRequest,
    SupportState,
)
from cocreation.meetings.queries import supporting
from cocreation.meetings.services import supporting as asking
from tests.cast import THEN, T
from tests.dispositions.desk import work
from tests.forms import fill, press
from tests.meetings.conftest import change, later, registrations, write

DESK = "/en/manage/meetings/OR1/support"
OUJDA, FIGUIG, TAOURIRT, RABAT = "02.411", "02.251", "02.533", "04.421"
RIGHT = {"province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


@pytest.fixture
def offered(cast):
    """Three nights and two tickets; distance 30, student 10."""
    offer_help(cast)


@pytest.fixture
def receipt(offered, register):
    """The address of the page on which Nadia asks."""
    return register().location + "/support"


def offer_help(cast, nights: int = 3, tickets: int = 2) -> None:
    session.add(
        SupportOffer(
            meeting_id=cast.meeting.id,
            province_code=OUJDA,
            closes_on=THEN.date() + timedelta(days=10),
            explained=T("مساعدة", "Une aide"),
            payer="Fonds d'essai",
            nights=nights,
            night_cost=Decimal("300"),
            tickets=tickets,
            ticket_cost=Decimal("120.50"),
        )
    )
    for measure, weight in ((Measure.DISTANCE, 30), (Measure.STUDENT, 10)):
        session.add(SupportCriterion(meeting_id=cast.meeting.id, measure=measure, weight=weight))
    session.commit()
    session.remove()


def ask(client, url: str, **given: object):
    whole = {"province": FIGUIG, "nights": "1", "tickets": "1", "sentence": "C’est loin"}
    return fill(client, url, **{**whole, **given})


def requests() -> list[SupportRequest]:
    session.remove()
    rows = list(session.scalars(select(SupportRequest).order_by(SupportRequest.registration_id)))
    session.expunge_all()
    session.remove()
    return rows


def proofs() -> int:
    session.remove()
    return session.scalar(select(func.count()).select_from(SupportProof))


def asked(cast, *codes: str, nights: int = 1, tickets: int = 0, **facts: bool) -> list[int]:
    """Requests straight into the database, one for each province; the numbers of their registrations."""
    count = len(registrations())
    change(cast, places=5000)
    write(cast, len(codes), count)
    ids = [each.id for each in registrations()][count:]
    for minutes, (number, code) in enumerate(zip(ids, codes, strict=True)):
        session.add(
            SupportRequest(
                registration_id=number,
                meeting_id=cast.meeting.id,
                province_code=code,
                sentence="Je viens de loin",
                facts=facts,
                nights=nights,
                tickets=tickets,
                requested_at=THEN + timedelta(minutes=minutes),
                state=SupportState.REQUESTED,
            )
        )
    session.commit()
    session.remove()
    return ids


# The arithmetic


def test_every_province_has_its_seat(cast):
    assert set(ranking.SEATS) == {each.code for each in supporting.provinces()}


def test_distances_are_those_of_a_map():
    assert ranking.distance(OUJDA, OUJDA) == 0
    assert 90 <= ranking.distance(OUJDA, TAOURIRT) <= 105
    assert ranking.distance(OUJDA, FIGUIG) == ranking.distance(FIGUIG, OUJDA)
    assert 440 <= ranking.distance(RABAT, OUJDA) <= 470
    assert ranking.remoteness(0) == 0
    assert ranking.remoteness(150) == Decimal("0.50")
    assert ranking.remoteness(300) == ranking.remoteness(900) == 1


def test_the_order_is_by_total_then_by_who_asked_first_and_the_budget_goes_down_the_list():
    def one(number, code, *facts, nights=1, minutes=0):
        return ranking.Asked(number, code, facts, nights, 0, THEN + timedelta(minutes=minutes))

    weights = {Measure.DISTANCE: 30, Measure.STUDENT: 10}
    asked = [
        one(1, OUJDA, "student", minutes=5),
        one(2, RABAT, minutes=9),
        one(3, RABAT, nights=3, minutes=1),
        one(4, OUJDA, "rural"),
        one(5, RABAT, "student", nights=2),
    ]
    ranked = ranking.rank(asked, weights, OUJDA, nights=4, tickets=0)
    assert [(each.asked.number, each.total, each.fits) for each in ranked] == [
        (5, 40, True),
        (3, 30, False),
        (2, 30, True),
        (1, 10, True),
        (4, 0, False),
    ]
    assert [(part.weight, part.value, part.points) for part in ranked[0].parts] == [(30, 1, 30), (10, 1, 10)]


# Offering


def test_the_organiser_publishes_what_there_is(karim, client, cast):
    assert karim.get(DESK).location.endswith("/support/offer")
    answer = fill(
        karim,
        f"{DESK}/offer",
        province_code=OUJDA,
        closes_on="2026-03-20",
        nights="3",
        night_cost="300",
        tickets="2",
        payer="Fonds",
        weight_distance="30",
        weight_student="10",
        **{"explained-fr": "Pour qui vient de loin"},
    )
    assert answer.status_code == 302
    page = client.get("/en/meetings/OR1/support").text
    assert "Pour qui vient de loin" in page
    assert "20 March 2026" in page
    assert "disability" not in page
    assert "/en/meetings/OR1/support" in client.get("/en/meetings/OR1").text
    again = karim.get(f"{DESK}/offer").text
    assert 'value="30"' in again


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"weight_distance": ""}, "Give a weight to one criterion"),
        ({"nights": "0"}, "Say how many nights or tickets there are"),
        ({"closes_on": "2026-03-30"}, "until the day before the meeting"),
    ],
)
def test_an_offer_that_makes_no_sense_is_not_published(karim, cast, wrong, sentence):
    whole = {
        "province_code": OUJDA,
        "closes_on": "2026-03-20",
        "nights": "3",
        "tickets": "0",
        "weight_distance": "1",
    }
    answer = fill(karim, f"{DESK}/offer", **{**whole, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalar(select(SupportOffer)) is None


def test_criteria_are_fixed_once_somebody_has_asked(karim, receipt, client):
    ask(client, receipt)
    answer = fill(karim, f"{DESK}/offer", weight_student="50")
    assert answer.status_code == 409
    assert "already asked under the published criteria" in answer.text
    assert fill(karim, f"{DESK}/offer", nights="9").status_code == 302
    assert supporting.weights(session.scalar(select(Meeting.id))) == {
        Measure.DISTANCE: 30,
        Measure.STUDENT: 10,
    }


def test_the_budget_does_not_go_below_what_is_granted(karim, offered, cast):
    (number,) = asked(cast, FIGUIG, nights=2)
    fill(karim, f"{DESK}/{number}", act="grant")
    answer = fill(karim, f"{DESK}/offer", nights="1")
    assert answer.status_code == 409
    assert "2 nights and 0 tickets are already granted" in answer.text


# Asking


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


def fill_later(client, url: str) -> dict[str, str]:
    """The hidden token of a form opened now and sent later."""
    return {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', client.get(url).text)[1]}


def test_who_has_cancelled_cannot_ask(receipt, client):
    token = fill_later(client, receipt)
    press(client, receipt.removesuffix("/support"), "/cancel")
    answer = client.post(
        receipt, data={**token, "province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
    )
    assert answer.status_code == 409
    assert "Only somebody who is registered" in answer.text
    assert requests() == []


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
        ({"nights": "-1"}, "between 0 and"),
        ({"sentence": " "}, "Please fill this in"),
        ({"province": ""}, "Please fill this in"),
    ],
)
def test_what_makes_no_sense_is_not_asked(receipt, client, given, sentence):
    answer = ask(client, receipt, **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert requests() == []


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
    assert (requests(), proofs()) == ([], 0)


def test_a_meeting_without_help_has_no_such_pages(client, register):
    receipt = register().location
    assert client.get(f"{receipt}/support").status_code == 404
    assert client.get("/en/meetings/OR1/support").status_code == 404
    assert "Ask for help" not in client.get(receipt).text


# Deciding


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
    assert (one.state, one.granted_nights, one.granted_tickets) == (SupportState.GRANTED, 1, 0)
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
    assert requests()[0].state == SupportState.REQUESTED
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
    assert requests()[1].state == SupportState.REQUESTED
    assert fill(karim, f"{DESK}/{first}", act="grant", nights="3").status_code == 302  # its own is free to it
    answer = fill(karim, f"{DESK}/{first}", act="grant", nights="0", tickets="0")
    assert "Grant one night or one ticket at least" in answer.text


def test_ticked_requests_are_decided_together_or_not_at_all(karim, offered, cast, mails):
    ids = asked(cast, FIGUIG, TAOURIRT, RABAT, OUJDA)
    answer = fill(karim, DESK, act="grant", chosen=[str(each) for each in ids])  # four of three nights
    assert answer.status_code == 409
    assert {each.state for each in requests()} == {SupportState.REQUESTED}
    assert f'value="{ids[0]}" checked' in answer.text
    assert fill(karim, DESK, act="grant", chosen=[str(each) for each in ids[:2]]).status_code == 302
    assert [each.state.value for each in requests()] == ["granted", "granted", "requested", "requested"]
    client, token = karim, fill_later(karim, DESK)
    answer = client.post(
        DESK, data={**token, "act": "refuse", "reason": "Trop", "chosen": [str(ids[1]), str(ids[2])]}
    )
    assert answer.status_code == 409
    assert "Decided meanwhile: P 1" in answer.text
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
    assert "Decided meanwhile" in answer.text
    assert requests()[0].state == SupportState.REFUSED


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
    url = f"{DESK}/{number}/proofs/{session.scalar(select(SupportProof.id))}"
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


# What everyone sees


def test_small_counts_are_hidden_for_the_public(karim, client, cast):
    offer_help(cast, nights=20)
    ids = asked(cast, *[FIGUIG] * 8, *[TAOURIRT] * 9, *[RABAT] * 2)
    url = "/en/meetings/OR1/support"
    page = client.get(url).text
    assert "once nobody can ask any more" in page
    assert "Figuig" not in page
    fill(karim, DESK, act="grant", chosen=[str(each) for each in ids[:5]])
    with later(days=12):
        page = client.get(url).text
        assert "19 requests" in page
        assert "grant." not in page  # some are not decided yet
        assert cells(page) == {"Figuig": ["hidden"], "Taourirt": ["9"], "Rabat": ["fewer than 5"]}
        karim = cast.visitor(cast.karim)
        fill(karim, DESK, act="refuse", reason="Non", chosen=[str(each) for each in ids[5:]])
        assert cells(client.get(url).text) == {
            "Figuig": ["hidden", "5"],
            "Taourirt": ["9", "0"],
            "Rabat": ["fewer than 5", "0"],
        }


def test_too_few_to_be_counted(client, offered, cast):
    asked(cast, *[FIGUIG] * 4)
    with later(days=12):
        page = client.get("/en/meetings/OR1/support").text
    assert "Fewer than five people have asked" in page
    assert "Figuig" not in page


def cells(page: str) -> dict[str, list[str]]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    table = list(tree.iter("table"))[-1]
    return {
        "".join(row.find("th").itertext()): ["".join(each.itertext()) for each in row.iter("td")]
        for row in table.find("tbody")
    }


def test_pages_cost_the_same_for_many(karim, client, offered, cast, statements):
    def cost(*urls: str) -> list[int]:
        counts = []
        for url in urls:
            with statements() as asked_for:
                assert (karim if "manage" in url else client).get(url).status_code == 200
            counts.append(len(asked_for))
        return counts

    ids = asked(cast, FIGUIG)
    urls = (DESK, f"{DESK}/{ids[0]}", f"{DESK}.xlsx", "/en/meetings/OR1/support", "/en/meetings/OR1")
    few = cost(*urls)
    asked(cast, *[TAOURIRT, RABAT, OUJDA] * 20)
    assert cost(*urls) == few
    assert few[-2] <= 6
    assert few[-1] <= 6
    page = karim.get(DESK).text
    assert page.count('name="chosen"') == supporting.SIZE
    assert karim.get(f"{DESK}?cursor=50").text.count('name="chosen"') == 11
    assert karim.get(f"{DESK}?cursor=x").status_code == 422


def test_a_request_asked_for_at_another_meeting_is_not_found(karim, offered, cast, app):
    (number,) = asked(cast, FIGUIG)
    assert karim.get(f"{DESK}/{number + 1}").status_code == 404
    assert karim.get(f"/en/manage/meetings/XX9/support/{number}").status_code == 404
    assert cast.visitor(cast.mounia).get(DESK).status_code in (403, 404)


def test_a_file_larger_than_five_megabytes(offered, register):
    receipt = register().location.rsplit("/", 1)[1]
    proof = ("preuve.pdf", PDF + b"\0" * 5_300_000)
    with pytest.raises(TooLarge):
        asking.ask(receipt, asking.Wanted(FIGUIG, "x", (), 1, 0), [proof], now=clock.now())


def test_a_province_that_is_none(offered, register, cast):
    receipt = register().location.rsplit("/", 1)[1]
    wanted = asking.Wanted("99.999", "x", (), 1, 0)
    with pytest.raises(asking.NotFound):
        asking.ask(receipt, wanted, now=clock.now())
