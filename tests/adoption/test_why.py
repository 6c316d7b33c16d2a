"""Anyone sees why a word stands there, or no more: the reason is one touch away, without a script."""

from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import delete, select

from cocreation.adoption import queries
from cocreation.comment_answers.models import AnswerChange, CommentAnswer
from cocreation.comment_answers.services.changes import attribute, detach
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.documents.models import CauseKind, Change, Document, SectionKind
from cocreation.documents.sections import SectionWords
from cocreation.documents.services import name_cause, save
from tests.cast import THEN
from tests.forms import fill
from tests.html import hrefs, parse, texts
from tests.scene_consulted import answer, comment, consulted, sitting

SHEET, CAUSES = "/en/manage/plan/2026-C01", "/en/manage/adoption/2026-C01/causes"
WHY = "/fr/documents/2026-C01/why"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def consultation(cast):
    return consulted(cast)


@pytest.fixture
def explained(cast, salma, consultation):
    """A word for an answer, one for a decision, one by a note; the reference of the comment."""
    words = {"solution-fr": "Un portail mobile", "title-fr": "Publier toutes les données"}
    fill(salma, SHEET, **words)
    asked = comment(consultation, answered_at=THEN)
    given = answer(cast, consultation, asked, published_at=THEN, approved_at=THEN, approved_by=cast.mounia.id)
    told = session.get_one(Comment, asked)
    told.answer_id, told.outcome = given, AnswerOutcome.TAKEN_UP
    removed, added = session.execute(
        select(Change.id, Change.added).order_by(Change.section_id.desc(), Change.place)
    ).all()
    attribute(given, [removed.id], by=cast.salma.id, now=THEN)
    session.commit()
    decided = {"cause": "decision", "sitting": sitting(cast), "reason-fr": "Toutes, a dit le comité"}
    fill(salma, CAUSES, changes=str(added.id), **decided)
    fill(salma, SHEET, **{"problem-fr": "Les données ne sont pas publiées."})
    fill(salma, CAUSES, cause="note", **{"reason-fr": "Un point manquait"})
    return "2026-PC1-0001"


def test_the_page_offers_each_language_of_the_house_whatever_the_text_is_written_in(client, explained):
    offered = texts(client.get(WHY).text, "ul.languages a")
    assert offered == texts(client.get("/fr/documents").text, "ul.languages a")


def test_every_changed_word_leads_to_its_numbered_reason(client, explained):
    page = client.get(WHY).text
    assert [said(words) for words in texts(page, ".explained del")] == ["publiées", "unique"]
    assert [said(words) for words in texts(page, ".explained ins")] == ["toutes", "publiées.", "mobile"]
    leads = hrefs(page, ".explained :is(del, ins) a")
    notes = {
        f"#{row.get('id')}": row.get("data-cause") for row in parse(page).iter("li") if row.get("data-cause")
    }
    assert set(leads) == set(notes)
    assert sorted(notes.values()) == ["answer", "decision", "note"]
    assert "/fr/coordination/2026-M1" in hrefs(page)
    assert "Un point manquait" in page


def said(words):
    """A changed word without what only screen readers say before it, and the number of its note behind it."""
    return words.split()[-1].rstrip("0123456789")


def private(given):
    """An answer that is not public."""
    given.published_at = given.approved_at = given.approved_by = None
    session.commit()


def test_before_an_answer_is_public_only_the_staff_reads_what_is_being_changed(
    cast, client, salma, explained
):
    private(session.scalars(select(CommentAnswer)).one())
    assert client.get(WHY).status_code == 404
    assert cast.visitor(cast.farid).get(WHY).status_code == 404
    assert cast.visitor(cast.mounia).get(WHY).status_code == 200
    assert salma.get(WHY).status_code == 200
    fill(salma, "/en/manage/adoption/2026/adopt", **{"message-fr": "Adopté"})
    assert client.get(WHY).status_code == 200


def test_a_citizen_sees_which_words_changed_because_of_what_they_wrote(client, explained):
    page = client.get(f"{WHY}?comment={explained}").text
    assert len(texts(page, ".asked")) == 2, "a word that went and one that came"
    assert [row.get("data-asked") for row in parse(page).iter("p") if row.get("data-asked")] == ["2"]
    other = client.get(f"{WHY}?comment=<script>").text
    assert texts(other, ".asked") == []
    assert "<script>alert" not in other


def test_an_answer_that_is_not_public_yet_is_told_to_nobody(cast, client, consultation, explained):
    answer(cast, consultation, published_at=THEN, approved_at=THEN, approved_by=cast.mounia.id)
    secret = session.scalars(select(CommentAnswer).order_by(CommentAnswer.id)).first()
    secret.text = Translated(fr="Secret")
    private(secret)
    assert "Secret" not in client.get(WHY).text
    assert "Secret" in cast.visitor(cast.salma).get(WHY).text


def test_an_answer_leads_to_its_words_in_the_text(client, explained):
    leads = f"{WHY}?words=fr&comment={explained}"
    assert leads in hrefs(client.get("/fr/consultations/2026-PC1/answers/1").text)


def test_each_language_has_its_own_words(client, salma, explained):
    fill(salma, SHEET, **{"solution-ar": "بوابة واحدة ومفتوحة"})
    arabic = client.get(f"{WHY}?words=ar").text
    assert [said(word) for word in texts(arabic, '.explained[lang="ar"][dir="rtl"] ins')] == ["ومفتوحة"]
    assert texts(arabic, ".explained del") == []
    assert client.get(f"{WHY}?words=xx").status_code == 200


def test_a_text_nobody_was_asked_about_has_no_such_page(cast, client, salma):
    fill(salma, SHEET, **{"solution-fr": "Deux portails"})
    for person in (client, salma):
        assert person.get(WHY).status_code == 404
    assert client.get("/fr/documents/2026-C09/why").status_code == 404


def test_the_page_costs_the_same_however_many_changes(client, salma, explained, statements):
    counts = []
    for words in ("Trois portails uniques, mobiles et ouverts", "Un seul"):
        with statements() as asked:
            assert client.get(WHY).status_code == 200
        counts.append(len(asked))
        fill(salma, SHEET, **{"solution-fr": words})
        fill(salma, CAUSES, cause="note", **{"reason-fr": words})
    assert counts[0] == counts[1]
    assert counts[0] <= 9


words = st.lists(st.sampled_from(["أ", "ب", "ت", "ث", "ج"]), max_size=6).map(" ".join)
saves = st.lists(st.tuples(words, words), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves, st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_on_a_generated_consultation_all_words_have_a_cause_and_lose_it_with_their_answer(
    cast, consultation, history, choices
):
    """Words of two sections change save by save, each change because of one of three answers or by a note."""
    document = session.scalars(select(Document)).one()
    by = {"by": cast.salma.id, "now": THEN}
    save(document.id, two_sections("أ ب ت", "ث ج"), **by)  # every example begins with the same words
    session.execute(delete(AnswerChange))
    session.execute(delete(Change))
    document.consulted = document.latest
    session.commit()
    given_answers = [answer(cast, consultation) for _number in range(3)]
    for solution, result in history:
        save(document.id, two_sections(solution, result), **by)
    session.commit()
    ids = session.scalars(select(Change.id).order_by(Change.id)).all()
    causes = [*given_answers, None]
    cause_of = {key: causes[choice] for key, choice in zip(ids, cycle(choices), strict=False)}
    for key, chosen in cause_of.items():
        if chosen:
            attribute(chosen, [key], **by)
        else:
            name_cause([key], CauseKind.NOTE, reason=Translated(fr="Coquille"), **by)
    session.commit()
    assert lost(cast) == {}, "every word that differs has a cause"
    for gone in given_answers:
        own = {key for key, chosen in cause_of.items() if chosen == gone}
        differing = words_of_changes(cast)
        detach(gone, own, **by)
        assert lost(cast) == {key: said for key, said in differing.items() if key in own}
        session.rollback()


def two_sections(solution, result):
    return [
        SectionWords("solution", SectionKind.SOLUTION, Translated(ar=solution, fr="Toujours")),
        SectionWords("result", SectionKind.RESULT, Translated(ar=result, fr="Toujours")),
    ]


def gate(cast):
    session.expire_all()
    [text] = queries.gate(session.get_one(Cycle, cast.cycle.id), THEN)
    return text


def lost(cast):
    """The words without a cause, by the change that lost it."""
    found = {}
    for without in gate(cast).unexplained:
        found.setdefault(without.change, []).append(without.piece.words)
    return found


def words_of_changes(cast):
    """The words that differ, by their change."""
    found = {}
    for text in gate(cast).texts:
        for piece in text.pieces:
            if piece.is_changed:
                found.setdefault(piece.change, []).append(piece.words)
    return found
