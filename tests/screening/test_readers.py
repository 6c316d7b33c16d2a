"""The rule of readers: how many of them decide, who reads after whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea
from cocreation.reasons.models import Reason
from cocreation.screening.manage import SAVED
from cocreation.screening.policy import Verdict, verdict
from cocreation.screening.refusals import AlreadyNotAccepted, AlreadyRead
from tests.cast import THEN, person
from tests.desk import SCREENING, entries, received, states, steps
from tests.forms import fill
from tests.html import texts
from tests.screening.desk import VAGUE, YES, page_of, read, readings, token_of
from tests.words import says

TWO_AGREE = (
    "In this cycle, not accepting an idea takes two readers who agree on the reason."
    " When they do not, a third one decides."
)
CLEAR, PRECISE, OPENNESS = Reason.NOT_CLEAR, Reason.NOT_PRECISE, Reason.NOT_OPENNESS


def test_the_second_of_two_screeners_reads_what_the_first_decided_and_keeps_what_was_typed(cast, salma):
    received(cast)
    amal = cast.visitor(cast.amal)
    page = page_of(amal)
    read(salma)
    late = {**YES, "clarity": "0", "clarity_note": "؟", "reason_text-ar": "نص المتأخر"}
    answer = amal.post(f"{SCREENING}/2026-1", data={**late, "csrf_token": token_of(page)})
    assert answer.status_code == 409
    assert says(answer, AlreadyNotAccepted, reason=Reason.NOT_PRECISE.label)
    assert "Salma" in answer.text
    assert "أين؟" in answer.text
    assert "نص المتأخر" in answer.text
    assert len(entries()) == len(readings()) == 1
    assert steps("2026-1")[-1].reason.value == "not_precise"


@pytest.mark.parametrize(
    ("reasons", "needed", "expected"),
    [
        ([], 1, Verdict.OPEN),
        ([None], 1, Verdict.ACCEPTED),
        ([None], 2, Verdict.ACCEPTED),
        ([CLEAR], 1, Verdict.NOT_ACCEPTED),
        ([CLEAR], 2, Verdict.OPEN),
        ([CLEAR, CLEAR], 2, Verdict.NOT_ACCEPTED),
        ([CLEAR, PRECISE], 2, Verdict.OPEN),  # not for the same reason: no agreement
        ([CLEAR, PRECISE, CLEAR], 2, Verdict.NOT_ACCEPTED),
        ([CLEAR, PRECISE, OPENNESS], 2, Verdict.NOT_ACCEPTED),  # all three refuse it
        ([CLEAR, PRECISE, None], 2, Verdict.OPEN),
        ([CLEAR, None], 2, Verdict.OPEN),
        ([CLEAR, None], 1, Verdict.OPEN),
        ([CLEAR, None, None], 2, Verdict.ACCEPTED),
        ([CLEAR, None, CLEAR], 2, Verdict.NOT_ACCEPTED),
        ([CLEAR, None, PRECISE], 2, Verdict.OPEN),
    ],
)
def test_the_rule_of_readers(reasons, needed, expected):
    assert verdict(reasons, needed) is expected


@pytest.mark.usefixtures("two_readers")
def test_a_first_refusal_decides_nothing_and_leads_to_another_reader(cast, salma):
    received(cast, 2)
    answer = read(salma)
    assert answer.location.endswith("/screening/2026-2")
    assert says(salma.get(answer.location), SAVED[Verdict.OPEN])
    assert states("2026-1") == ["received"]
    assert entries() == []
    assert len(steps("2026-1")) == 1
    assert "2026-1<" not in salma.get(SCREENING).text
    second = salma.get(f"{SCREENING}?pile=second")
    assert "2026-1<" in second.text
    assert says(second, "you have read it")
    assert 'name="chosen"' not in second.text
    assert 'name="chosen"' in cast.visitor(cast.amal).get(f"{SCREENING}?pile=second").text


@pytest.mark.usefixtures("two_readers")
def test_the_second_reader_does_not_see_the_first_before_reading_and_two_who_agree_refuse(cast, salma):
    received(cast, 2)
    read(salma)
    read(salma, "2026-2")
    amal = cast.visitor(cast.amal)
    answer = amal.get(f"{SCREENING}/2026-1")
    assert "أين؟" not in answer.text
    assert says(answer, TWO_AGREE)
    refused = "%(count)s reader would not accept it"
    assert says(salma.get(f"{SCREENING}?pile=second"), refused)
    assert not says(amal.get(f"{SCREENING}?pile=second"), refused)
    read(amal, "2026-2", **{**YES, "clarity": "0", "clarity_note": "؟", "reason_text-ar": "غير واضحة"})
    assert states("2026-2") == ["received"]  # two refusals for different reasons are not agreement
    assert "أين؟" in amal.get(f"{SCREENING}/2026-2").text
    fill(salma, "/en/manage/cycles/2026", first_verdict="shown")  # a setting of the cycle
    assert "أين؟" in amal.get(f"{SCREENING}/2026-1").text
    own = {**VAGUE, "reason_text-ar": "كلمات القارئ الثاني"}
    read(amal, **own)
    assert states("2026-1") == ["screened_out"]
    assert steps("2026-1")[-1].text == {"ar": "كلمات القارئ الثاني"}
    assert entries()[-1].content.count('"clarity":') == 2


@pytest.mark.usefixtures("two_readers")
def test_when_two_disagree_a_third_one_decides(cast, salma):
    received(cast, 2)
    amal, sanae = cast.visitor(cast.amal), third(cast)
    for reference, last in (("2026-1", YES), ("2026-2", VAGUE)):
        read(salma, reference)
        answer = read(amal, reference, **YES)
        assert answer.status_code == 302
        assert states(reference) == ["received"]
        read(sanae, reference, **last)
    assert states("2026-1", "2026-2") == ["accepted", "screened_out"]
    assert len(entries()) == 2


@pytest.mark.usefixtures("two_readers")
def test_nobody_reads_twice(cast, salma):
    received(cast)
    page = page_of(salma)
    read(salma)
    again = salma.post(f"{SCREENING}/2026-1", data={**VAGUE, "csrf_token": token_of(page)})
    assert again.status_code == 409
    assert says(again, AlreadyRead)
    assert "الفكرة عامة" in again.text
    assert states("2026-1") == ["received"]
    assert len(readings()) == 1
    assert 'name="clarity"' in page
    assert 'name="clarity"' not in page_of(salma)
    assert texts(page_of(salma), ".notice-waiting")


@pytest.mark.usefixtures("two_readers")
def test_a_reading_of_words_that_were_changed_since_counts_no_more(cast, salma):
    received(cast)
    read(salma)
    session.scalars(select(Idea)).one().edited_at = THEN + timedelta(hours=1)
    session.commit()
    with clock.frozen(THEN + timedelta(hours=2)):
        assert "2026-1<" in salma.get(SCREENING).text
        read(salma)
        assert states("2026-1") == ["received"]  # not the second of two who agree
        assert len(readings()) == 1
        read(cast.visitor(cast.amal))
    assert states("2026-1") == ["screened_out"]


def test_the_secretariat_sets_how_many_readers_a_refusal_takes(cast, salma):
    fill(salma, "/en/manage/cycles/2026", readers_to_refuse="2")
    assert session.get_one(Cycle, cast.cycle.id).readers_to_refuse == 2
    session.remove()
    bad = {"readers_to_refuse": "0", "csrf_token": token_of(salma.get("/en/manage/cycles/2026").text)}
    assert salma.post("/en/manage/cycles/2026", data=bad).status_code == 422


def third(cast):
    """Somebody else of the secretariat."""
    sanae = person("Sanae", Role.SECRETARIAT)
    session.commit()
    session.remove()
    return cast.visitor(sanae)
