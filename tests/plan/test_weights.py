"""All activities of a commitment are weighed on one page."""

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.documents.models import DocumentVersion
from cocreation.plan import queries
from cocreation.plan.sheet import WHOLE, evenly
from tests.forms import fill, filled_in, post
from tests.html import hrefs, parse
from tests.words import errors

ACTIVITIES = "/en/manage/plan/2026-C01/activities"
PAGE = f"{ACTIVITIES}/weights"


@pytest.fixture
def salma(cast):
    """The secretariat, at a commitment of three activities."""
    salma = cast.visitor(cast.salma)
    for number in (1, 2, 3):
        fill(salma, f"{ACTIVITIES}/new", **{"number": str(number), "title-fr": f"Activité {number}"})
    return salma


def weights():
    found = queries.latest_sheet(queries.get_commitment("2026-C01")).activities
    session.remove()
    return [activity.weight for activity in found]


def versions():
    found = session.scalars(select(DocumentVersion.number)).all()
    session.remove()
    return len(found)


def total(answer):
    return [element.get("data-sum") for element in parse(answer.text).iter("output")]


def test_all_are_weighed_in_one_version(salma):
    assert PAGE in hrefs(salma.get(ACTIVITIES).text)
    before = versions()
    given = {"activity-1": "50", "activity-2": "30.5", "activity-3": "19.5"}
    assert fill(salma, PAGE, **given).status_code == 302
    assert weights() == [500, 305, 195]
    assert versions() == before + 1
    assert total(salma.get(PAGE)) == [str(WHOLE)]
    assert fill(salma, PAGE, **given).status_code == 302
    assert versions() == before + 1, "nothing changed"


def test_spread_evenly_fills_in_and_saves_nothing(salma):
    typed = filled_in(salma.get(PAGE), "activity-1")
    typed["act"] = "spread"
    answer = post(salma, PAGE, typed)
    assert answer.status_code == 200
    assert weights() == [None, None, None]
    shown = filled_in(answer, "activity-1")
    assert [shown[f"activity-{number}"] for number in (1, 2, 3)] == ["33.4", "33.3", "33.3"]
    assert total(answer) == [str(WHOLE)]
    assert post(salma, PAGE, shown).status_code == 302
    assert weights() == [334, 333, 333]


def test_some_can_be_left_open(salma):
    assert fill(salma, PAGE, **{"activity-2": "40"}).status_code == 302
    assert weights() == [None, 400, None]
    fill(salma, PAGE, **{"activity-2": ""})
    assert weights() == [None, None, None]


@pytest.mark.parametrize("wrong", ["0", "-5", "100.1", "0.01", "NaN", "Infinity", "much"])
def test_what_is_no_weight_is_said_at_its_field(salma, wrong):
    answer = fill(salma, PAGE, **{"activity-1": "10", "activity-3": wrong})
    assert answer.status_code == 422
    assert errors(answer) == {"activity-3"}
    assert weights() == [None, None, None]


def test_a_commitment_without_activities_has_nothing_to_weigh(cast):
    page = cast.visitor(cast.salma).get(PAGE)
    assert page.status_code == 200
    assert "data-weights" not in page.text


@given(count=st.integers(1, 999))
def test_shares_that_are_even_are_a_whole_and_differ_by_a_tenth(count):
    shares = evenly(count)
    assert (sum(shares), len(shares)) == (WHOLE, count)
    assert max(shares) - min(shares) <= 1
    assert min(shares) > 0
