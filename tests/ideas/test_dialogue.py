"""Questions back and forth: the screening asks, the author answers in time or the day passes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.chores import Round
from cocreation.core.database import lock, session
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.chores import CHORES
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Author, AuthorKind, Idea, IdeaState, Step, StepKind
from cocreation.ideas.queries import dialogue, public_ideas
from cocreation.ideas.refusals import AlreadyReplied, NoOpenQuestion, TooLateToReply
from cocreation.ideas.services import dialogue as ideas_dialogue
from tests.cast import THEN, Cast, T
from tests.forms import fill, press
from tests.html import texts
from tests.senders import ideas, write
from tests.words import errors, says

WORDS = T("ما المقصود بالفقرة الثانية؟", "Que veut dire le deuxième paragraphe ?")
ANSWER = "أقصد محاضر الدورات <b>كلها</b>"


def asked(cast: Cast, days: int = 7, *, email: str | None = "nadia@example.org", **values) -> str:
    """An idea whose author has just been asked something; the path of its receipt."""
    [idea] = write(cast, **values)
    if email:
        author = {"kind": AuthorKind.PERSON, "email": email, "language": "en", "consented_at": clock.now()}
        session.add(Author(idea_id=idea.id, **author))
        session.flush()
    put(cast, idea.id, days)
    return f"/en/receipts/{idea.receipt}"


def put(cast: Cast, idea_id: int, days: int = 7) -> None:
    by, day = cast.salma.id, clock.today() + timedelta(days=days)
    ideas_dialogue.put_question(lock(Idea, idea_id), WORDS, answer_by=day, by=by, now=clock.now())
    session.commit()
    session.remove()


def lapse() -> int:
    done = Round(CHORES).look()
    session.remove()
    return done


def state() -> IdeaState:
    return ideas()[0].state


def kinds() -> list[str]:
    return [kind.value for kind in session.scalars(select(Step.kind).order_by(Step.id))]


def test_a_question_stops_the_idea_and_reaches_its_author(cast, mails):
    receipt = asked(cast)
    assert state() is IdeaState.ASKED
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert (step.kind.value, step.text, step.due_on.isoformat()) == ("asked", WORDS, "2026-03-17")
    [mail] = mails()
    assert WORDS["fr"] in mail
    assert receipt in mail
    assert "17 March 2026" in mail


def test_without_an_address_the_question_stands_on_the_page(cast, client, mails):
    receipt = asked(cast, email=None)
    assert mails() == []
    assert WORDS["fr"] in client.get(receipt).text


def test_the_author_answers_on_the_receipt_and_everyone_reads_it(cast, client):
    receipt = asked(cast)
    page = client.get(receipt).text
    assert page.index('id="question"') < page.index('id="steps"')
    answer = fill(client, receipt, reply=ANSWER)
    assert answer.location == receipt
    assert state() is IdeaState.RECEIVED
    assert kinds() == ["received", "asked", "replied"]
    for path in ("/en/ideas/2026-1", receipt):
        page = client.get(path).text
        assert WORDS["fr"] in page
        assert '<p lang="ar" dir="rtl">أقصد محاضر الدورات' in page
        assert "<b>" not in page
    assert 'id="question"' not in page


def test_while_the_question_is_open_the_public_page_says_until_when(cast, client):
    asked(cast)
    page = client.get("/en/ideas/2026-1").text
    assert "17 March 2026" in page
    assert page.count('class="link-ahead"') == 3
    assert "Salma" not in page, "who asked is not told"


def test_an_empty_answer_is_not_one(cast, client):
    receipt = asked(cast)
    refused = fill(client, receipt, reply="   ")
    assert refused.status_code == 422
    assert errors(refused) == {"reply"}
    assert state() is IdeaState.ASKED


def test_the_same_answer_twice_is_one(cast, client):
    receipt = asked(cast)
    for _ in range(2):
        assert _post(client, receipt, ANSWER).status_code == 302
    assert kinds() == ["received", "asked", "replied"]


def test_a_second_answer_is_refused_and_kept_for_who_typed_it(cast, client):
    receipt = asked(cast)
    _post(client, receipt, ANSWER)
    refused = _post(client, receipt, "Something else")
    assert refused.status_code == 409
    assert says(refused, AlreadyReplied)
    assert "Something else" in refused.text
    assert session.scalars(select(Question.reply)).one() == ANSWER
    assert kinds() == ["received", "asked", "replied"]


def test_an_answer_where_nothing_was_asked(cast, client):
    [idea] = write(cast)
    refused = _post(client, f"/en/receipts/{idea.receipt}", ANSWER)
    assert refused.status_code == 409
    assert says(refused, NoOpenQuestion)
    assert ANSWER.split()[0] in refused.text
    assert kinds() == ["received"]


def test_the_last_day_still_counts_and_the_day_after_does_not(cast, client):
    receipt = asked(cast)
    with clock.frozen(THEN + timedelta(days=7, hours=12)):
        assert lapse() == 0
        assert 'name="reply"' in client.get(receipt).text
    with clock.frozen(THEN + timedelta(days=8)):
        refused = _post(client, receipt, ANSWER)
        assert (refused.status_code, state()) == (409, IdeaState.ASKED)
        assert says(refused, TooLateToReply, day=(THEN + timedelta(days=7)).date())
        assert ["17 March 2026" in text for text in texts(client.get(receipt).text, "#question > p")] == [
            True
        ]
        assert "<textarea" not in client.get(receipt).text


def test_a_question_without_an_answer_lapses_once(cast, client):
    receipt = asked(cast)
    with clock.frozen(THEN + timedelta(days=8)):
        assert lapse() == 1
        assert lapse() == 0
    assert state() is IdeaState.RECEIVED
    assert kinds() == ["received", "asked", "lapsed"]
    assert says(client.get("/en/ideas/2026-1"), STEPS[StepKind.LAPSED].sentence)
    assert says(_post(client, receipt, ANSWER), TooLateToReply)
    assert state() is IdeaState.RECEIVED


def test_one_may_be_asked_again_and_only_the_last_question_is_open(cast, client):
    receipt = asked(cast)
    with clock.frozen(THEN + timedelta(days=8)):
        lapse()
        put(cast, 1)
        assert fill(client, receipt, reply=ANSWER).status_code == 302
        assert lapse() == 0
    assert kinds() == ["received", "asked", "lapsed", "asked", "replied"]


def test_a_withdrawn_idea_is_asked_nothing_and_its_dialogue_is_silent(cast, client):
    receipt = asked(cast)
    _post(client, receipt, ANSWER)
    put(cast, 1)
    press(client, receipt, "/withdraw")
    page = client.get("/en/ideas/2026-1")
    assert WORDS["fr"] not in page.text
    assert "محاضر" not in page.text
    assert says(page, STEPS[StepKind.ASKED].sentence), "that it was asked stays"
    with clock.frozen(THEN + timedelta(days=30)):
        assert lapse() == 0
    assert state() is IdeaState.WITHDRAWN
    refused = _post(client, receipt, "Again")
    assert (refused.status_code, state()) == (409, IdeaState.WITHDRAWN)


def test_hidden_words_are_not_told_by_the_dialogue(cast, client):
    receipt = asked(cast)
    _post(client, receipt, ANSWER)
    session.get_one(Idea, 1).hidden_at = clock.now()
    session.commit()
    session.remove()
    page = client.get("/en/ideas/2026-1").text
    assert WORDS["fr"] not in page
    assert "محاضر" not in page


@pytest.mark.parametrize("secret", ["AAAA-AAAA-AAAA-AAAA", "short", "0000-0000-0000-0000"])
def test_another_secret_opens_nothing(cast, client, secret):
    asked(cast)
    assert _post(client, f"/en/receipts/{secret}", ANSWER).status_code == 404
    assert state() is IdeaState.ASKED


def test_an_idea_that_waits_for_its_author_is_counted_and_found(cast, client):
    asked(cast)
    assert public_ideas.outcomes() == [(IdeaState.ASKED, 1)]
    assert "2026-1" in client.get("/en/ideas?outcome=asked").text


def test_the_own_page_costs_the_same_for_one_question_and_for_many(cast, client, statements):
    receipt = asked(cast)
    client.get(receipt)
    with statements() as few:
        client.get(receipt)
    for _ in range(5):
        ideas_dialogue.reply(receipt.split("/")[-1], "Réponse", now=clock.now())
        session.commit()
        put(cast, 1)
    with statements() as many:
        assert client.get(receipt).text.count(WORDS["fr"]) == 7
    assert len(many) == len(few)


def test_the_clock_stands_still_while_a_question_is_open():
    idea = Idea(received_at=THEN)

    def day(number: int):
        return THEN + timedelta(days=number)

    def put_on(start: int, **end: int) -> Question:
        return Question(asked_at=day(start), **{name: day(number) for name, number in end.items()})

    assert dialogue.days_waiting(idea, [], day(10)) == 10
    assert dialogue.days_waiting(idea, [put_on(4, replied_at=7)], day(10)) == 7
    assert dialogue.days_waiting(idea, [put_on(4, lapsed_at=7), put_on(8)], day(20)) == 5
    assert dialogue.days_waiting(idea, [], THEN + timedelta(hours=23)) == 0
    assert dialogue.days_waiting(Idea(received_at=None), [], day(10)) == 0


def _post(client, receipt: str, words: str):
    from tests.forms import csrf_token

    return client.post(f"{receipt}/reply", data={"reply": words, "csrf_token": csrf_token(client)})
