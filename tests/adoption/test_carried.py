"""From an idea to the very section that carries it, and back."""

import pytest
from sqlalchemy import select

from cocreation.adoption.models import CarriedIdea
from cocreation.adoption.refusals import IdeaUnknown
from cocreation.core.database import session
from tests.cast import THEN
from tests.desk import received
from tests.forms import fill, press
from tests.html import hrefs, parse, texts
from tests.scene_consulted import comment, consulted
from tests.words import says

PAGE, COMMITMENT = "/en/manage/adoption/2026-C01/ideas", "/fr/plan/commitments/2026-C01"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def document(cast):
    """The commitment of the cast with a document."""
    return consulted(cast)


@pytest.fixture
def idea(cast):
    received(cast, 2)
    return "2026-1"


def test_an_idea_leads_to_the_section_that_carries_it_and_back(client, salma, document, idea):
    assert fill(salma, PAGE, section="solution", ideas="2026-1 2026-2").status_code == 302
    assert fill(salma, PAGE, section="problem", ideas="2026-1").status_code == 302
    assert fill(salma, PAGE, section="problem", ideas="2026-1").status_code == 302, "twice is once"
    idea_page = client.get(f"/fr/ideas/{idea}").text
    anchors = [f"{COMMITMENT}#s-problem", f"{COMMITMENT}#s-solution"]
    assert [href for href in hrefs(idea_page) if "#s-" in href] == anchors
    page = client.get(COMMITMENT).text
    assert {"s-problem", "s-solution"} <= {element.get("id") for element in parse(page).iter("h2")}
    assert hrefs(page, ".carries a") == ["/fr/ideas/2026-1", "/fr/ideas/2026-1", "/fr/ideas/2026-2"]


def test_what_was_tied_can_be_untied(salma, document, idea):
    fill(salma, PAGE, section="solution", ideas="2026-1 2026-2")
    press(salma, PAGE, "/ideas/solution/2026-1/drop")
    assert hrefs(salma.get(PAGE).text, "[data-section=solution] a") == ["/en/ideas/2026-2"]


@pytest.mark.parametrize("reference", ["2026-99", "2025-1"])
def test_an_idea_that_is_not_there_ties_none_of_those_named_with_it(salma, document, idea, reference):
    refused = fill(salma, PAGE, section="solution", ideas=f"2026-1 {reference}")
    assert says(refused, IdeaUnknown)
    assert session.scalars(select(CarriedIdea)).all() == []


def test_a_section_that_is_not_there_carries_nothing(cast, salma, document, idea):
    assert fill(salma, PAGE, section="activity-9", ideas="2026-1").status_code == 422
    assert session.scalars(select(CarriedIdea)).all() == []


def test_a_commitment_leads_to_its_consultation_with_the_number_of_comments(client, document):
    comment(document)
    comment(document, withdrawn_at=THEN)
    comment(document, confirmed_at=None)
    page = client.get(COMMITMENT).text
    leads = "/fr/consultations/2026-PC1/texts/2026-C01"
    assert leads in hrefs(page)
    assert any("1" in words for words in texts(page, "dl.facts dd") if "Consultation" in words)
