"""My data: what is held about an idea and its author, taken along or erased."""

from __future__ import annotations

import json

from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import ERASED, HIDDEN, Attachment, Author, Idea
from tests.desk import published
from tests.forms import csrf_token, fill, press
from tests.html import parse, texts
from tests.ideas.test_dialogue import ANSWER, WORDS, asked
from tests.words import said, says

# What the button sends after its question: the words go, too.
WORDS_TOO = {"words": "1", "confirmed": "1"}


def test_everything_is_in_the_file_and_nothing_of_others(cast, client):
    receipt = asked(cast, problem="Personne ne les trouve")
    asked(cast, email="other@example.org")
    fill(client, receipt, reply=ANSWER)
    file = {"name": "plan.pdf", "kind": "application/pdf", "size": 3, "digest": "abc", "content": b"pdf"}
    session.add(Attachment(idea_id=1, once="x", added_at=clock.now(), **file))
    session.add(Appeal(idea_id=1, text="Je conteste", language="fr", filed_at=clock.now()))
    session.commit()
    session.remove()
    assert f"{receipt}/data" in client.get(receipt).text
    answer = client.get(f"{receipt}/data")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2026-1.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    held = json.loads(answer.data)
    assert held["idea"]["problem"] == "Personne ne les trouve"
    assert held["idea"]["reference"] == "2026-1"
    assert held["author"]["email"] == "nadia@example.org"
    assert [step["kind"] for step in held["steps"]] == ["received", "asked", "replied"]
    assert [(question["text"], question["reply"]) for question in held["questions"]] == [(WORDS, ANSWER)]
    assert held["appeal"]["text"] == "Je conteste"
    assert held["attachments"] == [
        {
            "name": "plan.pdf",
            "kind": "application/pdf",
            "size": 3,
            "digest": "abc",
            "added_at": clock.now().isoformat(),
        }
    ]
    assert "other@example.org" not in answer.text
    assert "asked_by" not in answer.text
    assert "voucher" not in answer.text, "the secret of an association is not its author's"


def test_without_an_author_there_is_nobody_in_it(cast, client):
    receipt = asked(cast, email=None)
    held = json.loads(client.get(f"{receipt}/data").data)
    assert (held["author"], held["appeal"], held["attachments"]) == (None, None, [])


def test_another_secret_takes_nothing(cast, client):
    asked(cast)
    assert client.get("/en/receipts/AAAA-AAAA-AAAA-AAAA/data").status_code == 404


def test_erasing_forgets_who_and_keeps_what(cast, client):
    receipt = asked(cast)
    assert len(texts(client.get(receipt).text, "p + form[action$='/erase']")) == 2, "said beforehand"
    press(client, receipt, "/erase")
    assert session.scalars(select(Author)).all() == []
    assert client.get("/en/ideas/2026-1").status_code == 200
    for path in ("", "/data"):
        assert client.get(f"{receipt}{path}").status_code == 410, "the receipt says so, and opens nothing"
    assert session.scalars(select(Idea.proposal)).one(), "its words stay"


def test_erasing_the_words_too_leaves_its_number_and_its_fate(cast, client):
    receipt = asked(cast, problem="Personne ne les trouve")
    fill(client, receipt, reply=ANSWER)
    page = client.get("/en/ideas/2026-1").text
    assert "Personne ne les trouve" in page
    assert "أقصد محاضر" in page
    client.post(f"{receipt}/erase", data={"csrf_token": csrf_token(client), **WORDS_TOO})
    answer = client.get("/en/ideas/2026-1")
    assert answer.status_code == 200
    for gone in ("Personne ne les trouve", "أقصد محاضر", "nadia"):
        assert gone not in answer.text
    idea = session.scalars(select(Idea)).one()
    assert (idea.reference, idea.proposal, idea.state.value) == ("2026-1", "", "withdrawn")


def test_an_erased_idea_whose_fate_is_published_says_that_its_author_asked_for_it(cast, client):
    published(cast)
    receipt = f"/en/receipts/{session.scalars(select(Idea.receipt)).one()}"
    client.post(f"{receipt}/erase", data={"csrf_token": csrf_token(client), **WORDS_TOO})
    page = client.get("/en/ideas/2026-1")
    summary = parse(page.text).find(".//meta[@name='description']").get("content")
    assert says(page, ERASED)
    assert said(summary, ERASED)
    assert not says(page, HIDDEN), "moderation did nothing"
    assert session.scalars(select(Idea.state)).one().value == "published"
