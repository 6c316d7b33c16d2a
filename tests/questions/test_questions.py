"""The second reader asks about one fate: the rest of the batch does not wait, and is not sent anew."""

from __future__ import annotations

import pytest

from cocreation.accounts.models import Role
from cocreation.batches.models import FateDraft, FateQuestion
from cocreation.batches.refusals import BatchChanged, BatchNotSent, OwnBatch, QuestionsOpen
from cocreation.core.database import session
from cocreation.questions.refusals import AlreadyQuestioned, NoQuestionOpen
from tests.cast import person
from tests.desk import BATCHES, batch, drafted, states, waiting, work
from tests.forms import fill, filled_in, press
from tests.html import hrefs, texts
from tests.words import says


@pytest.fixture
def mounia(cast):
    return cast.visitor(cast.mounia)


@pytest.fixture
def sent(cast, salma):
    """A batch of three fates that its second reader reads; its address."""
    url = f"{BATCHES}/{drafted(cast, 3)}"
    fill(salma, f"{url}/2026-1", **{"reason_text-fr": "Pas cette fois"})
    press(salma, url, "/send")
    return url


def row(url):
    return batch(int(url.rsplit("/", 1)[1]))


def late(visitor, page, name, **fields):
    """What a browser sends that had opened a page before."""
    data = filled_in(page, name)
    for field, value in fields.items():
        data[field] = value
    return data


def ask(visitor, url, reference="2026-2"):
    answer = fill(visitor, f"{url}/{reference}/question", words="Avec quelle enveloppe ?")
    assert answer.status_code == 302, answer.text


def test_a_question_holds_up_the_approval_and_not_the_reading(cast, salma, mounia, sent):
    ask(mounia, sent)
    assert row(sent).sent_at, "it stays with its reader"
    [link] = hrefs(salma.get(sent).text, "#questions a")
    assert link.startswith(f"{sent}/2026-2")
    refused = fill(mounia, sent, verdict="approve")
    assert refused.status_code == 409
    assert says(refused, QuestionsOpen)
    assert any("2026-2" in line for line in texts(refused.text, "#errors li"))
    assert row(sent).reviewed_at is None
    assert "/publish" not in salma.get(sent).text


def test_it_waits_on_the_desk_of_who_answers_then_of_who_asked(cast, salma, mounia, sent):
    ask(mounia, sent)
    assert waiting(salma, sent) == [1]
    fill(salma, f"{sent}/2026-2/reply", answer="Celui de 2027")
    assert waiting(salma, sent) == []
    assert waiting(mounia, sent) == [1, 1], "an answer to look at, a batch to read"
    assert "Celui de 2027" in mounia.get(f"{sent}/2026-2").text
    assert fill(mounia, sent, verdict="approve").status_code == 302
    assert waiting(mounia, sent) == []


def test_answered_in_words_it_is_approved_as_it_was_sent(cast, salma, mounia, sent):
    version = row(sent).version
    ask(mounia, sent)
    fill(salma, f"{sent}/2026-2/reply", answer="Celui de 2027")
    assert row(sent).version == version
    assert fill(mounia, sent, verdict="approve").status_code == 302
    press(salma, sent, "/publish")
    work(cast.app)
    assert states("2026-1", "2026-2", "2026-3") == ["published"] * 3
    assert "enveloppe" not in cast.visitor().get("/en/ideas/2026-2").text


def test_a_change_settles_it_and_is_looked_at_before_the_approval(cast, salma, mounia, sent):
    ask(mounia, sent)
    read = mounia.get(sent)
    fill(salma, f"{sent}/2026-2", outcome="deferred/lacks_time", **{"reason_text-fr": "Le temps manque"})
    assert row(sent).sent_at, "it is not to be sent anew"
    question = session.query(FateQuestion).one()
    assert (question.answered_by, question.answer) == (cast.salma.id, None)
    approve = late(mounia, read, "verdict", verdict="approve")
    early = mounia.post(f"{sent}/review", data=approve)
    assert (early.status_code, says(early, BatchChanged)) == (409, True)
    assert fill(mounia, sent, verdict="approve").status_code == 302
    assert session.query(FateDraft).filter_by(idea_id=2).one().reason.value == "lacks_time"


def test_taken_out_it_holds_up_nothing(cast, salma, mounia, sent):
    ask(mounia, sent)
    press(salma, f"{sent}/2026-2", "/remove")
    assert session.query(FateQuestion).count() == 0
    assert fill(mounia, sent, verdict="approve").status_code == 302
    press(salma, sent, "/publish")
    work(cast.app)
    assert states("2026-1", "2026-2", "2026-3") == ["published", "answered", "published"]


def test_a_change_of_another_fate_or_one_that_leaves_a_hole_is_sent_anew(cast, salma, mounia, sent):
    ask(mounia, sent)
    fill(salma, f"{sent}/2026-2", outcome="")
    assert row(sent).sent_at is None
    fill(salma, f"{sent}/2026-2", outcome="deferred/lacks_time", **{"reason_text-fr": "Le temps"})
    press(salma, sent, "/send")
    ask(mounia, sent, "2026-3")
    fill(salma, f"{sent}/2026-1", **{"reason_text-fr": "Autre chose"})
    assert row(sent).sent_at is None
    assert waiting(salma, sent) == [1, 1], "a question to answer, a batch to send"


def test_who_answered_is_no_second_reader_of_it(cast, salma, mounia, sent):
    samira = cast.visitor(person("Samira", Role.SECRETARIAT))
    ask(mounia, sent)
    assert fill(samira, f"{sent}/2026-2/reply", answer="Celui de 2027").status_code == 302
    assert 'name="verdict"' not in samira.get(sent).text
    assert waiting(samira, sent) == []
    page = mounia.get(sent)
    data = late(samira, page, "verdict", verdict="approve")
    data["csrf_token"] = filled_in(samira.get(f"{BATCHES}/new"), "title-fr")["csrf_token"]
    refused = samira.post(f"{sent}/review", data=data)
    assert (refused.status_code, says(refused, OwnBatch)) == (403, True)


def test_one_question_at_a_time_and_by_its_reader_alone(cast, salma, mounia, sent):
    before = mounia.get(f"{sent}/2026-2/question")
    assert "/question" not in salma.get(f"{sent}/2026-2").text
    ask(mounia, sent)
    twice = mounia.post(f"{sent}/2026-2/question", data=late(mounia, before, "words", words="Et quand ?"))
    assert (twice.status_code, says(twice, AlreadyQuestioned)) == (409, True)
    open_page = salma.get(f"{sent}/2026-2/reply")
    fill(salma, f"{sent}/2026-2/reply", answer="Celui de 2027")
    again = salma.post(f"{sent}/2026-2/reply", data=late(salma, open_page, "answer", answer="Bis"))
    assert (again.status_code, says(again, NoQuestionOpen)) == (409, True)
    ask(mounia, sent)
    assert session.query(FateQuestion).count() == 2


def test_nothing_is_asked_of_a_batch_that_went_back(cast, salma, mounia, sent):
    before = mounia.get(f"{sent}/2026-2/question")
    fill(mounia, sent, verdict="return", note="À revoir")
    answer = mounia.post(f"{sent}/2026-2/question", data=late(mounia, before, "words", words="Pourquoi ?"))
    assert (answer.status_code, says(answer, BatchNotSent)) == (409, True)
