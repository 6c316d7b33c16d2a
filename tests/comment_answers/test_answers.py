"""Comments are answered: alone, together, by two people at once; nothing is public before."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.comment_answers.models import AnsweredComment, AnswerStage, CommentAnswer
from cocreation.comment_answers.refusals import (
    AnswersIncomplete,
    CommentsAnsweredAlready,
    OwnAnswer,
    QuestionMissing,
)
from cocreation.comments.models import Comment, Stance
from cocreation.core.database import session
from cocreation.web.edits import ChangedMeanwhile
from tests.forms import fill, filled_in, press, say_yes
from tests.html import hrefs, numbers, texts
from tests.scene_consulted import answer, comment, consulted
from tests.words import errors, says

DESK = "/fr/manage/consultations/2026-PC1/answers"
TEMPLATES = "/fr/manage/answer-templates"
NOT, THERE, TAKEN = "not_taken_up/no_means", "already_there/said_there", "taken_up/clearer"


@pytest.fixture
def consultation(cast):
    return consulted(cast)


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def answers():
    rows = session.scalars(select(CommentAnswer).order_by(CommentAnswer.id)).all()
    session.remove()
    return rows


def answered():
    rows = session.execute(select(AnsweredComment.comment_id, AnsweredComment.answer_id))
    pairs = {comment_id: answer_id for comment_id, answer_id in rows}  # noqa: C416
    session.remove()
    return pairs


def unanswered(visitor, path=""):
    page = visitor.get(f"{DESK}{path}").text
    return numbers(page, "#unanswered")[:1]


def test_one_comment_is_answered_and_the_next_one_opens(cast, consultation, salma):
    ids = [comment(consultation) for _ in range(3)]
    assert unanswered(salma) == [3]
    sent = fill(salma, f"{DESK}/comments/1", outcome=NOT, **{"text-fr": "Pas de budget"})
    assert sent.location == f"{DESK}/comments/2"
    [given] = answers()
    said = given.outcome.value, given.reason.value, dict(given.text)
    assert said == ("not_taken_up", "no_means", {"fr": "Pas de budget"})
    assert (given.drafted_by, given.stage) == (cast.salma.id, AnswerStage.DRAFT)
    assert answered() == {ids[0]: given.id}
    for path in ("", "/comments/1", "/comments/2", "/list", f"/{given.id}"):
        assert salma.get(f"{DESK}{path}").status_code == 200, path
    assert unanswered(salma) == [2]
    assert session.get_one(Comment, ids[0]).outcome is None, "nothing is public yet"


def test_the_ticked_comments_are_answered_together_after_a_question(cast, consultation, salma):
    ids = [comment(consultation) for _ in range(3)]
    sent = fill(salma, DESK, chosen=[str(ids[0]), str(ids[2])], outcome=THERE, **{"text-fr": "Article 2"})
    assert sent.status_code == 302
    [given] = answers()
    assert answered() == {ids[0]: given.id, ids[2]: given.id}
    late = fill(salma, DESK, chosen=[str(ids[0])], outcome=NOT, **{"text-fr": "Non"})
    assert says(late, CommentsAnsweredAlready)
    assert len(answers()) == 1


def test_all_that_a_filter_leaves_is_answered_at_once(cast, consultation, salma):
    for number in range(45):
        comment(consultation, stance=Stance.AGREE if number % 3 else Stance.ASK)
    url = f"{DESK}?stance=agree"
    page = salma.get(url)
    assert len(texts(page.text, "tr[data-comment]")) == 30
    url = DESK
    assert len(texts(salma.get(url).text, "tr[data-comment]")) == 40
    assert fill(salma, DESK, every="y", outcome=THERE, **{"text-fr": "Oui"}).status_code == 302
    assert len(answered()) == 45
    assert len(answers()) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"outcome": NOT}, {"text"}),
        ({"text-fr": "Non"}, {"outcome"}),
        ({"outcome": "not_taken_up/clearer", "text-fr": "Non"}, {"outcome"}),
        ({"outcome": NOT, "text-fr": "x" * 5001}, {"text"}),
    ],
)
def test_an_answer_says_what_it_lacks(consultation, salma, fields, wrong):
    comment(consultation)
    url = f"{DESK}/comments/1"
    sent = sending(salma, url, "outcome", **fields)
    assert sent.status_code == 422
    assert errors(sent) == wrong
    assert answers() == []


def test_a_draft_may_lack_its_words_and_is_not_sent_without(consultation, salma):
    comment(consultation)
    assert sending(salma, f"{DESK}/comments/1", "outcome", outcome=NOT, act="keep").status_code == 302
    [kept] = answers()
    refused = send(salma)
    assert says(refused, AnswersIncomplete)
    fill(salma, f"{DESK}/{kept.id}", outcome=NOT, **{"text-ar": "لا توجد ميزانية"})
    assert send(salma).status_code == 302
    assert [row.stage for row in answers()] == [AnswerStage.SENT]


def sending(visitor, url, name, **fields):
    """Send the form of a page that has a field of this name, by a button that says more."""
    return visitor.post(url, data={**filled_in(visitor.get(url), name).to_dict(), **fields})


def send(visitor, **fields):
    return press_list(visitor, "send", **fields)


def press_list(visitor, way, **fields):
    """A button of the list of answers that goes to an address of its own."""
    url = f"{DESK}/list/{way}"
    return say_yes(
        visitor, url, visitor.post(url, data={"csrf_token": token(visitor, f"{DESK}/list"), **fields})
    )


def test_a_second_reader_approves_or_asks_and_never_who_wrote_it(cast, consultation, salma):
    given = answer(cast, consultation, comment(consultation), outcome="not_taken_up", reason="no_means")
    mounia, page = cast.visitor(cast.mounia), f"{DESK}/{given}"
    assert send(salma, chosen=str(given)).status_code == 302
    own = salma.post(f"{page}/read", data={"csrf_token": token(salma, page), "verdict": "approve"})
    assert (own.status_code, says(own, OwnAnswer)) == (403, True)
    assert says(fill(mounia, page, verdict="return"), QuestionMissing)
    assert fill(mounia, page, verdict="return", why="Quel budget ?").status_code == 302
    assert [row.stage for row in answers()] == [AnswerStage.RETURNED]
    assert "Quel budget ?" in salma.get(page).text
    assert fill(salma, page, outcome=NOT, **{"text-fr": "Pas avant 2028"}).status_code == 302
    send(salma)
    assert press_list(mounia, "approve", chosen=str(given)).status_code == 302
    [read] = answers()
    assert (read.stage, read.approved_by) == (AnswerStage.APPROVED, cast.mounia.id)
    assert mounia.get(DESK).status_code == 403, "who reads does not write"
    fill(salma, page, outcome=NOT, **{"text-fr": "Jamais"})
    assert [row.stage for row in answers()] == [AnswerStage.DRAFT], "other words are read anew"


def token(visitor, url):
    return visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]


def test_two_people_at_one_answer_lose_neither(cast, consultation, salma):
    given = answer(cast, consultation, comment(consultation), outcome="not_taken_up", reason="no_means")
    url, amal = f"{DESK}/{given}", cast.visitor(cast.amal)
    opened = filled_in(amal.get(url), "text-fr")
    assert fill(salma, url, **{"text-fr": "Les mots de Salma"}).status_code == 302
    second = amal.post(url, data={**opened.to_dict(), "text-fr": "Les mots d'Amal"})
    assert says(second, ChangedMeanwhile)
    assert "Les mots de Salma" in second.text
    assert amal.post(url, data=filled_in(second, "text-fr").to_dict()).status_code == 302
    assert answers()[0].text["fr"] == "Les mots d'Amal"


def test_taken_back_an_answer_lets_its_comments_wait_again(cast, consultation, salma):
    given = answer(cast, consultation, comment(consultation), comment(consultation))
    assert press(salma, f"{DESK}/{given}", "/remove").status_code == 302
    assert (answers(), answered()) == ([], {})
    assert unanswered(salma) == [2]


def test_a_comment_moves_to_another_answer_and_an_empty_one_goes(cast, consultation, salma):
    first, second, third = (comment(consultation) for _ in range(3))
    both = answer(cast, consultation, first, second)
    other = answer(cast, consultation, third)
    assert move(salma, both, second, other).status_code == 302
    assert answered() == {first: both, second: other, third: other}
    assert move(salma, both, first, other).location == f"{DESK}/{other}"
    assert [row.id for row in answers()] == [other]
    assert move(salma, other, third, "").status_code == 302
    assert answered() == {first: other, second: other}


def move(visitor, answer_id, comment_id, to):
    url = f"{DESK}/{answer_id}"
    data = {"csrf_token": token(visitor, url), "comment": str(comment_id), "to": str(to)}
    return visitor.post(f"{url}/move", data=data)


def test_comments_are_narrowed_ordered_and_paged(cast, consultation, salma):
    comment(consultation, section="problem", words="Publier les budgets communaux", supports=3)
    comment(consultation, stance=Stance.ASK, words="وماذا عن الميزانيات المحلية؟", language="ar", supports=9)
    comment(consultation)
    answer(cast, consultation, 3)
    assert rows(salma, "?q=budgets") == ["2026-PC1-0001"]
    assert rows(salma, "?q=ميزانية") == ["2026-PC1-0002"]
    assert rows(salma, "?q=2026-PC1-0003") == ["2026-PC1-0003"]
    assert rows(salma, "?stance=ask") == ["2026-PC1-0002"]
    assert rows(salma, "?answered=yes") == rows(salma, "?outcome=taken_up") == ["2026-PC1-0003"]
    assert rows(salma, "?answered=no&order=supported") == ["2026-PC1-0002", "2026-PC1-0001"]
    section = session.get_one(Comment, 1).section_id
    assert rows(salma, f"?section={section}") == ["2026-PC1-0001"]
    assert rows(salma, "?kind=association") == []
    assert rows(salma, "?stance=nonsense&section=x") == [f"2026-PC1-000{n}" for n in (1, 2, 3)]


def rows(visitor, query=""):
    page = visitor.get(f"{DESK}{query}")
    assert page.status_code == 200
    return texts(page.text, "tr[data-comment] th .reference")


def test_what_counts_is_confirmed_and_not_taken_back(consultation, salma, now):
    comment(consultation, confirmed_at=None)
    comment(consultation, withdrawn_at=now)
    said = comment(consultation)
    comment(consultation, parent_id=said)
    assert rows(salma) == ["2026-PC1-0003"]
    assert salma.get(f"{DESK}/comments/1").status_code == 404


def test_comments_alike_stand_beside_the_one_that_is_answered(cast, consultation, salma):
    first = comment(consultation, words="Il faut une application mobile pour les communes rurales")
    comment(consultation, words="Une application mobile, surtout pour les communes rurales !")
    comment(consultation, words="Le calendrier est trop court")
    comment(consultation, section="problem", words="Il faut une application mobile pour les communes")
    page = salma.get(f"{DESK}/comments/1").text
    assert texts(page, "#like .reference") == ["2026-PC1-0002"]
    fill(salma, f"{DESK}/comments/1", chosen=["2"], outcome=THERE, **{"text-fr": "Déjà"})
    assert sorted(answered()) == [first, 2]


def test_a_suggestion_stands_as_a_change_in_its_section(consultation, salma):
    comment(
        consultation,
        stance=Stance.SUGGEST,
        quote="unique",
        before="Un portail ",
        after="",
        wording="ouvert",
        suggested_in="fr",
    )
    page = salma.get(f"{DESK}/comments/1").text
    assert [words.split()[-1] for words in texts(page, "#section-text + p del")] == ["unique"]
    assert [words.split()[-1] for words in texts(page, "#section-text + p ins")] == ["ouvert"]


def test_templates_begin_answers(cast, consultation, salma):
    comment(consultation)
    new = {"name": "Budget", "outcome": NOT, "text-fr": "Pas de moyens"}
    assert fill(salma, f"{TEMPLATES}/new", **new).status_code == 302
    assert errors(fill(salma, f"{TEMPLATES}/new", name="", outcome=NOT, **{"text-fr": "x"})) == {"name"}
    assert fill(salma, f"{TEMPLATES}/new", **new).status_code == 422, "one of each name"
    assert fill(salma, f"{TEMPLATES}/1", name="Moyens").status_code == 302
    page = salma.get(f"{DESK}/comments/1?template=1")
    begun = filled_in(page, "outcome")
    assert (begun["outcome"], begun["text-fr"]) == (NOT, "Pas de moyens")
    assert any("template=1" in link for link in hrefs(page.text, "form a"))
    assert press(salma, f"{TEMPLATES}/1", "/remove").status_code == 302
    assert salma.get(f"{TEMPLATES}/1").status_code == 404


@pytest.mark.parametrize("path", ["", "/comments/1", "/list", "/1"])
def test_the_public_and_other_roles_stay_outside(cast, consultation, client, path):
    answer(cast, consultation, comment(consultation))
    assert client.get(f"{DESK}{path}").status_code in (302, 403)
    assert cast.visitor(cast.farid).get(f"{DESK}{path}").status_code == 403


def test_the_desk_asks_no_more_of_many_comments(cast, consultation, salma, statements):
    def count():
        with statements() as asked:
            assert salma.get(DESK).status_code == 200
        return len(asked)

    comment(consultation)
    count()
    few = count()
    for _ in range(30):
        comment(consultation)
    assert count() <= few
