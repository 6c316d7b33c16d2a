"""Ideas ticked in the screening room: accepted or refused at once, all or none."""

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.refusals import NoIdeaChosen
from cocreation.reasons.models import Reason
from cocreation.screening.models import Screening
from cocreation.screening.refusals import ReadByYou
from tests.desk import SCREENING, received, states, steps
from tests.forms import fill
from tests.html import numbers, texts
from tests.screening.desk import read, refuse, token_of
from tests.words import says


def test_the_ticked_ideas_are_accepted_at_once(cast, salma):
    ids = received(cast, 4)
    fill(salma, SCREENING, chosen=ids[:3])
    assert states(*(f"2026-{n}" for n in range(1, 5))) == ["accepted"] * 3 + ["received"]
    assert numbers(salma.get(SCREENING).text, ".flash") == [3]


def test_nothing_is_done_to_many_before_their_number_was_seen_and_said_yes_to(cast, salma):
    ids = received(cast, 4)
    for sent in ({}, {"act": "refuse", "reason": "not_openness", "reason_text-ar": "لا علاقة"}):
        data = {"chosen": ids[:3], **sent, "csrf_token": token_of(salma.get(SCREENING).text)}
        asked = salma.post(SCREENING, data=data)
        assert asked.status_code == 200
        assert numbers(asked.text, "h1") == [3]
        assert texts(asked.text, "main .reference") == [f"2026-{n}" for n in (1, 2, 3)]
        no = salma.post(SCREENING, data={**data, "confirmed": "no"})
        assert no.text.count(" checked") == 3  # what was ticked stays
        other = salma.post(SCREENING, data={**data, "confirmed": "4"})
        assert numbers(other.text, "h1") == [3]  # another number was shown: asked anew
        assert states(*(f"2026-{n}" for n in range(1, 5))) == ["received"] * 4


def test_one_decided_meanwhile_is_named_and_none_is_changed(cast, salma):
    ids = received(cast, 3)
    page = salma.get(SCREENING).text
    read(cast.visitor(cast.amal), "2026-2")
    for answer in (
        salma.post(SCREENING, data={"chosen": ids, "confirmed": "3", "csrf_token": token_of(page)}),
        refuse(salma, ids, page),
    ):
        assert answer.status_code == 409
        assert "\u20682026-2\u2069" in answer.text
        assert "\u20682026-1\u2069" not in answer.text
        assert answer.text.count(" checked") == 2  # the others stay ticked
    assert "لا علاقة لها بالانفتاح" in answer.text
    assert states("2026-1", "2026-2", "2026-3") == ["received", "screened_out", "received"]


def test_the_ticked_ideas_are_not_accepted_for_one_reason(cast, salma):
    ids = received(cast, 3)
    refuse(salma, ids[:2])
    assert states("2026-1", "2026-2", "2026-3") == ["screened_out", "screened_out", "received"]
    assert {step.reason for step in (steps("2026-1")[-1], steps("2026-2")[-1])} == {Reason.NOT_OPENNESS}
    session.remove()
    screening = session.scalars(select(Screening)).first()
    assert (screening.is_clear, screening.is_precise, screening.is_about_openness) == (True, True, False)
    assert numbers(salma.get(SCREENING).text, ".flash") == [2]


@pytest.mark.usefixtures("two_readers")
def test_the_rule_of_readers_holds_for_what_is_ticked(cast, salma):
    ids = received(cast, 2)
    page = salma.get(SCREENING).text
    refuse(salma, ids)
    assert numbers(salma.get(SCREENING).text, ".flash") == [2]
    assert states("2026-1", "2026-2") == ["received", "received"]
    again = refuse(salma, ids, page)
    assert again.status_code == 409
    assert says(again, ReadByYou)
    refuse(cast.visitor(cast.amal), ids)
    assert states("2026-1", "2026-2") == ["screened_out", "screened_out"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "fits_the_plan"},
        {"reason_text-ar": ""},
        {"reason_text-ar": "", "reason_text-fr": "Sans lien"},
        {"reason_text-ar": "لم نفهم [الفقرة]"},
    ],
)
def test_ticked_ideas_are_not_refused_without_words_all_authors_can_read(cast, salma, wrong):
    ids = received(cast, 2)
    answer = refuse(salma, ids, **wrong)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert answer.text.count(" checked") == 2
    assert states("2026-1", "2026-2") == ["received", "received"]


def test_everything_on_the_page_can_be_ticked_without_javascript(cast, salma):
    received(cast, 3)
    assert salma.get(SCREENING).text.count(" checked") == 0
    assert salma.get(f"{SCREENING}?tick=1").text.count(" checked") == 3


@pytest.mark.parametrize("chosen", [["x"], ["99999"], [], ["-1"], ["9" * 30]])
def test_ticks_nobody_gave_out_change_nothing(cast, salma, chosen):
    received(cast)
    answer = fill(salma, SCREENING, chosen=chosen)
    assert answer.status_code == 422
    assert says(answer, NoIdeaChosen)
    assert states("2026-1") == ["received"]
