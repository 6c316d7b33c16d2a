"""What a meeting offers to help with, the order it proposes, and what everyone sees of it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.demographics.suppression import FEW, HIDDEN
from cocreation.meetings.models.meeting import Meeting
from cocreation.travel_support import queries as travel_support_queries, ranking
from cocreation.travel_support.models import TravelSupportCriterion, TravelSupportOffer
from cocreation.travel_support.refusals import (
    ClosesAfterMeeting,
    CriteriaFixed,
    LessThanGranted,
    NoCriterion,
    NothingOffered,
)
from tests.cast import THEN
from tests.forms import fill
from tests.html import parse, texts
from tests.meeting_day import OUJDA, later, offer_help, worded
from tests.travel_support.requests import DESK, FIGUIG, RABAT, TAOURIRT, ask, asked
from tests.words import says


def test_every_province_has_its_seat(cast):
    assert set(ranking.SEATS) == {province.code for province in travel_support_queries.provinces()}


def test_distances_are_those_of_a_map():
    assert ranking.distance(OUJDA, OUJDA) == 0
    assert 90 <= ranking.distance(OUJDA, TAOURIRT) <= 105
    assert ranking.distance(OUJDA, FIGUIG) == ranking.distance(FIGUIG, OUJDA)
    assert 440 <= ranking.distance(RABAT, OUJDA) <= 470
    assert ranking.remoteness(0) == 0
    assert ranking.remoteness(150) == Decimal("0.50")
    assert ranking.remoteness(300) == ranking.remoteness(900) == 1


def test_the_order_is_by_total_then_by_who_asked_first_and_the_budget_goes_down_the_list():
    def request(number, code, *facts, nights=1, minutes=0):
        return ranking.Asked(number, code, facts, nights, 0, THEN + timedelta(minutes=minutes))

    weights = {TravelSupportCriterion.DISTANCE: 30, TravelSupportCriterion.STUDENT: 10}
    asked = [
        request(1, OUJDA, "student", minutes=5),
        request(2, RABAT, minutes=9),
        request(3, RABAT, nights=3, minutes=1),
        request(4, OUJDA, "rural"),
        request(5, RABAT, "student", nights=2),
    ]
    ranked = ranking.rank(asked, weights, OUJDA, nights=4, tickets=0)
    assert [(rank.asked.number, rank.total, rank.fits) for rank in ranked] == [
        (5, 40, True),
        (3, 30, False),
        (2, 30, True),
        (1, 10, True),
        (4, 0, False),
    ]
    assert [(part.weight, part.value, part.points) for part in ranked[0].parts] == [(30, 1, 30), (10, 1, 10)]


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
    page = client.get("/en/meetings/OR1/support")
    assert "Pour qui vient de loin" in page.text
    assert "20 March 2026" in page.text
    assert says(page, TravelSupportCriterion.STUDENT.label)
    assert not says(page, TravelSupportCriterion.DISABILITY.label)
    assert "/en/meetings/OR1/support" in client.get("/en/meetings/OR1").text
    again = karim.get(f"{DESK}/offer").text
    assert 'value="30"' in again


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"weight_distance": ""}, NoCriterion),
        ({"nights": "0"}, NothingOffered),
        ({"closes_on": "2026-03-30"}, ClosesAfterMeeting),
    ],
)
def test_an_offer_that_makes_no_sense_is_not_published(karim, cast, wrong, refusal):
    defaults = {
        "province_code": OUJDA,
        "closes_on": "2026-03-20",
        "nights": "3",
        "tickets": "0",
        "weight_distance": "1",
    }
    answer = fill(karim, f"{DESK}/offer", **{**defaults, **wrong})
    assert answer.status_code == 422
    assert says(answer, refusal)
    assert session.scalar(select(TravelSupportOffer)) is None


def test_criteria_are_fixed_once_somebody_has_asked(karim, receipt, client):
    ask(client, receipt)
    answer = fill(karim, f"{DESK}/offer", weight_student="50")
    assert answer.status_code == 409
    assert says(answer, CriteriaFixed)
    assert fill(karim, f"{DESK}/offer", nights="9").status_code == 302
    assert travel_support_queries.weights(session.scalar(select(Meeting.id))) == {
        TravelSupportCriterion.DISTANCE: 30,
        TravelSupportCriterion.STUDENT: 10,
    }


def test_the_budget_does_not_go_below_what_is_granted(karim, offered, cast):
    (number,) = asked(cast, FIGUIG, nights=2)
    fill(karim, f"{DESK}/{number}", act="grant")
    answer = fill(karim, f"{DESK}/offer", nights="1")
    assert answer.status_code == 409
    assert says(answer, LessThanGranted, nights=2, tickets=0)


def test_small_counts_are_hidden_for_the_public(karim, client, cast):
    offer_help(cast, nights=20)
    ids = asked(cast, *[FIGUIG] * 8, *[TAOURIRT] * 9, *[RABAT] * 2)
    url = "/en/meetings/OR1/support"
    page = client.get(url)
    assert says(page, "The figures are published once nobody can ask any more.")
    assert "Figuig" not in page.text
    fill(karim, DESK, act="grant", chosen=[str(number) for number in ids[:5]])
    hidden, few = worded(HIDDEN), worded(FEW)
    with later(days=12):
        page = client.get(url).text
        counts = texts(page, "[aria-labelledby=figures] p")[0]
        assert re.findall(r"\d+", counts) == ["19"]  # and no grants: some are not decided yet
        assert cells(page) == {"Figuig": [hidden], "Taourirt": ["9"], "Rabat": [few]}
        karim = cast.visitor(cast.karim)
        fill(karim, DESK, act="refuse", reason="Non", chosen=[str(number) for number in ids[5:]])
        assert cells(client.get(url).text) == {
            "Figuig": [hidden, "5"],
            "Taourirt": ["9", "0"],
            "Rabat": [few, "0"],
        }


def test_too_few_to_be_counted(client, offered, cast):
    asked(cast, *[FIGUIG] * 4)
    with later(days=12):
        page = client.get("/en/meetings/OR1/support")
    assert says(page, "Fewer than five people have asked: figures could point at somebody.")
    assert "Figuig" not in page.text


def cells(page: str) -> dict[str, list[str]]:
    tree = parse(page)
    table = list(tree.iter("table"))[-1]
    return {
        "".join(row.find("th").itertext()): ["".join(cell.itertext()) for cell in row.iter("td")]
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
    assert page.count('name="chosen"') == travel_support_queries.SIZE
    assert karim.get(f"{DESK}?cursor=50").text.count('name="chosen"') == 11
    assert karim.get(f"{DESK}?cursor=x").status_code == 400


def test_a_request_asked_for_at_another_meeting_is_not_found(karim, offered, cast, app):
    (number,) = asked(cast, FIGUIG)
    assert karim.get(f"{DESK}/{number + 1}").status_code == 404
    assert karim.get(f"/en/manage/meetings/XX9/support/{number}").status_code == 404
    assert cast.visitor(cast.mounia).get(DESK).status_code in (403, 404)
