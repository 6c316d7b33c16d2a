"""Two who write one sheet at once: both texts are shown, and nothing is overwritten silently."""

import pytest

from cocreation.core.database import session
from cocreation.documents.models import SectionKind
from cocreation.plan import queries
from cocreation.plan.refusals import PartRemoved
from cocreation.web.edits import ChangedMeanwhile
from tests.forms import fill, filled_in, post, press
from tests.words import says

EDIT = "/en/manage/plan/2026-C01"
ACTIVITIES = f"{EDIT}/activities"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def amal(cast):
    return cast.visitor(cast.amal)


@pytest.fixture
def activity(salma):
    typed = {"number": "1", "title-fr": "Ouvrir le portail", "weight": "60"}
    fill(salma, f"{ACTIVITIES}/new", **typed)
    return f"{ACTIVITIES}/activity-1"


def sheet():
    found = queries.latest_sheet(queries.get_commitment("2026-C01"))
    session.remove()
    return found


PAGES = {
    "its words": (EDIT, "solution", "solution-fr", "problem-fr"),
    "further": (f"{EDIT}/further", "budget", "budget-fr", "transparency-fr"),
}


@pytest.mark.parametrize("page", PAGES)
def test_who_saves_second_sees_both_and_saves_again(salma, amal, page):
    url, kind, name, other = PAGES[page]
    typed = filled_in(amal.get(url), name)
    fill(salma, url, **{name: "Le texte de Salma", other: "Un autre champ de Salma"})
    typed[name] = "Le texte d'Amal"
    answer = post(amal, url, typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    for words in ("Le texte de Salma", "Le texte d", "Un autre champ de Salma"):
        assert words in answer.text
    assert sheet().text(SectionKind(kind))["fr"] == "Le texte de Salma"
    assert post(amal, url, filled_in(answer, name)).status_code == 302
    assert sheet().text(SectionKind(kind))["fr"] == "Le texte d'Amal"
    assert "Un autre champ de Salma" in amal.get(url).text, "what only Salma changed stays hers"


@pytest.mark.parametrize("page", PAGES)
def test_who_changed_another_field_loses_nothing_and_is_told(salma, amal, page):
    url, _kind, name, other = PAGES[page]
    typed = filled_in(amal.get(url), name)
    fill(salma, url, **{name: "Le texte de Salma"})
    typed[other] = "Le champ d'Amal"
    answer = post(amal, url, typed)
    assert says(answer, ChangedMeanwhile)
    assert post(amal, url, filled_in(answer, name)).status_code == 302
    page = amal.get(url).text
    assert "Le texte de Salma" in page
    assert "Le champ d" in page


def test_an_activity_removed_meanwhile_is_offered_as_a_new_one(salma, amal, activity):
    typed = filled_in(amal.get(activity), "number")
    press(salma, ACTIVITIES, "/remove")
    typed["title-fr"] = "Ouvrir et tenir le portail"
    answer = post(amal, activity, typed)
    assert answer.status_code == 409
    assert says(answer, PartRemoved)
    assert "Ouvrir et tenir le portail" in answer.text
    assert sheet().activities == []
    assert post(amal, f"{ACTIVITIES}/new", filled_in(answer, "number")).status_code == 302
    assert [a.title["fr"] for a in sheet().activities] == ["Ouvrir et tenir le portail"]


def test_weights_saved_meanwhile_are_shown(salma, amal, activity):
    url = f"{ACTIVITIES}/weights"
    typed = filled_in(amal.get(url), "activity-1")
    fill(salma, activity, weight="70")
    typed["activity-1"] = "50"
    answer = post(amal, url, typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    assert sheet().activities[0].weight == 700
    assert post(amal, url, filled_in(answer, "activity-1")).status_code == 302
    assert sheet().activities[0].weight == 500
