"""A question to an author: it stops the clock, takes the idea out of the queue, stands in the register."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Phase
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.services import withdrawal
from cocreation.ideas.services.dialogue import lapse, reply
from cocreation.screening.refusals import (
    AlreadyAccepted,
    AuthorAlreadyAsked,
    DayTooEarly,
    NoAddress,
    NotWaiting,
    QuestionUnreadable,
)
from tests.cast import THEN
from tests.desk import SCREENING, close, entries, received, states, steps
from tests.forms import fill
from tests.html import numbers, texts
from tests.screening.desk import token_of
from tests.words import refuses, says

ASK = f"{SCREENING}/2026-1/question"
WORDS = {"text-ar": "لم نفهم الفقرة الثانية، ما المقصود؟"}
AUTHOR = "author@example.org"


def question():
    session.remove()
    found = session.scalars(select(Question)).one()
    session.remove()
    return found


def test_a_question_goes_to_the_author_and_the_next_idea_comes(cast, salma):
    received(cast, 2, email=AUTHOR)
    answer = fill(salma, ASK, **WORDS)
    assert answer.location.endswith("/screening/2026-2")
    [notice] = texts(salma.get(answer.location).text, ".flash")
    assert "20 March 2026" in notice
    assert states("2026-1", "2026-2") == ["asked", "received"]
    step = steps("2026-1")[-1]
    assert (step.kind.value, str(step.due_on), step.text) == ("asked", "2026-03-20", {"ar": WORDS["text-ar"]})
    assert [mail.to for mail in session.scalars(select(Mail))] == [AUTHOR]
    (entry,) = entries()
    assert '"action":"asked"' in entry.content
    assert '"answer_by":"2026-03-20"' in entry.content
    assert AUTHOR not in entry.content


def test_an_idea_whose_author_is_asked_lies_in_a_pile_of_its_own(cast, salma):
    received(cast, 2, email=AUTHOR)
    fill(salma, ASK, **WORDS, answer_by="2026-03-15")
    assert "2026-1<" not in salma.get(SCREENING).text
    asked = salma.get(f"{SCREENING}?pile=asked").text
    assert "2026-1<" in asked
    assert "2026-2<" not in asked
    assert "15 March 2026" in asked
    page = salma.get(f"{SCREENING}/2026-1")
    assert WORDS["text-ar"] in page.text
    assert says(page, NotWaiting, state=IdeaState.ASKED.label)


def test_the_answer_brings_it_back_and_the_reader_sees_it(cast, salma):
    received(cast, email=AUTHOR)
    fill(salma, ASK, **WORDS)
    receipt = session.scalar(select(Idea.receipt))
    reply(receipt, "أقصد نشر الميزانية", now=THEN + timedelta(days=2))
    session.commit()
    session.remove()
    with clock.frozen(THEN + timedelta(days=5)):
        salma = cast.visitor(cast.salma)
        assert "2026-1<" in salma.get(SCREENING).text
        page = salma.get(f"{SCREENING}/2026-1").text
        assert "أقصد نشر الميزانية" in page
        # Five days, less the two for which it was asked.
        assert numbers(page, ".case-head .row-meta span")[-1] == 2
        assert 'name="reason_text-ar"' in page


def test_without_an_answer_in_time_it_comes_back_as_it_stands(cast, salma):
    received(cast, email=AUTHOR)
    fill(salma, ASK, **WORDS)
    lapse(question().id, now=THEN + timedelta(days=11))
    session.commit()
    assert states("2026-1") == ["received"]
    assert question().lapsed_at
    assert "20 March 2026" in salma.get(f"{SCREENING}/2026-1").text


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"text-ar": ""}, {"text"}),
        ({"text-ar": "", "text-en": "What is meant?"}, QuestionUnreadable),
        ({"answer_by": ""}, {"answer_by"}),
        ({"answer_by": "soon"}, {"answer_by"}),
        ({"answer_by": "2026-03-10"}, DayTooEarly),
        ({"text-ar": "؟" * 1001}, {"text"}),
    ],
)
def test_a_question_needs_words_the_author_can_read_and_time_to_answer(cast, salma, given, because):
    received(cast, email=AUTHOR)
    answer = salma.post(
        ASK,
        data={**WORDS, "answer_by": "2026-03-20", **given, "csrf_token": token_of(salma.get(ASK).text)},
    )
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert states("2026-1") == ["received"]
    assert entries() == []


def test_whoever_left_no_address_cannot_be_asked(cast, salma):
    received(cast)
    page = salma.get(ASK)
    assert says(page, NoAddress)
    assert 'name="text-ar"' not in page.text
    assert "/question" not in salma.get(f"{SCREENING}/2026-1").text
    data = {**WORDS, "answer_by": "2026-03-20", "csrf_token": token_of(page.text)}
    answer = salma.post(ASK, data=data)
    assert answer.status_code == 409
    assert says(answer, NoAddress)
    assert states("2026-1") == ["received"]


def test_the_second_to_ask_is_told_and_keeps_the_words(cast, salma):
    received(cast, email=AUTHOR)
    amal = cast.visitor(cast.amal)
    token = token_of(amal.get(ASK).text)
    fill(salma, ASK, **WORDS)
    late = {"text-ar": "سؤال ثان", "answer_by": "2026-03-20", "csrf_token": token}
    answer = amal.post(ASK, data=late)
    assert answer.status_code == 409
    assert says(answer, AuthorAlreadyAsked)
    assert WORDS["text-ar"] in answer.text
    assert "سؤال ثان" in answer.text
    assert len(entries()) == 1


def test_what_is_decided_is_not_asked(cast, salma):
    received(cast, email=AUTHOR)
    token = token_of(salma.get(ASK).text)
    fill(salma, f"{SCREENING}/2026-1", clarity="2", precision="2", openness="2")
    answer = salma.post(ASK, data={**WORDS, "answer_by": "2026-03-20", "csrf_token": token})
    assert answer.status_code == 409
    assert says(answer, AlreadyAccepted)
    assert states("2026-1") == ["accepted"]
    assert 'name="text-ar"' not in salma.get(ASK).text


def test_while_its_author_is_asked_nobody_decides_it(cast, salma):
    ids = received(cast, email=AUTHOR)
    page = salma.get(f"{SCREENING}/2026-1").text
    fill(salma, ASK, **WORDS)
    scores = {"clarity": "2", "precision": "2", "openness": "2", "csrf_token": token_of(page)}
    answer = salma.post(f"{SCREENING}/2026-1", data=scores)
    assert answer.status_code == 409
    assert says(answer, NotWaiting, state=IdeaState.ASKED.label)
    bulk = salma.post(SCREENING, data={"chosen": ids, "confirmed": "1", "csrf_token": token_of(page)})
    assert bulk.status_code == 409
    assert states("2026-1") == ["asked"]


def test_an_author_who_withdrew_is_not_asked(cast, salma):
    received(cast, email=AUTHOR)
    token = token_of(salma.get(ASK).text)
    withdrawal.withdraw(session.scalar(select(Idea.receipt)), now=THEN)
    session.commit()
    session.remove()
    answer = salma.post(ASK, data={**WORDS, "answer_by": "2026-03-20", "csrf_token": token})
    assert answer.status_code == 409
    assert states("2026-1") == [IdeaState.WITHDRAWN.value]


def test_when_the_calendar_has_screening_closed_nobody_is_asked(cast, salma):
    received(cast, email=AUTHOR)
    token = token_of(salma.get(ASK).text)
    close(Phase.SCREENING)
    assert 'name="text-ar"' not in salma.get(ASK).text  # said before the work
    answer = salma.post(ASK, data={**WORDS, "answer_by": "2026-03-20", "csrf_token": token})
    assert answer.status_code == 409
    assert WORDS["text-ar"] in answer.text
    assert states("2026-1") == ["received"]
