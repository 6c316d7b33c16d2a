"""Nothing is adopted while a comment is unanswered or a changed word unexplained; what is adopted stands."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.adoption.gate import Hindrance
from cocreation.adoption.models import Adoption
from cocreation.adoption.refusals import NothingToAdopt, TextsHindered
from cocreation.comment_answers.services.changes import attribute, detach
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.core.database import session
from cocreation.documents.models import Change, Document, DocumentVersion
from cocreation.ledger.models import RegisterEntry
from cocreation.plan.models import Commitment
from cocreation.plan.refusals import PublishedByAdoption
from tests.cast import THEN
from tests.desk import waiting
from tests.forms import fill
from tests.html import hrefs, parse, texts
from tests.ledger.conftest import verified
from tests.scene_consulted import answer, comment, consulted
from tests.words import errors, says

GATE, SHEET = "/en/manage/adoption", "/en/manage/plan/2026-C01"
CAUSES, ADOPTED = f"{GATE}/2026-C01/causes", "/fr/plan/2026/adopted"
ADOPT = f"{GATE}/2026/adopt"
DECISION = {"message-fr": "Adopté par le comité de pilotage", "message-ar": "اعتمدته لجنة الإشراف"}


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def consultation(cast):
    return consulted(cast)


def hinders(salma, reference="2026-C01"):
    page = parse(salma.get(GATE).text)
    [row] = [row for row in page.iter("li") if row.get("data-text") == reference]
    return [Hindrance(name) for name in row.get("data-hinders").split()]


def changed(salma, **words):
    fill(salma, SHEET, **(words or {"solution-fr": "Un portail unique et mobile"}))
    return session.scalars(select(Change.id).order_by(Change.id.desc())).first()


def explained(salma):
    fill(salma, CAUSES, cause="note", **{"reason-fr": "Coquille"})


def answered(*comments):
    for key in comments:
        session.get_one(Comment, key).answered_at = THEN
    session.commit()


def adopt(salma, **given):
    return fill(salma, ADOPT, **{**DECISION, **given})


def test_a_text_that_nobody_was_asked_about_is_not_adopted(cast, salma):
    fill(salma, SHEET, **{"solution-fr": "Deux portails"})
    assert hinders(salma) == [Hindrance.NOT_CONSULTED]
    refused = adopt(salma, texts=str(cast.commitment.id))
    assert refused.status_code == 409
    assert says(refused, TextsHindered)
    assert "2026-C01" in texts(refused.text, "#errors")[0]


def test_an_open_consultation_an_unanswered_comment_and_weights_hinder(cast, salma):
    key = consulted(cast, closes_at=THEN + timedelta(days=2))
    assert hinders(salma) == [Hindrance.STILL_OPEN]
    first = comment(key)
    comment(key, parent_id=first)
    comment(key, withdrawn_at=THEN)
    comment(key, confirmed_at=None)
    assert hinders(salma) == [Hindrance.STILL_OPEN, Hindrance.UNANSWERED]
    assert "2026-PC1-0001" in texts(salma.get(GATE).text, "[data-hindrance=unanswered]")[0]
    fill(salma, f"{SHEET}/activities/new", **{"title-fr": "Ouvrir", "weight": "60"})
    assert set(hinders(salma)) == {
        Hindrance.STILL_OPEN,
        Hindrance.UNANSWERED,
        Hindrance.UNEXPLAINED,
        Hindrance.WEIGHTS,
    }
    assert adopt(salma, texts=str(cast.commitment.id)).status_code == 409
    assert session.scalars(select(Adoption)).all() == []


def test_an_answer_that_takes_up_names_words(cast, salma, consultation):
    change = changed(salma)
    explained(salma)
    first = comment(consultation)
    answered(first)
    given = answer(cast, consultation, first)
    answer(cast, consultation, comment(consultation, answered_at=THEN), outcome=AnswerOutcome.NOT_TAKEN_UP)
    assert hinders(salma) == [Hindrance.NAMES_NOTHING]
    attribute(given, [change], by=cast.salma.id, now=THEN)
    session.commit()
    assert hinders(salma) == []


def test_words_without_a_cause_are_named_where_they_stand(cast, salma, consultation):
    changed(salma, **{"solution-fr": "Un portail mobile", "title-ar": "نشر كل المعطيات"})
    page = salma.get(GATE).text
    lost = "[data-hindrance=unexplained] .lost-words"
    assert texts(page, f"{lost} del") == ["removed: unique"]
    assert texts(page, f"{lost} ins") == ["added: كل", "added: mobile"]
    assert CAUSES in hrefs(page)
    explained(salma)
    assert hinders(salma) == []


def test_taking_an_answer_away_names_the_words_that_lost_their_cause(cast, salma, consultation):
    change = changed(salma)
    fill(salma, SHEET, **{"title-fr": "Publier toutes les données"})
    fill(salma, CAUSES, changes=str(change + 1), cause="note", **{"reason-fr": "Coquille"})
    given = answer(cast, consultation, comment(consultation, answered_at=THEN))
    attribute(given, [change], by=cast.salma.id, now=THEN)
    session.commit()
    assert hinders(salma) == []
    detach(given, [change], by=cast.salma.id, now=THEN)
    session.commit()
    assert texts(salma.get(GATE).text, ".lost-words ins") == ["added: et mobile"]


def test_words_brought_back_need_no_cause_at_the_gate(cast, salma, consultation):
    changed(salma, **{"solution-fr": "Un portail"})
    assert hinders(salma) == [Hindrance.UNEXPLAINED]
    assert waiting(salma, CAUSES) == [1]
    changed(salma, **{"solution-fr": "Un portail unique"})
    assert hinders(salma) == []
    assert waiting(salma, CAUSES) == []


def test_what_was_written_past_the_services_hinders(cast, salma, consultation):
    changed(salma)
    explained(salma)
    session.execute(Change.__table__.delete())
    session.commit()
    assert Hindrance.UNEXPLAINED in hinders(salma)
    assert texts(salma.get(GATE).text, ".lost-words ins") == ["added: et mobile"]


def test_changes_after_a_consultation_are_published_by_adoption_alone(cast, salma, consultation, client):
    changed(salma)
    refused = fill(salma, f"{SHEET}/publish", **{"message-fr": "x"})
    assert refused.status_code == 409
    assert says(refused, PublishedByAdoption)
    assert "et mobile" not in client.get("/fr/plan/commitments/2026-C01").text


def test_it_asks_first_and_no_is_no(cast, salma, consultation):
    changed(salma)
    explained(salma)
    forms = salma.get(ADOPT)
    token = next(e.get("value") for e in parse(forms.text).iter("input") if e.get("name") == "csrf_token")
    sent = {"csrf_token": token, "texts": str(cast.commitment.id), **DECISION}
    asked = salma.post(ADOPT, data=sent)
    assert asked.status_code == 200
    assert "2026-C01" in texts(asked.text, ".lede")[0]
    assert session.scalars(select(Adoption)).all() == []
    salma.post(ADOPT, data={**sent, "confirmed": "no"})
    assert session.scalars(select(Adoption)).all() == []


def test_an_adopted_plan_is_public_frozen_and_in_the_register(cast, app, salma, consultation, client):
    changed(salma)
    explained(salma)
    assert client.get(ADOPTED).status_code == 404
    assert adopt(salma).status_code == 302
    document = session.scalars(select(Document)).one()
    version = session.scalars(select(DocumentVersion).where(DocumentVersion.number == 2)).one()
    assert (document.adopted, document.published) == (2, 2)
    assert session.scalars(select(Commitment.solution)).one()["fr"] == "Un portail unique et mobile"
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == "2026")).one()
    number, content = entry.number, json.loads(entry.content)
    said = [["2026-C01", 2, version.digest]]
    assert content["texts"] == said
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content["digest"] == hashlib.sha256(written.encode()).hexdigest()
    verified()
    page = client.get(ADOPTED)
    assert content["digest"] in page.text
    assert f"/fr/register/{number}" in hrefs(page.text)
    assert ADOPTED in hrefs(client.get(f"/fr/register/{number}").text)
    for code in ("ar", "fr"):
        paper = client.get(f"{ADOPTED}/1/{code}.pdf")
        assert paper.mimetype == "application/pdf"
        assert hashlib.sha256(paper.data).hexdigest() == content["papers"][code]
        assert content["papers"][code] in page.text
    for missing in ("/fr/plan/2026/adopted/2", "/fr/plan/2025/adopted", f"{ADOPTED}/1/en.pdf"):
        assert client.get(missing).status_code == 404


@pytest.fixture
def adopted(salma, consultation):
    changed(salma)
    explained(salma)
    adopt(salma)


def test_what_is_adopted_can_be_amended_by_a_version_whose_changes_have_causes(cast, salma, adopted, client):
    again = adopt(salma, texts=str(cast.commitment.id))
    assert says(again, NothingToAdopt)
    changed(salma, **{"solution-fr": "Un portail unique et accessible"})
    assert hinders(salma) == [Hindrance.UNEXPLAINED]
    page = salma.get(CAUSES).text
    open_changes = [b for b in parse(page).iter("input") if b.get("name") == "changes"]
    assert len([b for b in open_changes if b.get("checked") is not None]) == 1
    assert len(open_changes) == 1, "what was adopted keeps its causes"
    old = session.scalars(select(Change.id).order_by(Change.id)).first()
    frozen = fill(salma, CAUSES, changes=[str(old)], cause="note", **{"reason-fr": "x"})
    assert errors(frozen) == {"changes"}
    explained(salma)
    assert errors(adopt(salma, **{"message-fr": "", "message-ar": ""})) == {"message"}
    assert adopt(salma, **{"message-fr": "Accessibilité", "message-ar": ""}).status_code == 302
    actions = [
        json.loads(e.content)["action"]
        for e in session.scalars(
            select(RegisterEntry).where(RegisterEntry.subject == "2026").order_by(RegisterEntry.number)
        )
    ]
    assert actions == ["plan adopted", "plan amended"]
    assert [row.get("data-version") for row in rows(client.get(ADOPTED).text)] == ["3"]
    assert [row.get("data-version") for row in rows(client.get(f"{ADOPTED}/1").text)] == ["2"]


def rows(page):
    return [row for row in parse(page).iter("li") if row.get("data-version")]


def test_texts_that_are_not_ticked_stay_as_they_are(cast, salma, adopted, client):
    typed = {"title-fr": "Ouvrir", "problem-fr": "P", "solution-fr": "S", "expected_result-fr": "R"}
    fill(salma, "/en/manage/plan/new?cycle=2026", number="2", **typed)
    second = session.scalars(select(Commitment.id).where(Commitment.number == 2)).one()
    consulted(cast, number=2, commitment_id=second)
    assert adopt(salma, texts=str(second)).status_code == 302
    assert [row.get("id") for row in rows(client.get(ADOPTED).text)] == ["2026-C01", "2026-C02"]
    assert client.get("/fr/plan/commitments/2026-C02").status_code == 200, "what is adopted is public"


def test_many_texts_cost_what_few_do(cast, salma, adopted, client, statements):
    counts = []
    for first in (2, 5):
        for url in (GATE, ADOPTED):
            with statements() as asked:
                assert (salma if url == GATE else client).get(url).status_code == 200
            counts.append(len(asked))
        typed = {"title-fr": "Ouvrir", "problem-fr": "P", "solution-fr": "S", "expected_result-fr": "R"}
        for number in range(first, first + 3):
            fill(salma, "/en/manage/plan/new?cycle=2026", number=str(number), **typed)
            key = session.scalars(select(Commitment.id).where(Commitment.number == number)).one()
            consulted(cast, number=number, commitment_id=key)
            changed_there = f"/en/manage/plan/2026-C{number:02d}"
            fill(salma, changed_there, **{"solution-fr": "S et T"})
            fill(salma, f"{GATE}/2026-C{number:02d}/causes", cause="note", **{"reason-fr": "x"})
        adopt(salma)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 18
