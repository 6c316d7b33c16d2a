"""The screening desk."""

import pytest

from cocreation.cycles.models import Phase
from tests.dispositions.desk import SCREENING, close, entries, idea, received, states, steps
from tests.forms import fill

YES = {"is_clear": "yes", "is_precise": "yes", "is_about_openness": "yes"}
VAGUE = {**YES, "is_precise": "no", "reason_text-ar": "الفكرة عامة"}


def test_an_idea_on_which_all_three_criteria_hold_is_accepted_and_the_next_one_comes(cast):
    received(cast, 2)
    answer = fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", **YES)
    assert answer.status_code == 302
    assert answer.location.endswith("/screening/2026-2")
    assert states("2026-1", "2026-2") == ["accepted", "received"]
    assert [(step.kind.value, step.outcome) for step in steps("2026-1")] == [
        ("received", None),
        ("screened", "accepted"),
    ]


def test_after_the_last_idea_the_queue_comes_back_and_says_what_is_next(cast):
    received(cast)
    salma = cast.visitor(cast.salma)
    assert fill(salma, f"{SCREENING}/2026-1", **YES).location.endswith("/screening")
    assert "No idea is waiting" in salma.get(SCREENING).text


def test_a_criterion_that_does_not_hold_gives_its_reason(cast):
    received(cast)
    fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", **VAGUE)
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
        {**VAGUE, "reason_text-ar": "ل" * 6000},
    ],
)
def test_not_accepted_without_a_reason_its_author_can_read_is_refused_and_kept(cast, wrong):
    received(cast)
    typed = {**wrong, "reason_text-fr": "texte gardé"} if "reason" in wrong else wrong
    answer = fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", **typed)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert all(value in answer.text for key, value in typed.items() if key.startswith("reason_text"))
    assert states("2026-1") == ["received"]
    assert entries() == []


def test_the_authors_language_will_do(cast):
    received(cast, language="fr")
    said = {**VAGUE, "reason_text-ar": "", "reason_text-fr": "Trop général"}
    assert fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", **said).status_code == 302


def test_an_unanswered_criterion_is_asked_again(cast):
    received(cast)
    answer = fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", is_clear="yes")
    assert answer.status_code == 422
    assert states("2026-1") == ["received"]


def test_the_second_of_two_screeners_reads_what_the_first_decided_and_keeps_what_was_typed(cast):
    received(cast)
    amal = cast.visitor(cast.amal)
    page = amal.get(f"{SCREENING}/2026-1").text
    fill(cast.visitor(cast.salma), f"{SCREENING}/2026-1", **VAGUE)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    late = {**YES, "is_clear": "no", "reason_text-ar": "نص المتأخر", "csrf_token": token}
    answer = amal.post(f"{SCREENING}/2026-1", data=late)
    assert answer.status_code == 409
    assert "Meanwhile this idea was not accepted" in answer.text
    assert "not precise enough" in answer.text
    assert "نص المتأخر" in answer.text
    assert len(entries()) == 1
    assert steps("2026-1")[-1].reason.value == "not_precise"


def test_the_ticked_ideas_are_accepted_at_once_and_what_was_decided_meanwhile_stays(cast):
    ids = received(cast, 4)
    salma = cast.visitor(cast.salma)
    fill(salma, f"{SCREENING}/2026-2", **VAGUE)
    page = salma.get(SCREENING).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    salma.post(SCREENING, data={"chosen": ids[:3], "csrf_token": token})
    assert states(*(f"2026-{n}" for n in range(1, 5))) == [
        "accepted",
        "screened_out",
        "accepted",
        "received",
    ]
    text = salma.get(SCREENING).text
    assert "2 ideas were accepted" in text
    assert "1 idea had been decided meanwhile" in text


def test_everything_on_the_page_can_be_ticked_without_javascript(cast):
    received(cast, 3)
    salma = cast.visitor(cast.salma)
    assert salma.get(SCREENING).text.count(" checked") == 0
    assert salma.get(f"{SCREENING}?tick=1").text.count(" checked") == 3


@pytest.mark.parametrize("chosen", [["x"], ["99999"], [], ["-1"], ["9" * 30]])
def test_ticks_nobody_gave_out_change_nothing(cast, chosen):
    received(cast)
    answer = fill(cast.visitor(cast.salma), SCREENING, chosen=chosen)
    assert answer.status_code in (302, 422)
    assert states("2026-1") == ["received"]


def test_the_queue_is_narrowed_by_theme_and_origin(cast):
    received(cast)
    received(cast, theme_id=cast.digital.id)
    salma = cast.visitor(cast.salma)
    page = salma.get(f"{SCREENING}?theme={cast.digital.id}").text
    assert "2026-2" in page
    assert "2026-1<" not in page
    assert "2026-1" not in salma.get(f"{SCREENING}?origin=workshop").text
    assert salma.get(f"{SCREENING}?theme=x&origin=x").status_code == 200


def test_when_the_calendar_has_screening_closed_nothing_is_decided(cast):
    ids = received(cast)
    close(Phase.SCREENING)
    salma = cast.visitor(cast.salma)
    answer = fill(salma, f"{SCREENING}/2026-1", **VAGUE)
    assert answer.status_code == 409
    assert "is not open today" in answer.text
    assert "الفكرة عامة" in answer.text
    assert fill(salma, SCREENING, chosen=ids).status_code == 409
    assert states("2026-1") == ["received"]


def test_only_the_secretariat_screens(cast):
    received(cast)
    for person in (cast.karim, cast.fatima, cast.farid, cast.mounia, cast.hicham):
        assert cast.visitor(person).get(f"{SCREENING}/2026-1").status_code == 403
    assert cast.visitor().get(SCREENING).status_code == 302
    assert cast.visitor(cast.amal).get(SCREENING).status_code == 200
    assert cast.visitor(cast.salma).get(f"{SCREENING}/2026-9").status_code == 404


def test_the_queue_asks_as_much_of_the_database_for_many_as_for_one(cast, statements):
    received(cast)
    salma = cast.visitor(cast.salma)
    with statements() as few:
        salma.get(SCREENING)
    received(cast, 100)
    with statements() as many:
        page = salma.get(SCREENING)
    assert len(many) == len(few) <= 6
    assert "cursor=" in page.text
