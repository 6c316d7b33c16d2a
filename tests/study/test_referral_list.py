"""The list of ideas to send: chosen by theme and beyond its page, ordered, kept where one was."""

from __future__ import annotations

import pytest

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.models import Referral
from tests.desk import REFERRALS, received, states
from tests.forms import csrf_token
from tests.html import hrefs, numbers, texts
from tests.study.test_referrals import refer

LEADS = ".dense .lead .reference"


@pytest.fixture
def ideas(cast) -> list[int]:
    """62 on access, the first of them supported most, and two without a theme; their ids."""
    ids = received(cast, 62, state=IdeaState.ACCEPTED, theme_id=cast.access.id)
    ids += received(cast, 2, state=IdeaState.ACCEPTED, theme_id=None)
    session.get_one(Idea, ids[5]).supporters = 7
    session.commit()
    return ids


def test_themes_are_chosen_with_their_numbers_said_before(salma, cast, ideas):
    page = salma.get(REFERRALS).text
    assert numbers(page, ".picks b") == [64, 62, 2]
    without = salma.get(hrefs(page, ".picks a")[2]).text
    assert texts(without, LEADS) == ["2026-63", "2026-64"]
    assert numbers(without, ".listing p") == [2]


def test_all_of_a_theme_are_sent_also_those_of_the_other_pages(salma, cast, ideas):
    theme = f"{REFERRALS}?theme={cast.access.id}"
    assert len(texts(salma.get(theme).text, LEADS)) == 60
    data = {"csrf_token": csrf_token(salma), "every": "y", "institutions": [cast.ministry.id]}
    question = salma.post(theme, data={**data, "due_on": "2026-04-01"})
    assert numbers(question.text, "h1") == [62]
    assert refer(salma, [], [cast.ministry], theme, every="y").location == theme
    assert session.query(Referral).count() == 62
    assert states("2026-62", "2026-63") == ["referred", "accepted"]


def test_the_list_is_ordered_and_goes_through_every_idea_once(salma, ideas):
    for order in ("oldest", "latest", "supported"):
        found, following = [], [f"{REFERRALS}?order={order}"]
        while following:
            page = salma.get(following[0]).text
            found += texts(page, LEADS)
            following = hrefs(page, ".pager [rel=next]")
        assert len(found) == len(set(found)) == 64
        assert found[0] == {"oldest": "2026-1", "latest": "2026-64", "supported": "2026-6"}[order]


def test_the_order_and_the_page_are_kept_after_sending(salma, cast, ideas):
    [following] = hrefs(salma.get(f"{REFERRALS}?order=latest").text, ".pager [rel=next]")
    answer = refer(salma, ideas[:1], [cast.ministry], following)
    assert answer.location == following
    assert texts(salma.get(following).text, LEADS) == ["2026-4", "2026-3", "2026-2"]
    refer(salma, ideas[1:4], [cast.ministry], following)
    assert len(texts(salma.get(following).text, LEADS)) == 60  # nothing is left there: from the beginning
