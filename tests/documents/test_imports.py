"""A document comes in from a file: understood, corrected, written at once; and again as its next version."""

import io

import pytest
from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.documents.models import Document, DocumentVersion
from cocreation.documents.papers import SectionFollowedTwice, TextChangedMeanwhile
from cocreation.documents.queries import get_document, text_at
from cocreation.files.outline import DocumentHasMacros, DocumentTooLong, DocumentUnreadable
from tests.forms import fill, filled_in, post
from tests.html import texts
from tests.word_files import docx, paragraph, styled
from tests.words import errors, says

LIST, PAGE = "/en/manage/documents", "/en/manage/documents/2026-D01"
REPORT = """# Rapport d'auto-évaluation

Une introduction.

## Méthode

Des entretiens.

## Résultats

- sept sur dix
- trois en retard
"""


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def bring(salma, content, name="x.md", url=f"{LIST}/import", language="fr"):
    """The page of what was understood of a file."""
    content = content.encode() if isinstance(content, str) else content
    return fill(salma, url, file=[(io.BytesIO(content), name)], language=language)


def write(salma, shown, url=f"{LIST}/import/write", **changed):
    """Send the page of what was understood, corrected."""
    typed = filled_in(shown, "heading_0")
    for name, value in changed.items():
        typed.setlist(name, value if isinstance(value, list) else [value])
    return post(salma, url, typed)


@pytest.fixture
def report(cast, salma):
    shown = bring(salma, REPORT)
    assert write(salma, shown, kind="report", cycle=str(cast.cycle.id)).headers["Location"] == PAGE


def said(code="fr"):
    document = get_document("2026-D01")
    sections = text_at(document.id, document.latest)
    session.remove()
    return [((s.own_heading or {}).get(code), s.text.get(code)) for s in sections if s.uid != "title"]


def count(table):
    found = session.scalar(select(func.count()).select_from(table))
    session.remove()
    return found


INTRODUCTION = (None, "Une introduction.")
METHOD, RESULTS = ("Méthode", "Des entretiens."), ("Résultats", "– sept sur dix\n– trois en retard")


def test_a_file_is_shown_as_it_was_understood_and_nothing_is_written(salma):
    shown = bring(salma, REPORT)
    assert shown.status_code == 200
    typed = filled_in(shown, "heading_0")
    assert typed["title-fr"] == "Rapport d'auto-évaluation"
    assert [typed[f"heading_{n}"] for n in range(3)] == ["", "Méthode", "Résultats"]
    assert typed["text_2"] == RESULTS[1]
    assert count(Document) == 0


def test_it_is_written_at_once(report):
    assert said() == [INTRODUCTION, METHOD, RESULTS]
    assert count(DocumentVersion) == 1
    assert get_document("2026-D01").title == {"fr": "Rapport d'auto-évaluation"}


def test_what_was_understood_is_corrected_before(cast, salma):
    shown = bring(salma, REPORT)
    fates = {"fate_1": "+join", "fate_2": "+new", "heading_0": "Avant-propos"}
    text = {"text_2": "# Bilan\nSept\n# Suite\nTrois"}
    write(salma, shown, kind="law", cycle=str(cast.cycle.id), **fates, **text)
    assert said() == [
        ("Avant-propos", "Une introduction.\nMéthode\nDes entretiens."),
        ("Résultats", None),
        ("Bilan", "Sept"),
        ("Suite", "Trois"),
    ]


def test_nothing_is_written_while_something_is_wrong(cast, salma):
    shown = bring(salma, REPORT)
    answer = write(salma, shown, kind="", cycle=str(cast.cycle.id), text_1="x" * 20_001)
    assert answer.status_code == 422
    assert errors(answer) == {"kind", "text_1"}
    assert "trois en retard" in answer.text, "what was understood stays"
    answer = write(
        salma, shown, kind="law", cycle=str(cast.cycle.id), fate_0=["+drop"], fate_1="+drop", fate_2="+drop"
    )
    assert answer.status_code == 422
    assert count(Document) == 0


def test_word_comes_in_too(cast, salma):
    content = docx(
        styled("Heading1", "الفصل الأول"),
        paragraph("نص"),
        styled("Heading1", "الفصل الثاني"),
        paragraph("آخر"),
    )
    shown = bring(salma, content, "x.docx", language="ar")
    answer = write(salma, shown, kind="law", cycle=str(cast.cycle.id), **{"title-ar": "مشروع قانون"})
    assert answer.status_code == 302
    assert said("ar") == [("الفصل الأول", "نص"), ("الفصل الثاني", "آخر")]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("x.docx", b"PK\x03\x04", DocumentUnreadable),
        ("x.docx", docx(paragraph("x"), more={"word/vbaProject.bin": b"x"}), DocumentHasMacros),
        ("x.md", b"x" * 20_001, DocumentTooLong),
    ],
    ids=["broken", "macros", "long"],
)
def test_a_file_that_cannot_be_used_says_why(salma, name, content, refusal):
    answer = bring(salma, content, name)
    assert answer.status_code == 422
    assert says(answer, refusal)
    assert fill(salma, f"{LIST}/import", file=None).status_code == 422
    assert count(Document) == 0


def test_it_comes_in_again_as_the_next_version(salma, report):
    again = REPORT.replace("Des entretiens.", "Des entretiens et une enquête.").replace(
        "## Résultats", "## Calendrier\n\nUn an.\n\n## Résultats"
    )
    shown = bring(salma, again, url=f"{PAGE}/import")
    typed = filled_in(shown, "heading_0")
    assert [typed[f"fate_{n}"] for n in range(4)] == ["section-1", "section-2", "+new", "section-3"]
    assert write(salma, shown, f"{PAGE}/import/write").status_code == 302
    assert said() == [
        INTRODUCTION,
        ("Méthode", "Des entretiens et une enquête."),
        ("Calendrier", "Un an."),
        RESULTS,
    ]
    assert count(DocumentVersion) == 2
    changed = texts(salma.get("/fr/documents/2026-D01/compare").text, ".change h2")
    assert changed == ["Méthode", "Calendrier"], "what stands as it stood has not changed"
    shown = bring(salma, again, url=f"{PAGE}/import")
    assert write(salma, shown, f"{PAGE}/import/write").status_code == 302
    assert count(DocumentVersion) == 2, "twice is once"


def test_what_the_file_lacks_stays_unless_it_is_taken_out(salma, report):
    shorter = "# Rapport\n\nUne introduction.\n\n## Résultats\n\nDix sur dix."
    shown = bring(salma, shorter, url=f"{PAGE}/import")
    write(salma, shown, f"{PAGE}/import/write")
    assert said() == [INTRODUCTION, METHOD, ("Résultats", "Dix sur dix.")]
    shown = bring(salma, shorter, url=f"{PAGE}/import")
    write(salma, shown, f"{PAGE}/import/write", dropped="section-2")
    assert said() == [INTRODUCTION, ("Résultats", "Dix sur dix.")]


def test_another_language_joins_the_sections_of_the_first(salma, report):
    arabic = "# تقرير\n\nمقدمة.\n\n## المنهجية\n\nمقابلات.\n\n## النتائج\n\nسبعة من عشرة"
    shown = bring(salma, arabic, url=f"{PAGE}/import", language="ar")
    write(salma, shown, f"{PAGE}/import/write")
    assert said("ar") == [(None, "مقدمة."), ("المنهجية", "مقابلات."), ("النتائج", "سبعة من عشرة")]
    assert said("fr") == [INTRODUCTION, METHOD, RESULTS]


def test_a_version_saved_meanwhile_is_not_overwritten(cast, salma, report):
    amal = cast.visitor(cast.amal)
    shown = bring(amal, REPORT.replace("sept", "huit"), url=f"{PAGE}/import")
    fill(salma, f"{PAGE}/sections/section-2", **{"text-fr": "Des ateliers."})
    answer = write(amal, shown, f"{PAGE}/import/write")
    assert answer.status_code == 409
    assert says(answer, TextChangedMeanwhile)
    assert said()[1] == ("Méthode", "Des ateliers.")
    assert write(amal, answer, f"{PAGE}/import/write", text_1="Des ateliers.").status_code == 302
    assert said()[2][1].startswith("– huit")


def test_two_parts_cannot_follow_one_section(salma, report):
    shown = bring(salma, REPORT, url=f"{PAGE}/import")
    answer = write(salma, shown, f"{PAGE}/import/write", fate_1="section-3", fate_2="section-3")
    assert answer.status_code == 422
    assert says(answer, SectionFollowedTwice)
    assert count(DocumentVersion) == 1
