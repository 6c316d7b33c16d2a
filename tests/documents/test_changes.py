"""Every save after the consulted version says what it changed, place by place, and waits for a cause."""

import pytest
from sqlalchemy import select

from cocreation.comment_answers.models import AnswerChange
from cocreation.comment_answers.refusals import AnswerChangesNothing, ChangeElsewhere
from cocreation.comment_answers.services.changes import attribute, detach
from cocreation.comments.models import AnswerOutcome
from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.documents.models import CauseKind, Change, Document, SectionKind
from cocreation.documents.queries import changes_since_consulted
from cocreation.documents.sections import SectionWords
from cocreation.documents.services import ChangeAdopted, ReasonMissing, name_cause, save
from tests.cast import THEN
from tests.scene_consulted import answer, comment, consulted


@pytest.fixture
def document(cast):
    consulted(cast)
    return session.scalars(select(Document)).one()


def written(document, *sections):
    save(document.id, sections, by=None, now=THEN)
    session.commit()


def solution(**text):
    return SectionWords("solution", SectionKind.SOLUTION, Translated(text))


def said(document):
    session.refresh(document)
    return [
        (c.version.number, c.section.uid, c.language, c.fact, c.place, c.removed, c.added)
        for c in changes_since_consulted(document)
    ]


def test_nothing_is_noted_before_a_text_is_consulted_on(cast, document):
    document.consulted = None
    session.commit()
    written(document, solution(fr="Un portail"))
    assert session.scalars(select(Change)).all() == []


def test_each_place_of_each_language_is_a_change(cast, document):
    written(document, solution(ar="بوابة واحدة ومفتوحة", fr="Deux portails publics et mobiles"))
    written(document, solution(ar="بوابة واحدة ومفتوحة", fr="Trois portails publics et très mobiles"))
    assert said(document) == [
        (2, "solution", "ar", "", 2, "", "ومفتوحة"),
        (2, "solution", "fr", "", 0, "Un portail unique", "Deux portails publics et mobiles"),
        (3, "solution", "fr", "", 0, "Deux", "Trois"),
        (3, "solution", "fr", "", 4, "", "très"),
    ]


def test_facts_change_as_a_whole_but_for_their_sentences(cast, document):
    facts = {"number": 1, "weight": 400, "deliverable": {"fr": "Un rapport annuel"}}
    activity = SectionWords("activity-1", SectionKind.ACTIVITY, Translated(fr="Publier"), facts)
    written(document, activity)
    facts = {"number": 1, "weight": 600, "deliverable": {"fr": "Un rapport trimestriel"}}
    written(document, SectionWords("activity-1", SectionKind.ACTIVITY, Translated(fr="Publier"), facts))
    assert said(document) == [
        (2, "activity-1", "fr", "", 0, "", "Publier"),
        (2, "activity-1", "fr", "deliverable", 0, "", "Un rapport annuel"),
        (2, "activity-1", "", "number", 0, "", "1"),
        (2, "activity-1", "", "weight", 0, "", "400"),
        (3, "activity-1", "fr", "deliverable", 2, "annuel", "trimestriel"),
        (3, "activity-1", "", "weight", 0, "400", "600"),
    ]
    written(document, SectionWords("activity-1", SectionKind.ACTIVITY, Translated()))
    gone = [row for row in said(document) if row[0] == 4]
    assert {(row[3], row[5], row[6]) for row in gone} == {
        ("", "Publier", ""),
        ("deliverable", "Un rapport trimestriel", ""),
        ("number", "1", ""),
        ("weight", "600", ""),
    }


@pytest.fixture
def changes(document):
    written(document, solution(ar="بوابة واحدة ومفتوحة", fr="Un portail mobile"))
    return session.scalars(select(Change.id).order_by(Change.id)).all()


def causes():
    session.expire_all()
    rows = session.scalars(select(Change).order_by(Change.id))
    return [row.cause for row in rows]


def test_a_decision_and_a_note_say_why(cast, changes):
    with pytest.raises(ReasonMissing):
        name_cause(changes, CauseKind.NOTE, reason=Translated(), by=cast.salma.id, now=THEN)
    with pytest.raises(NotFound):
        name_cause([*changes, 999], CauseKind.NOTE, reason=Translated(fr="x"), by=cast.salma.id, now=THEN)
    with pytest.raises(NotFound):
        name_cause([], CauseKind.NOTE, reason=Translated(fr="x"), by=cast.salma.id, now=THEN)
    name_cause(changes[:1], CauseKind.NOTE, reason=Translated(fr="Coquille"), by=cast.salma.id, now=THEN)
    session.commit()
    assert causes() == [CauseKind.NOTE, None]


def test_answers_are_attributed_and_detached(cast, document, changes):
    consultation = session.scalars(select(AnswerChange)).all()
    assert consultation == []
    key = 1
    first, second = (answer(cast, key, comment(key)) for _number in range(2))
    by = {"by": cast.salma.id, "now": THEN}
    attribute(first, changes, **by)
    attribute(second, changes[:1], **by)
    attribute(second, changes[:1], **by)
    session.commit()
    assert causes() == [CauseKind.ANSWER, CauseKind.ANSWER]
    detach(first, changes, **by)
    session.commit()
    assert causes() == [CauseKind.ANSWER, None], "the other answer stays the cause of what it changed"
    detach(second, changes, **by)
    session.commit()
    assert causes() == [None, None]
    assert session.scalars(select(AnswerChange)).all() == []


def test_an_answer_names_words_of_its_own_consultation_only(cast, document, changes):
    by = {"by": cast.salma.id, "now": THEN}
    document.consulted = None
    session.commit()
    later = consulted(cast, number=2)
    with pytest.raises(ChangeElsewhere):  # they were changed before this one began
        attribute(answer(cast, later, comment(later)), changes, **by)
    refusing = answer(cast, 1, comment(1), outcome=AnswerOutcome.NOT_TAKEN_UP)
    with pytest.raises(AnswerChangesNothing):
        attribute(refusing, changes, **by)
    assert causes() == [None, None]


def test_what_was_adopted_stands_for_good(cast, document, changes):
    by = {"by": cast.salma.id, "now": THEN}
    first = answer(cast, 1, comment(1))
    attribute(first, changes[:1], **by)
    session.get_one(Document, document.id).adopted = 2
    session.commit()
    with pytest.raises(ChangeAdopted):
        attribute(first, changes[1:], **by)
    with pytest.raises(ChangeAdopted):
        detach(first, changes, **by)
    with pytest.raises(ChangeAdopted):
        name_cause(changes, CauseKind.NOTE, reason=Translated(fr="x"), **by)
