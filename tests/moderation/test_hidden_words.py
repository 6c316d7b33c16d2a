"""Hiding the words of an idea, contesting it, deciding the contest."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from cocreation.core import clock
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.idea import UPHELD, Author, Idea, IdeaState, StepKind
from cocreation.languages.i18n import speaking
from cocreation.ledger import journal
from cocreation.moderation.models import Harm
from cocreation.moderation.services.hidings import (
    AlreadySilent,
    HidingAlreadyContested,
    NothingContested,
    OwnHiding,
)
from tests.cast import THEN
from tests.desk import entries, steps, waiting
from tests.forms import press
from tests.html import texts
from tests.ledger.conftest import verified
from tests.moderation.conftest import (
    AUTHOR,
    DESK,
    HARM,
    HIDDEN_NOW,
    SHOWN_AGAIN,
    STILL_HIDDEN,
    contest,
    decide,
    dismiss,
    hide,
    hidings,
    idea,
    report,
    reports,
)
from tests.words import said, says

DAY = timedelta(days=1)


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def amal(cast):
    return cast.visitor(cast.amal)


@pytest.fixture
def hidden(harmful, salma, mails):
    hide(salma)
    mails()
    return harmful


def kinds():
    return [step.kind.value for step in steps("2026-1")]


def actions():
    return [json.loads(entry.content)["action"] for entry in entries()]


def test_a_hiding_is_public_reasoned_registered_and_its_author_is_told(cast, harmful, salma, mails):
    report(cast.visitor(), email="omar@example.org")
    assert hide(salma).location == DESK
    page = cast.visitor().get("/en/ideas/2026-1").text
    assert HARM not in page
    with speaking("en"):
        reason = str(Harm.INSULT.label).capitalize()
    assert page.count(f"{reason}: It insults somebody.") == 2, "in place of the words, and in the chain"
    assert "noindex" in page
    assert kinds() == ["received", "hidden"]
    [entry] = entries()
    content = json.loads(entry.content)
    assert (content["action"], content["subject"], content["reason"]) == ("hidden", "2026-1", "insult")
    assert content["seal"] == journal.seal({"en": "It insults somebody."})
    assert "insults somebody" not in entry.content
    assert verified() == 1
    told = dict(mails())
    assert told.keys() == {AUTHOR, "omar@example.org"}
    assert "It insults somebody." in told[AUTHOR]
    assert f"/en/receipts/{harmful.receipt}/contest" in told[AUTHOR]
    assert "25 March 2026" in told[AUTHOR]
    assert said(told["omar@example.org"], HIDDEN_NOW)
    assert all(HARM not in words for words in told.values())
    [filed] = reports()
    assert (filed.email, filed.hiding_id) == (None, 1)
    acts = session.scalars(select(AuditEntry).where(AuditEntry.action == "idea hidden")).all()
    assert [entry.actor for entry in acts] == [cast.salma.id]


def test_an_idea_nobody_reported_can_be_hidden_and_without_an_address_nobody_is_told(harmful, salma, mails):
    session.execute(update(Author).values(email=None))
    session.commit()
    answer = hide(salma)
    assert texts(salma.get(answer.location).text, ".flash-warning")  # nobody is said to have been told
    assert idea().hidden_at
    assert mails() == []


@pytest.mark.parametrize(("reason", "text"), [(None, "why"), ("insult", " "), ("opinion", "why")])
def test_no_hiding_without_a_reason_in_words(harmful, salma, reason, text):
    answer = hide(salma, reason=reason, text=text)
    assert answer.status_code == 422
    assert idea().hidden_at is None
    assert entries() == []


def test_what_is_silent_is_not_hidden(cast, harmful, salma, amal):
    token = amal.get(f"{DESK}/2026-1").text.split('name="csrf_token" value="')[1].split('"')[0]
    hide(salma)
    sent = {"csrf_token": token, "reason": "insult", "text-en": "again"}
    answer = amal.post(f"{DESK}/2026-1/hide", data=sent)
    assert answer.status_code == 409
    assert says(answer, AlreadySilent)
    assert len(hidings()) == 1
    session.execute(
        update(Idea).values(
            hidden_at=None,
            state=IdeaState.WITHDRAWN,
            fate="withdrawn",
            reason="author_withdrew",
            reason_text={"fr": "x"},
            fate_at=THEN,
        )
    )
    session.commit()
    assert amal.post(f"{DESK}/2026-1/hide", data=sent).status_code == 409


def test_its_author_still_sees_the_words_and_contests_once(cast, hidden, amal, mails):
    author = cast.visitor()
    receipt = author.get(f"/en/receipts/{hidden.receipt}").text
    assert HARM in receipt
    assert f"/en/receipts/{hidden.receipt}/contest" in receipt
    assert contest(author, hidden.receipt).status_code == 302
    page = author.get(f"/en/receipts/{hidden.receipt}/contest").text
    assert texts(page, ".notice-waiting")
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    token = author.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    again = author.post(
        f"/en/receipts/{hidden.receipt}/contest", data={"csrf_token": token, "words": "once more"}
    )
    assert again.status_code == 409
    assert says(again, HidingAlreadyContested)
    assert hidings()[0].contested_words == "It was no insult."
    assert "It was no insult." in amal.get(f"{DESK}?contested=1").text
    assert waiting(amal, DESK) == [1]
    assert mails() == []


def test_words_are_needed_to_contest(cast, hidden):
    assert contest(cast.visitor(), hidden.receipt, words=" ").status_code == 422
    assert hidings()[0].contested_at is None


@pytest.mark.parametrize(("days", "status"), [(15, 302), (16, 409)])
def test_it_can_be_contested_until_its_day(cast, hidden, days, status):
    author = cast.visitor()
    token = author.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    with clock.frozen(THEN + days * DAY):
        page = author.get(f"/en/receipts/{hidden.receipt}/contest").text
        answer = author.post(
            f"/en/receipts/{hidden.receipt}/contest", data={"csrf_token": token, "words": "why"}
        )
    assert answer.status_code == status
    assert bool(texts(page, ".notice-refused")) is (status == 409)


def test_what_is_not_hidden_cannot_be_contested(cast, harmful):
    author = cast.visitor()
    page = author.get(f"/en/receipts/{harmful.receipt}/contest")
    assert page.status_code == 200
    assert 'name="words"' not in page.text
    assert texts(page.text, ".notice") == []
    token = author.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = author.post(
        f"/en/receipts/{harmful.receipt}/contest", data={"csrf_token": token, "words": "why"}
    )
    assert answer.status_code == 409
    assert author.get("/en/receipts/0000-0000-0000-0000/contest").status_code == 404


def test_who_decides_the_contest_reads_the_words_marked(hidden, amal):
    page = amal.get("/en/manage/moderation/2026-1").text
    assert HARM in page
    assert texts(page, ".state-refused")


def test_who_hid_it_does_not_decide_the_contest(cast, hidden, salma):
    contest(cast.visitor(), hidden.receipt)
    page = salma.get(f"{DESK}/2026-1").text
    assert texts(page, ".notice-waiting")
    assert 'name="lifts"' not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "lifts": "no", "text-en": "mine"}
    answer = salma.post(f"{DESK}/2026-1/decide", data=sent)
    assert answer.status_code == 409
    assert says(answer, OwnHiding)
    assert hidings()[0].decided_at is None


def test_shown_again_it_is_read_and_found_as_before(cast, hidden, amal, mails):
    before = cast.visitor().get(f"/en/ideas?q={HARM}").text
    assert "/en/ideas/2026-1" not in before
    contest(cast.visitor(), hidden.receipt)
    assert decide(amal).location == f"{DESK}?contested=1"
    visitor = cast.visitor()
    page = visitor.get("/en/ideas/2026-1").text
    assert HARM in page
    assert "It was no insult indeed." in page
    assert "/en/ideas/2026-1" in visitor.get(f"/en/ideas?q={HARM}").text
    assert kinds() == ["received", "hidden", "shown"]
    assert actions() == ["hidden", "shown"]
    [(to, words)] = mails()
    assert to == AUTHOR
    assert said(words, SHOWN_AGAIN)
    assert "It was no insult indeed." in words


def test_upheld_it_stays_hidden_and_its_author_is_told(cast, hidden, amal, mails):
    contest(cast.visitor(), hidden.receipt)
    decide(amal, lifts="no", text="It is one.")
    page = cast.visitor().get("/en/ideas/2026-1")
    assert HARM not in page.text
    assert "It insults somebody." in page.text
    assert says(page, STEPS[StepKind.HIDDEN].sentences[UPHELD])
    assert kinds() == ["received", "hidden", "hidden"]
    assert actions() == ["hidden", "hiding upheld"]
    [(_to, words)] = mails()
    assert said(words, STILL_HIDDEN)
    assert texts(cast.visitor().get(f"/en/receipts/{hidden.receipt}/contest").text, ".notice-refused")
    token = amal.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = amal.post(
        f"{DESK}/2026-1/decide", data={"csrf_token": token, "lifts": "yes", "text-en": "no, wait"}
    )
    assert answer.status_code == 409
    assert says(answer, NothingContested)
    assert idea().hidden_at


@pytest.mark.parametrize(("lifts", "text"), [(None, "why"), ("yes", " ")])
def test_a_contest_is_decided_with_words(cast, hidden, amal, lifts, text):
    contest(cast.visitor(), hidden.receipt)
    assert decide(amal, lifts=lifts, text=text).status_code == 422
    assert hidings()[0].decided_at is None


def test_what_is_not_contested_is_not_decided(hidden, amal):
    token = amal.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "lifts": "yes", "text-en": "why"}
    assert amal.post(f"{DESK}/2026-1/decide", data=sent).status_code == 409
    assert idea().hidden_at


def test_shown_again_it_can_be_reported_and_hidden_again(cast, hidden, salma, amal):
    contest(cast.visitor(), hidden.receipt)
    decide(amal)
    report(cast.visitor())
    hide(salma, text="This time for good.")
    assert [hiding.lifted_at is not None for hiding in hidings()] == [True, False]
    assert "This time for good." in cast.visitor().get("/en/ideas/2026-1").text
    assert contest(cast.visitor(), hidden.receipt).status_code == 302


def test_withdrawn_while_hidden_it_stays_silent_when_it_is_shown_again(cast, hidden, amal):
    contest(cast.visitor(), hidden.receipt)
    press(cast.visitor(), f"/en/receipts/{hidden.receipt}", "withdraw")
    decide(amal)
    visitor = cast.visitor()
    assert HARM not in visitor.get("/en/ideas/2026-1").text
    assert "/en/ideas/2026-1" not in visitor.get(f"/en/ideas?q={HARM}").text


def test_reports_of_an_idea_withdrawn_meanwhile_can_be_put_away(cast, harmful, salma):
    report(cast.visitor())
    press(cast.visitor(), f"/en/receipts/{harmful.receipt}", "withdraw")
    assert dismiss(salma).status_code == 302
    assert reports()[0].decided_at
