"""The partners of a sheet lead to the directory where it knows them, and institutions are chosen from it."""

import pytest

from cocreation.core.database import session
from cocreation.documents.models import SectionKind
from cocreation.plan import queries
from tests.forms import fill, filled_in
from tests.html import hrefs, texts

FURTHER, PUBLIC = "/en/manage/plan/2026-C01/further", "/fr/plan/commitments/2026-C01"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def partners():
    found = queries.latest_sheet(queries.get_commitment("2026-C01")).text(SectionKind.PUBLIC_PARTNERS)
    session.remove()
    return {code: words.split("\n") for code, words in found.items()}


def test_institutions_are_chosen_from_the_directory(cast, salma):
    fill(salma, FURTHER, institutions=[str(cast.finance.id)], **{"public_partners-fr": "Le Parlement"})
    assert partners() == {"ar": ["إدارة الميزانية"], "fr": ["Le Parlement", "La direction du budget"]}
    assert filled_in(salma.get(FURTHER), "budget-fr").getlist("institutions") == [str(cast.finance.id)]
    fill(salma, FURTHER, institutions=[str(cast.ministry.id)])
    assert partners()["fr"] == ["Le Parlement", "Le ministère d'essai"]
    fill(salma, FURTHER, institutions=None)
    assert partners() == {"fr": ["Le Parlement"]}


def test_one_that_is_typed_is_known_in_any_spelling(cast, salma):
    fill(salma, FURTHER, **{"public_partners-ar": "- اداره الميزانيه"})
    assert filled_in(salma.get(FURTHER), "budget-fr").getlist("institutions") == [str(cast.finance.id)]
    fill(salma, FURTHER, **{"budget-fr": "Un million"})
    assert partners() == {"ar": ["- اداره الميزانيه"]}, "its words stay as they were typed"


def test_partners_lead_to_the_directory(cast, salma, client):
    civil = "جمعية الاختبار\nجمعية لا يعرفها أحد"
    said = {"civil_partners-fr": civil, "public_partners-fr": "La direction du budget\nLe Parlement"}
    fill(salma, FURTHER, **said)
    fill(salma, "/en/manage/plan/2026-C01/publish", **{"message-fr": "Les partenaires"})
    page = client.get(PUBLIC).text
    links = hrefs(page, "main .prose a")
    assert "/fr/institutions#finance" in links
    assert len([link for link in links if link.startswith("/fr/associations?q=")]) == 1
    assert cast.association.receipt not in page, "what opens a declaration is of the association alone"
    assert {"Le Parlement", "جمعية لا يعرفها أحد"} <= set(texts(page, "main .prose li"))
