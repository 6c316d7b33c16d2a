"""The sheet of a commitment: partners, openness, activities, indicators, and what it lacks."""

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.documents.models import DocumentVersion
from cocreation.plan import queries
from cocreation.plan.refusals import ActivityNumberTaken, WeightsDoNotAddUp
from cocreation.plan.sheet import SheetLack
from cocreation.web.edits import ChangedMeanwhile
from tests.forms import fill, filled_in, press
from tests.html import hrefs, texts
from tests.words import errors, says

EDIT = "/en/manage/plan/2026-C01"
PUBLIC = "/fr/plan/commitments/2026-C01"
ACTIVITIES, INDICATORS = f"{EDIT}/activities", f"{EDIT}/indicators"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def activity(**more):
    typed = {
        "number": "1",
        "title-fr": "Ouvrir le portail",
        "title-ar": "فتح البوابة",
        "responsible-fr": "La direction du numérique",
        "starts_on": "2026-02-01",
        "ends_on": "2026-06-30",
        "weight": "60",
        "deliverable-fr": "Un portail en ligne",
    }
    return typed | more


def indicator(**more):
    typed = {
        "label-fr": "Jeux de données publiés",
        "label-ar": "مجموعات معطيات منشورة",
        "type": "tracking",
        "unit-fr": "jeux",
        "baseline": "12",
        "target": "60",
        "source-fr": "Le portail",
    }
    return typed | more


def sheet():
    found = queries.latest_sheet(queries.get_commitment("2026-C01"))
    session.remove()
    return found


def versions():
    found = session.scalars(select(DocumentVersion.number)).all()
    session.remove()
    return list(found)


def test_a_sheet_is_filled_in_and_published(salma, client):
    before = sheet().completeness
    assert SheetLack.ACTIVITIES in sheet().lacks
    assert fill(salma, f"{ACTIVITIES}/new", **activity()).headers["Location"] == ACTIVITIES
    fill(salma, f"{ACTIVITIES}/new", **activity(**{"number": "2", "weight": "40", "title-fr": "Former"}))
    fill(salma, f"{INDICATORS}/new", **indicator())
    fill(salma, f"{INDICATORS}/new", **indicator(type="impact", **{"label-fr": "Usagers"}))
    further = {
        f"{name}-{code}": f"{name} {code}"
        for name in ("transparency", "public_partners", "civil_partners", "budget")
        for code in ("ar", "fr")
    }
    fill(salma, f"{EDIT}/further", **further)
    assert before < 0.5
    assert (sheet().completeness, sheet().lacks) == (1, [])
    assert not texts(client.get(PUBLIC).text, "#activities"), "it is a draft"
    fill(salma, f"{EDIT}/publish", **{"message-fr": "La fiche complète"})
    page = client.get(PUBLIC).text
    assert texts(page, "#activity-1 th") == ["Ouvrir le portail"]
    assert len(texts(page, ".activities tbody tr")) == len(texts(page, ".indicators tbody tr")) == 2
    for words in ("transparency fr", "public_partners fr", "civil_partners fr", "budget fr"):
        assert words in page
    assert not texts(page, "#lacking")
    assert "Un portail en ligne" in client.get("/fr/documents/2026-C01/compare").text


def test_a_sheet_says_what_it_lacks(salma, client):
    page = client.get(PUBLIC)
    assert texts(page.text, "#lacking")
    for lack in sheet().lacks:
        assert says(page, lack.label)
    for page_of in ("further", "activities", "indicators"):
        assert f"{EDIT}/{page_of}" in hrefs(salma.get(EDIT).text, ".lacking a")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weight": "0"}, "weight"),
        ({"weight": "-5"}, "weight"),
        ({"weight": "100.1"}, "weight"),
        ({"weight": "0.01"}, "weight"),
        ({"weight": "NaN"}, "weight"),
        ({"weight": "Infinity"}, "weight"),
        ({"weight": "1e999999"}, "weight"),
        ({"weight": "much"}, "weight"),
        ({"ends_on": "2026-01-31"}, "ends_on"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"title-fr": "", "title-ar": " "}, "title"),
        ({"title-fr": "x" * 501}, "title"),
        ({"number": "0"}, "number"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(salma, wrong, field):
    answer = fill(salma, f"{ACTIVITIES}/new", **activity(**wrong))
    assert answer.status_code == 422
    assert errors(answer) == {field}
    assert "Un portail en ligne" in answer.text
    assert versions() == []


def test_a_number_belongs_to_one_activity(salma):
    fill(salma, f"{ACTIVITIES}/new", **activity())
    answer = fill(salma, f"{ACTIVITIES}/new", **activity(**{"title-fr": "Encore une"}))
    assert answer.status_code == 409
    assert says(answer, ActivityNumberTaken, number=1)
    assert "Encore une" in answer.text
    assert [a.uid for a in sheet().activities] == ["activity-1"]


def test_weights_add_up_before_a_sheet_with_weights_is_published(salma, client):
    fill(salma, f"{ACTIVITIES}/new", **activity())
    said = {"message-fr": "Première activité"}
    answer = fill(salma, f"{EDIT}/publish", **said)
    assert answer.status_code == 409
    assert says(answer, WeightsDoNotAddUp, sum="60")
    assert not texts(client.get(PUBLIC).text, "#activity-1")
    fill(salma, f"{ACTIVITIES}/activity-1", weight="")
    assert fill(salma, f"{EDIT}/publish", **said).status_code == 302, "read before they are agreed"
    assert texts(client.get(PUBLIC).text, "#activity-1")
    assert SheetLack.WEIGHTS in sheet().lacks


def test_a_share_keeps_its_tenth(salma):
    fill(salma, f"{ACTIVITIES}/new", **activity(weight="14.3"))
    assert sheet().activities[0].weight == 143
    fill(salma, f"{ACTIVITIES}/activity-1", **{"title-fr": "Autrement"})
    assert sheet().activities[0].weight == 143


def test_a_part_that_is_removed_stays_in_the_versions_before(salma):
    fill(salma, f"{INDICATORS}/new", **indicator())
    press(salma, INDICATORS, "/remove")
    assert sheet().indicators == []
    assert "Jeux de données" in salma.get("/fr/documents/2026-C01/versions/2").text
    assert "Jeux de données" not in salma.get("/fr/documents/2026-C01/versions/3").text
    fill(salma, f"{INDICATORS}/new", **indicator())
    assert [i.uid for i in sheet().indicators] == ["indicator-2"], "no name is given twice"
    for gone in (f"{INDICATORS}/indicator-1", f"{ACTIVITIES}/indicator-2", f"{ACTIVITIES}/title"):
        assert salma.get(gone).status_code == 404


def test_two_people_at_one_activity_both_see_both(cast, salma):
    fill(salma, f"{ACTIVITIES}/new", **activity())
    url, amal = f"{ACTIVITIES}/activity-1", cast.visitor(cast.amal)
    typed = filled_in(amal.get(url), "number")
    fill(salma, url, **{"title-fr": "Le portail de Salma"})
    typed["title-fr"] = "Le portail d'Amal"
    answer = amal.post(url, data=typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    assert "Le portail de Salma" in answer.text
    assert sheet().activities[0].title["fr"] == "Le portail de Salma"
    amal.post(url, data=filled_in(answer, "number"))
    assert sheet().activities[0].title["fr"] == "Le portail d'Amal"


def test_many_activities_cost_what_one_does(cast, salma, client, statements):
    counts = []
    for numbers in (range(1, 2), range(2, 8)):
        for number in numbers:
            fill(salma, f"{ACTIVITIES}/new", **activity(number=str(number), weight=""))
        fill(salma, f"{EDIT}/publish", **{"message-fr": "Suite"})
        for visitor, url in ((client, PUBLIC), (salma, ACTIVITIES), (salma, EDIT)):
            with statements() as asked:
                assert visitor.get(url).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
    assert counts[0] <= 5
    assert max(counts) <= 11  # one of them is the menu’s
