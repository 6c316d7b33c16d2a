"""The criteria of a cycle: set by the secretariat, scored by institutions, published with the fate."""

import json

import pytest

from cocreation.core.database import session
from cocreation.ledger import journal
from cocreation.study.models import Assessment, Criterion
from cocreation.study.refusals import AssessmentMissing, CriteriaInUse, HasCriteria, SameCriterion
from cocreation.study.services.criteria import USUAL, weighted_share
from tests.desk import BUNDLE, entries, states, steps
from tests.forms import fill, press
from tests.study.institutions import ELSEWHERE, LATER, answered, published, sent, with_criteria
from tests.words import refuses, says

CRITERIA = "/en/manage/dispositions/criteria/2026"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def names():
    session.remove()
    criteria = session.query(Criterion).order_by(Criterion.position)
    return [(criterion.name["fr"], criterion.weight) for criterion in criteria]


@pytest.mark.parametrize(
    ("scored", "share"),
    [([], 0), ([(10, 3)], 1), ([(30, 3), (10, 0)], 0.75), ([(1, 1), (1, 2)], 0.5), ([(100, 0)], 0)],
)
def test_the_weighted_share(scored, share):
    assert weighted_share(scored) == share


def test_the_usual_criteria_are_offered_to_a_cycle_that_has_none(cast, salma):
    offered = salma.get(CRITERIA.replace("/en/", "/fr/")).text
    assert all(name["fr"] in offered for name in USUAL)
    assert press(salma, CRITERIA, "/usual").status_code == 302
    assert [name for name, _ in names()] == [name["fr"] for name in USUAL]
    page = salma.get(CRITERIA).text
    assert "/usual" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    again = salma.post(f"{CRITERIA}/usual", data={"csrf_token": token})
    assert again.status_code == 409
    assert says(again, HasCriteria)
    assert len(names()) == 5


def test_criteria_are_added_changed_moved_and_removed(cast, salma):
    fill(salma, CRITERIA, **{"name-fr": "Budget", "weight": "30"})
    fill(salma, CRITERIA, **{"name-fr": "Impact", "weight": "10"})
    first, second = (criterion.id for criterion in session.query(Criterion).order_by(Criterion.position))
    fill(salma, f"{CRITERIA}/{second}", **{"name-fr": "Effet", "weight": "20"})
    press(salma, CRITERIA, f"/{second}/up")
    assert names() == [("Effet", 20), ("Budget", 30)]
    press(salma, CRITERIA, f"/{first}/remove")
    assert names() == [("Effet", 20)]
    assert "100%" in salma.get(CRITERIA).text


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"weight": "0"}, {"weight"}),
        ({"weight": "101"}, {"weight"}),
        ({"weight": "much"}, {"weight"}),
        ({"name-fr": ""}, {"name"}),
        ({"name-fr": "c1"}, SameCriterion),
    ],
)
def test_an_unusable_criterion_is_refused(cast, salma, wrong, because):
    with_criteria(cast)
    answer = fill(salma, CRITERIA, **{"name-fr": "Autre", "weight": "5"} | wrong)
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert names() == [("C1", 30), ("C2", 10)]


def test_a_criterion_may_keep_its_own_name_but_not_take_anothers(cast, salma):
    first, _ = with_criteria(cast)
    assert fill(salma, f"{CRITERIA}/{first}", weight="31").status_code == 302
    assert fill(salma, f"{CRITERIA}/{first}", **{"name-fr": "C2"}).status_code == 422
    assert names() == [("C1", 31), ("C2", 10)]


def test_criteria_hold_still_once_an_idea_is_assessed(cast, salma, farid):
    first, second = with_criteria(cast)
    sent(cast)
    page = salma.get(CRITERIA).text
    assert 'name="weight"' in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    scores = {f"score_{first}": "3", f"score_{second}": "1"}
    assert fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER, **scores).status_code == 302
    assert 'name="weight"' not in salma.get(CRITERIA).text
    for address, values in (
        (CRITERIA, {"name-fr": "Autre", "weight": "5"}),
        (f"{CRITERIA}/{first}", {"name-fr": "Autre", "weight": "5"}),
        (f"{CRITERIA}/{first}/down", {}),
        (f"{CRITERIA}/{first}/remove", {"confirmed": "1"}),
        (f"{CRITERIA}/usual", {}),
    ):
        answer = salma.post(address, data={"csrf_token": token, **values})
        assert answer.status_code == 409, address
        assert says(answer, CriteriaInUse)
    assert names() == [("C1", 30), ("C2", 10)]


def test_a_criterion_of_another_cycle_or_none_is_not_found(cast, salma):
    (first,) = with_criteria(cast, 10)
    assert salma.get(f"{CRITERIA}/{first + 50}").status_code == 404
    assert salma.get("/en/manage/dispositions/criteria/1999").status_code == 404


def test_every_criterion_needs_its_score(cast, farid):
    first, second = with_criteria(cast)
    sent(cast)
    answer = fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER, **{f"score_{first}": "2"})
    assert answer.status_code == 422
    assert says(answer, AssessmentMissing, criteria="C2")
    assert "Pas de budget cette fois" in answer.text
    wrong = fill(
        farid, f"{BUNDLE}/2026-1/ministry", **LATER, **{f"score_{first}": "2", f"score_{second}": "4"}
    )
    assert wrong.status_code == 422
    assert states("2026-1") == ["referred"]
    assert session.query(Assessment).count() == 0


def test_scores_come_with_what_they_amount_to_and_can_be_corrected(cast, farid):
    first, second = with_criteria(cast)
    sent(cast)
    url = f"{BUNDLE}/2026-1/ministry"
    scores = {f"score_{first}": "3", f"score_{second}": "1", f"note_{first}": "Crédits prévus"}
    assert fill(farid, url, **LATER, **scores).status_code == 302
    page = farid.get(url).text
    assert "83%" in page  # (30·3 + 10·1) / (40·3)
    assert "Crédits prévus" in page
    fill(farid, url, **{f"score_{first}": "0", f"note_{first}": ""})
    assert "8%" in farid.get(url).text
    assessments = session.query(Assessment).order_by(Assessment.criterion_id)
    assert [(assessment.score, assessment.note) for assessment in assessments] == [(0, None), (1, None)]


def test_an_idea_that_is_transferred_needs_no_score_and_keeps_none(cast, farid):
    first, second = with_criteria(cast)
    sent(cast)
    url = f"{BUNDLE}/2026-1/ministry"
    fill(farid, url, **LATER, **{f"score_{first}": "3", f"score_{second}": "1"})
    assert fill(farid, url, **ELSEWHERE, transfer_to="elsewhere").status_code == 302
    assert session.query(Assessment).count() == 0


def test_the_ticked_ideas_get_the_same_scores(cast, farid):
    first, second = with_criteria(cast)
    ids = sent(cast, 3)
    scores = {f"score_{first}": "2", f"score_{second}": "2"}
    assert fill(farid, BUNDLE, chosen=ids, **LATER).status_code == 422
    assert fill(farid, BUNDLE, chosen=ids, **LATER, **scores).status_code == 302
    assert session.query(Assessment).count() == 6


def test_scores_are_sealed_until_the_fate_and_the_seal_then_holds(cast, client, farid):
    first, second = with_criteria(cast)
    sent(cast)
    scores = {f"score_{first}": "3", f"score_{second}": "1", f"note_{first}": "Crédits prévus"}
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER, **scores)
    assert "Crédits" not in client.get("/en/ideas/2026-1").text
    seal = json.loads(entries()[-1].content)["seal"]
    published(cast)
    fate = json.loads(entries()[-2].content)
    assert journal.seal(fate["answers"][0]) == seal
    assert [assessment["score"] for assessment in fate["answers"][0]["assessment"]] == [3, 1]
    page = client.get("/fr/ideas/2026-1").text
    assert "Crédits prévus" in page
    assert "83" in page
    assert "/3</strong>" in page
    assert steps("2026-1")[2].assessment["criteria"][1]["name"]["fr"] == "C2"


def test_a_cycle_without_criteria_asks_for_no_score(cast, client, farid):
    (number,) = sent(cast)
    assert "score_" not in farid.get(f"{BUNDLE}/2026-1/ministry").text
    answered(cast, number)
    published(cast)
    assert steps("2026-1")[2].assessment is None
    assert "/3</strong>" not in client.get("/en/ideas/2026-1").text
