"""A text is followed from version to version: nothing public is edited, and anyone sees what changed."""

import hashlib
import json

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.documents.models import Document, DocumentVersion, SectionText
from cocreation.ledger.models import RegisterEntry
from cocreation.plan.models import Commitment
from tests.forms import fill, press
from tests.html import hrefs, texts
from tests.words import errors

EDIT, PUBLISH = "/en/manage/plan/2026-C01", "/en/manage/plan/2026-C01/publish"
PUBLIC, HISTORY = "/fr/plan/commitments/2026-C01", "/fr/documents/2026-C01"
COMPARE = f"{HISTORY}/compare"
BEFORE, AFTER = "Un portail unique", "Un portail unique et mobile"
ARABIC = "بوابة واحدة ومفتوحة"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def draft(salma):
    """A second version of the public commitment, not public yet."""
    assert fill(salma, EDIT, **{"solution-fr": AFTER, "solution-ar": ARABIC}).status_code == 302


@pytest.fixture
def followed(salma, draft):
    """The same, published with the reason of the change."""
    assert fill(salma, PUBLISH, **{"message-fr": "Demandé par les associations"}).status_code == 302


def versions():
    rows = session.scalars(select(DocumentVersion).order_by(DocumentVersion.number)).all()
    session.remove()
    return rows


def test_what_is_public_stays_until_its_draft_is_published(cast, client, salma, draft):
    assert [(v.number, v.published_at is not None) for v in versions()] == [(1, True), (2, False)]
    page = client.get(PUBLIC).text
    assert BEFORE in page
    assert AFTER not in page
    assert AFTER in salma.get(EDIT).text, "its editors go on where they stopped"
    assert hrefs(client.get(HISTORY).text, "main h2 a") == [f"{HISTORY}/versions/1"]
    assert len(hrefs(salma.get(HISTORY).text, "main h2 a")) == 2
    for url in (f"{HISTORY}/versions/2", f"{COMPARE}?from=1&to=2"):
        assert client.get(url).status_code == 404
        for role, person in cast.staff.items():
            reads = role in (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.COMMITTEE_MEMBER)
            assert cast.visitor(person).get(url).status_code == (200 if reads else 404), role


def test_a_version_that_follows_says_why_and_stands_in_the_register(client, salma, draft):
    asked = fill(salma, PUBLISH, **{"message-fr": ""})
    assert asked.status_code == 422
    assert errors(asked) == {"message"}
    fill(salma, PUBLISH, **{"message-fr": "Demandé par les associations"})
    assert AFTER in client.get(PUBLIC).text
    assert session.scalars(select(Commitment.solution)).one() == {"fr": AFTER, "ar": ARABIC}
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == "2026-C01")).one()
    content = json.loads(entry.content)
    assert (content["version"], content["digest"]) == (2, versions()[1].digest)
    page = client.get(HISTORY).text
    assert "Demandé par les associations" in page
    assert f"/fr/register/{entry.number}" in hrefs(page)
    assert HISTORY in hrefs(client.get(f"/fr/register/{entry.number}").text)
    assert client.get(f"{HISTORY}/versions/1").status_code == 200, "and the first is still read"


def test_the_digest_is_of_all_that_a_version_says(cast, followed):
    first, second = versions()
    said = [
        ["title", cast.commitment.title],
        ["problem", cast.commitment.problem],
        ["solution", cast.commitment.solution],
        ["result", cast.commitment.expected_result],
    ]
    assert first.digest == _digest(said)
    said[2][1] = {"fr": AFTER, "ar": ARABIC}
    assert second.digest == _digest(said)


def _digest(said):
    """As whoever verifies it would compute it: canonical JSON, SHA-256."""
    content = [[name, name, dict(text), {}] for name, text in said]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def test_only_what_changed_is_written_again(draft):
    texts_of = {v.number: v.id for v in versions()}
    counts = [
        len(session.scalars(select(SectionText).where(SectionText.version_id == texts_of[number])).all())
        for number in (1, 2)
    ]
    assert counts == [4, 1]


def test_saving_what_stands_makes_no_version(salma, draft):
    fill(salma, EDIT, **{"solution-fr": AFTER})
    assert len(versions()) == 2


@pytest.mark.parametrize("view", ["", "&view=sides"])
@pytest.mark.parametrize(
    ("code", "way", "gone", "come"), [("fr", "ltr", [], ["et mobile"]), ("ar", "rtl", [], ["ومفتوحة"])]
)
def test_two_versions_are_compared_in_each_language(client, followed, view, code, way, gone, come):
    page = client.get(f"{COMPARE}?from=1&to=2&words={code}{view}").text
    said = f'.said[lang="{code}"][dir="{way}"]'
    assert len(texts(page, said)) == (2 if view else 1), "what did not change is only named"
    bare = [" ".join(words.split(":", 1)[-1].split()) for words in texts(page, f"{said} ins")]
    assert bare == come
    assert texts(page, f"{said} del") == gone


def test_without_being_asked_the_last_two_are_compared_in_the_language_of_the_page(client, followed):
    assert texts(client.get(COMPARE).text, '.said[lang="fr"] ins')
    assert texts(client.get(COMPARE.replace("/fr/", "/ar/")).text, '.said[lang="ar"] ins')


def test_the_page_offers_each_language_of_the_house_whatever_the_text_is_written_in(client, followed):
    offered = texts(client.get(COMPARE).text, "ul.languages a")
    assert offered == texts(client.get(HISTORY).text, "ul.languages a")


@pytest.mark.parametrize(
    "address",
    [f"{HISTORY}/versions/9", f"{COMPARE}?to=9", f"{COMPARE}?from=7&to=2", "/fr/documents/2026-C09"],
)
def test_what_there_is_not(client, followed, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{COMPARE}?from=x&to=y&words=xx&view=z", f"{COMPARE}?from=2&to=1"])
def test_whatever_is_asked_is_answered(client, followed, address):
    assert client.get(address).status_code == 200


def test_words_of_a_text_are_only_text(client, salma):
    fill(
        salma,
        EDIT,
        **{"title-fr": "<script>alert(1)</script>", "solution-fr": "<img src=x onerror=alert(1)>"},
    )
    fill(salma, PUBLISH, **{"message-fr": "<script>alert(1)</script>"})
    for url in (PUBLIC, HISTORY, f"{HISTORY}/versions/2", COMPARE, f"{COMPARE}?view=sides", "/fr/plan"):
        page = client.get(url).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_many_versions_cost_what_few_do(client, salma, followed, statements):
    counts = []
    for _round in range(2):
        for url in (PUBLIC, HISTORY, f"{HISTORY}/versions/2", f"{COMPARE}?from=1&to=2"):
            with statements() as asked:
                assert client.get(url).status_code == 200
            counts.append(len(asked))
        for number in range(2):
            fill(salma, EDIT, **{"solution-fr": f"{AFTER} {number}"})
        fill(salma, PUBLISH, **{"message-fr": "Encore"})
    assert counts[:4] == counts[4:]
    assert max(counts) <= 6


def test_a_first_publication_is_registered_too(salma, cast, client):
    typed = {"title-ar": "التزام", "problem-fr": "P", "solution-fr": "S", "expected_result-fr": "R"}
    fill(salma, "/en/manage/plan/new?cycle=2026", number="2", **typed)
    assert client.get("/fr/documents/2026-C02").status_code == 404
    fill(salma, "/en/manage/plan/2026-C02", number="3")
    assert session.scalars(select(Document.reference)).all() == ["2026-C03"]
    session.remove()
    press(salma, "/en/manage/plan/2026-C03", "/publish")
    assert client.get("/fr/documents/2026-C03").status_code == 200
    assert session.scalars(select(RegisterEntry.subject)).all() == ["2026-C03"]
