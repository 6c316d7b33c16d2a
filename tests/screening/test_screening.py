"""One reading in the screening room: the three criteria, the reason, what the register keeps."""

import pytest

from cocreation.screening.forms import WHY
from tests.desk import REFERRALS, SCREENING, entries, idea, received, states, steps
from tests.html import hrefs
from tests.screening.desk import VAGUE, YES, page_of, read, readings, token_of
from tests.words import errors, says


def test_an_idea_on_which_all_three_criteria_hold_is_accepted_and_the_next_one_comes(cast, salma):
    received(cast, 2)
    answer = read(salma, **YES)
    assert answer.status_code == 302
    assert answer.location.endswith("/screening/2026-2")
    assert states("2026-1", "2026-2") == ["accepted", "received"]
    assert [(step.kind.value, step.outcome) for step in steps("2026-1")] == [
        ("received", None),
        ("screened", "accepted"),
    ]


def test_a_criterion_that_holds_in_part_is_enough_with_a_sentence(cast, salma):
    received(cast)
    partly = {**YES, "clarity": "1"}
    refused = read(salma, **partly, reason=None, **{"reason_text-ar": None})
    assert refused.status_code == 422
    assert errors(refused) == {"clarity_note"}
    assert says(refused, WHY)
    assert states("2026-1") == ["received"]
    read(salma, **partly, clarity_note="الفقرة الثانية غامضة")
    assert states("2026-1") == ["accepted"]
    found = readings()[0]
    assert (found.clarity, found.clarity_note, found.precision, found.accepts) == (
        1,
        "الفقرة الثانية غامضة",
        2,
        True,
    )


def test_after_the_last_idea_the_queue_comes_back_and_says_what_is_next(cast, salma):
    received(cast)
    assert read(salma, **YES).location.endswith("/screening")
    assert hrefs(salma.get(SCREENING).text, ".empty a") == [REFERRALS]


def test_a_criterion_that_does_not_hold_gives_its_reason(cast, salma):
    received(cast)
    read(salma)
    step = steps("2026-1")[-1]
    assert states("2026-1") == ["screened_out"]
    assert (step.outcome, step.reason.value, step.text) == (
        "screened_out",
        "not_precise",
        {"ar": "الفكرة عامة"},
    )
    assert idea("2026-1").fate is None  # published only in a batch


@pytest.mark.parametrize(
    "wrong",
    [
        {**VAGUE, "reason_text-ar": ""},
        {**VAGUE, "reason_text-ar": "", "reason_text-en": "Only in English"},
        {**VAGUE, "reason": "not_clear"},
        {**VAGUE, "reason": "fits_the_plan"},
        {**VAGUE, "precision_note": ""},
        {**VAGUE, "precision": "3"},
        {**VAGUE, "reason_text-ar": "ل" * 6000},
        {**VAGUE, "reason_text-ar": "لم نفهم [الفقرة]"},
        {**VAGUE, "reason_text-fr": "Le [paragraphe] n’est pas clair"},
    ],
)
def test_not_accepted_without_a_reason_its_author_can_read_is_refused_and_kept(cast, salma, wrong):
    received(cast)
    answer = salma.post(f"{SCREENING}/2026-1", data={**wrong, "csrf_token": token_of(page_of(salma))})
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert all(value in answer.text for key, value in wrong.items() if key.startswith("reason_text"))
    assert states("2026-1") == ["received"]
    assert entries() == []
    assert readings() == []


def test_the_authors_language_will_do(cast, salma):
    received(cast, language="fr")
    said = {**VAGUE, "reason_text-ar": "", "reason_text-fr": "Trop général"}
    assert read(salma, **said).status_code == 302


def test_an_unanswered_criterion_is_asked_again(cast, salma):
    received(cast)
    form = {"clarity": "2", "csrf_token": token_of(page_of(salma))}
    assert salma.post(f"{SCREENING}/2026-1", data=form).status_code == 422
    assert states("2026-1") == ["received"]


def test_the_register_holds_the_scores_and_nobody_s_name_nor_notes(cast, salma):
    received(cast)
    read(salma)
    (entry,) = entries()
    assert '"scores":[{"clarity":2,"openness":2,"precision":0}]' in entry.content
    assert '"accepted":false' in entry.content
    assert "Salma" not in entry.content
    assert "أين؟" not in entry.content
