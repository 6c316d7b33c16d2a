"""Reports, methodologies, draft laws, rules: written in sections, put in order, published in versions."""

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.documents.models import Document, DocumentVersion
from cocreation.documents.papers import SectionSaysNothing, places_in
from cocreation.documents.queries import get_document, text_at
from cocreation.documents.services import VersionAlreadyPublished
from cocreation.ledger.models import RegisterEntry
from cocreation.web.edits import ChangedMeanwhile
from tests.forms import fill, filled_in, post, press
from tests.html import hrefs, texts
from tests.words import errors, says

LIST, NEW, PAGE = "/en/manage/documents", "/en/manage/documents/new", "/en/manage/documents/2026-D01"
PUBLIC, HISTORY = "/fr/documents", "/fr/documents/2026-D01"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def report(cast, salma):
    """A report of three sections."""
    begin(cast, salma)
    for name in ("Méthode", "Résultats"):
        fill(salma, f"{PAGE}/sections/new", kind="free", **{"heading-fr": name, "text-fr": f"Texte : {name}"})


def begin(cast, salma, kind="report", **more):
    words = {"title-fr": "Rapport", "title-ar": "تقرير", "heading-fr": "Introduction", "text-fr": "Un texte"}
    return fill(salma, NEW, kind=kind, cycle=str(cast.cycle.id), **words | more)


def said(reference="2026-D01"):
    document = get_document(reference)
    sections = text_at(document.id, document.latest)
    found = [(s.uid, (s.own_heading or {}).get("fr"), s.text.get("fr")) for s in sections]
    session.remove()
    return found


def names(reference="2026-D01"):
    return [heading for uid, heading, _text in said(reference) if uid != "title"]


def versions():
    found = session.scalars(select(DocumentVersion.number)).all()
    session.remove()
    return len(found)


def test_a_document_is_begun_written_and_published(cast, salma, client):
    assert begin(cast, salma).headers["Location"] == PAGE
    assert PAGE in hrefs(salma.get(LIST).text)
    fill(salma, f"{PAGE}/sections/new", kind="result", **{"heading-fr": "Bilan", "text-fr": "Sept sur dix"})
    assert said() == [
        ("title", None, "Rapport"),
        ("section-1", "Introduction", "Un texte"),
        ("section-2", "Bilan", "Sept sur dix"),
    ]
    assert client.get(HISTORY).status_code == 404
    assert hrefs(client.get(PUBLIC).text, "main h2 a") == []
    press(salma, f"{PAGE}/publish", "/publish")
    assert hrefs(client.get(PUBLIC).text, "main h2 a") == [f"{HISTORY}/versions/2"]
    assert hrefs(client.get(f"{PUBLIC}?kind=report").text, "main h2 a") == [f"{HISTORY}/versions/2"]
    assert hrefs(client.get(f"{PUBLIC}?kind=law").text, "main h2 a") == []
    assert texts(client.get(f"{HISTORY}/versions/2").text, ".prose h2")[1:] == ["Introduction", "Bilan"]
    entry = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number.desc())).first()
    assert entry.subject == "2026-D01"


def test_a_version_after_the_first_says_what_changed(cast, salma, report, client):
    press(salma, f"{PAGE}/publish", "/publish")
    typed = filled_in(salma.get(f"{PAGE}/sections/section-1"), "text-fr")
    assert typed["heading-fr"] == "Introduction"
    fill(salma, f"{PAGE}/sections/section-1", **{"text-fr": "Un autre texte", "heading-fr": "Avant-propos"})
    page = client.get(HISTORY).text
    assert len(texts(page, "main h2")) == 1, "the draft is read by nobody"
    answer = fill(salma, f"{PAGE}/publish", **{"message-fr": ""})
    assert answer.status_code == 422
    assert errors(answer) == {"message"}
    fill(salma, f"{PAGE}/publish", **{"message-fr": "Relu par le comité"})
    page = client.get(f"{HISTORY}/compare").text
    assert "Relu par le comité" in page
    assert any("Avant-propos" in words for words in texts(page, "ins"))
    assert "Introduction" in client.get(f"{HISTORY}/versions/3").text, "the version before keeps its heading"


def test_sections_are_put_in_another_order_for_versions_to_come(salma, report, client):
    press(salma, f"{PAGE}/publish", "/publish")
    before = versions()
    fill(salma, PAGE, **{"section-1": "3", "section-2": "1", "section-3": "2"})
    assert names() == ["Méthode", "Résultats", "Introduction"]
    assert versions() == before + 1
    shown = texts(client.get(f"{HISTORY}/versions/{before}").text, ".prose h2")
    assert shown[1:] == ["Introduction", "Méthode", "Résultats"], "what is public stays"


def test_a_section_that_is_removed_stays_in_the_versions_before(salma, report):
    press(salma, PAGE, "/section-2/remove")
    assert names() == ["Introduction", "Résultats"]
    fill(salma, f"{PAGE}/sections/new", kind="free", **{"heading-fr": "Suite", "text-fr": "Encore"})
    assert len({uid for uid, *_rest in said()}) == 4
    assert names()[-1] == "Suite"


@pytest.mark.parametrize("kind", ["commitment", "novel", ""])
def test_what_is_no_kind_of_document_is_refused(cast, salma, kind):
    answer = begin(cast, salma, kind=kind)
    assert answer.status_code == 422
    assert errors(answer) == {"kind"}
    assert session.scalars(select(Document)).all() == []


def test_a_section_says_something(salma, report):
    answer = fill(salma, f"{PAGE}/sections/new", kind="free", **{"heading-fr": " ", "text-fr": ""})
    assert answer.status_code == 422
    assert says(answer, SectionSaysNothing)
    answer = fill(salma, f"{PAGE}/sections/section-1", **{"text-fr": "x" * 20_001})
    assert errors(answer) == {"text"}
    assert len(names()) == 3


def test_two_people_at_one_section_both_see_both(cast, salma, report):
    url, amal = f"{PAGE}/sections/section-1", cast.visitor(cast.amal)
    typed = filled_in(amal.get(url), "text-fr")
    fill(salma, url, **{"text-fr": "Le texte de Salma"})
    typed["text-fr"] = "Le texte d'Amal"
    answer = post(amal, url, typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    assert "Le texte de Salma" in answer.text
    assert post(amal, url, filled_in(answer, "text-fr")).status_code == 302
    assert said()[1][2] == "Le texte d'Amal"


def test_the_title_is_of_a_version_too(salma, report, client):
    press(salma, f"{PAGE}/publish", "/publish")
    fill(salma, f"{PAGE}/title", **{"title-fr": "Rapport final"})
    assert "Rapport final" not in client.get(PUBLIC).text
    fill(salma, f"{PAGE}/publish", **{"message-fr": "Le titre"})
    assert "Rapport final" in client.get(PUBLIC).text
    typed = filled_in(salma.get(PAGE), "section-1")
    assert typed["section-1"] == "1"
    with pytest.raises(AssertionError):
        press(salma, f"{PAGE}/publish", "/publish")
    assert VersionAlreadyPublished.status == 409


def test_a_sheet_is_not_written_here(cast, salma):
    fill(salma, "/en/manage/plan/2026-C01", **{"solution-fr": "Deux"})
    for page in ("", "/title", "/sections/new", "/sections/solution", "/publish", "/import"):
        assert salma.get(f"{LIST}/2026-C01{page}").status_code == 404, page


def test_many_documents_cost_what_one_does(cast, salma, client, statements):
    counts = []
    for count in (1, 5):
        for _number in range(count):
            begin(cast, salma)
        for number in range(1, count + 1):
            reference = f"2026-D{number:02d}"
            if not get_document(reference).published:
                session.remove()
                press(salma, f"{LIST}/{reference}/publish", "/publish")
        for visitor, url in ((salma, LIST), (client, PUBLIC), (salma, PAGE), (client, HISTORY)):
            with statements() as asked:
                assert visitor.get(url).status_code == 200
            counts.append(len(asked))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 11


@given(data=st.data(), count=st.integers(1, 12))
def test_places_follow_the_order_and_move_few(data, count):
    places = data.draw(st.lists(st.integers(1, 30), min_size=count, max_size=count, unique=True))
    standing = dict(zip(map(str, range(count)), places, strict=True))
    fresh = [f"new {number}" for number in range(data.draw(st.integers(0, 5)))]
    order = data.draw(st.permutations([*standing, *fresh]))
    found = places_in(order, standing)
    assert sorted(found, key=lambda uid: found[uid]) == list(order)
    assert len(set(found.values())) == len(order)
    assert min(found.values()) > 0


def test_one_that_moves_moves_no_other():
    standing = {"a": 1000, "b": 2000, "c": 3000, "d": 4000}
    found = places_in(["a", "d", "b", "c"], standing)
    assert {uid for uid in standing if found[uid] != standing[uid]} == {"d"}
