"""Comments as everyone reads them: on their text, in their order, in their thread, with what was answered."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from cocreation.comments.models import AnswerOutcome, Comment, CommentSupport, Stance
from cocreation.comments.refusals import CommentLinkExpired, CommentsClosed, NoCommentSent
from cocreation.comments.services import supports
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.core.database import Translated, session
from cocreation.documents import services as documents
from cocreation.documents.models import SectionKind
from cocreation.documents.sections import SectionWords
from tests.cast import THEN
from tests.comments.consulted import (
    REFERENCE,
    SOLUTION,
    TEXT,
    closing_in,
    comments,
    crowd_of_comments,
    only,
    say,
)
from tests.forms import csrf_token, fill, filled_in
from tests.html import parse, texts
from tests.selection import crowd
from tests.senders import link
from tests.words import says

MANY = crowd(5000, 1500)


def address(number: int) -> str:
    return f"/en/consultations/{REFERENCE}/comments/{number}"


def shown(page, attribute: str = "data-comment") -> list[str]:
    return [value for part in parse(page.text).iter() if (value := part.get(attribute)) is not None]


def current(page) -> list[str]:
    """The comments a page is opened at."""
    return [
        part.get("data-comment")
        for part in parse(page.text).iter()
        if part.get("aria-current") and part.get("data-comment")
    ]


def numbers(page) -> list[int]:
    return [int(reference.rpartition("-")[2]) for reference in shown(page)]


def next_page(page) -> str:
    return next(part.get("href") for part in parse(page.text).iter("a") if part.get("rel") == "next")


def test_comments_stand_in_the_order_that_is_asked_for(text, client):
    with clock.frozen(THEN):
        say(text, "أول", section="solution", supports=3)
    with clock.frozen(THEN + timedelta(hours=1)):
        say(text, "ثان", section="problem", supports=9)
        say(text, "ثالث", supports=1)
    assert numbers(client.get(TEXT)) == [3, 2, 1]
    assert numbers(client.get(f"{TEXT}?sort=new")) == [3, 2, 1]
    assert numbers(client.get(f"{TEXT}?sort=supported")) == [2, 1, 3]
    assert numbers(client.get(f"{TEXT}?sort=section")) == [3, 2, 1], "whole, problem, solution"
    assert numbers(client.get(f"{TEXT}?section=problem")) == [2]
    assert shown(client.get(TEXT), "data-comments") == ["1", "1"]
    lost = client.get(f"{TEXT}?sort=nonsense&section=nonsense")
    assert (lost.status_code, numbers(lost)) == (200, [3, 2, 1])
    assert [bool(texts(page, "#no-such-section")) for page in (lost.text, client.get(TEXT).text)] == [
        True,
        False,
    ]
    assert client.get(f"{TEXT}?cursor=nonsense").status_code == 400


@pytest.mark.parametrize("order", ["new", "supported", "section"])
def test_every_comment_stands_on_one_page_and_on_one_only(text, client, order):
    crowd_of_comments(text, 47)
    url, seen = f"{TEXT}?sort={order}", []
    for size in (20, 20, 7):
        page = client.get(url)
        assert len(numbers(page)) == size
        seen += numbers(page)
        url = next_page(page) if size == 20 else ""
    assert sorted(seen) == list(range(1, 48))


def test_thousands_of_comments_cost_what_fifty_do(text, client, statements):
    def read() -> float:
        began = time.process_time()
        assert client.get(TEXT).status_code == 200
        return time.process_time() - began

    crowd_of_comments(text, 50)
    few = statistics.median(read() for _turn in range(9))
    crowd_of_comments(text, MANY - 50, signed=MANY // 5)
    with statements() as asked:
        page = client.get(TEXT)
    assert len(asked) <= 6
    assert len(numbers(page)) == 20
    assert statistics.median(read() for _turn in range(9)) <= 1.5 * few


def test_a_deep_link_opens_at_its_comment_in_its_thread(text, client, statements):
    [head] = say(text, "رأس")
    say(text, *(f"رد {number}" for number in range(60)), parent_id=head.id)
    session.execute(update(Comment).where(Comment.id == head.id).values(replies=60))
    session.commit()
    page = client.get(address(1))
    assert current(page) == ["2026-PC1-0001"]
    assert numbers(page) == list(range(1, 22))
    with statements() as asked:
        page = client.get(address(47))
    assert len(asked) <= 6
    assert numbers(page) == [1, *range(47, 62)], "its page begins with it"
    assert current(page) == ["2026-PC1-0047"]
    assert client.get(address(62)).status_code == 404
    assert numbers(client.get(TEXT)) == [1], "replies stand in their thread"


def test_a_reply_is_confirmed_like_a_comment_and_stays_one_level_deep(text, client, mails):
    say(text, "رأس")
    assert fill(client, f"{address(1)}/reply", **REPLY).location == "/en/comments/sent"
    assert numbers(client.get(address(1))) == [1]
    [mail] = mails()
    fill(client, link(mail, "/comments/"))
    assert numbers(client.get(address(1))) == [1, 2]
    mails()
    fill(client, f"{address(2)}/reply", **REPLY)
    [mail] = mails()
    fill(client, link(mail, "/comments/"))
    head, first, second = comments()
    assert (first.parent_id, second.parent_id, head.replies) == (head.id, head.id, 2)


REPLY = {"stance": "agree", "words": "أتفق", "email": "said@example.org", "consent": "y"}


def test_nobody_replies_after_the_minute(text, client):
    say(text, "رأس")
    form = {**filled_in(client.get(f"{address(1)}/reply"), "words"), **REPLY}
    closing_in(text, THEN)
    answer = client.post(f"{address(1)}/reply", data=form)
    assert answer.status_code == 409
    assert texts(answer.text, ".typed") == ["أتفق"]
    assert len(comments()) == 1


def support(client, number: int = 1, email: str = "said@example.org") -> None:
    answer = fill(client, f"{address(number)}/support", email=email)
    assert answer.location == f"{address(number)}/support/sent"
    assert client.get(answer.location).status_code == 200


def test_one_address_supports_once_and_only_when_it_says_so(text, client, mails):
    say(text, "رأي")
    support(client)
    support(client)
    assert only(comments()).supports == 0
    [mail] = mails()
    path = link(mail, "/comments/supports/")
    for _time in range(2):
        assert fill(client, path).status_code == 302
        assert only(comments()).supports == 1
    support(client)
    assert mails() == [], "once a day"
    assert fill(client, path, act="stop").status_code == 302
    assert (only(comments()).supports, session.scalars(select(CommentSupport)).all()) == (0, [])
    assert client.get(path).status_code == 404


def test_support_ends_with_the_minute_and_its_link_after_seven_days(text, client, mails):
    say(text, "رأي")
    support(client)
    [mail] = mails()
    form = filled_in(client.get(f"{address(1)}/support"), "email")
    closing_in(text, THEN + timedelta(minutes=1))
    with clock.frozen(THEN + timedelta(minutes=1)):
        late = client.post(f"{address(1)}/support", data={**form, "email": "a@example.org"})
        assert says(late, CommentsClosed)
    path = link(mail, "/comments/supports/")
    with clock.frozen(THEN + timedelta(days=7)):
        assert says(client.post(path, data={"csrf_token": csrf_token(client)}), CommentLinkExpired)
    with clock.frozen(THEN + timedelta(days=6)):
        client.post(path, data={"csrf_token": csrf_token(client)})
    assert only(comments()).supports == 1


def test_a_form_does_not_flood_a_stranger(text, cast, client, mails):
    say(text, *(f"رأي {number}" for number in range(supports.MOST_ASKED + 2)))
    for number in range(1, supports.MOST_ASKED + 3):
        support(client, number)
    assert len(mails()) == supports.MOST_ASKED
    stranger = cast.visitor()
    form = {"csrf_token": csrf_token(stranger), "email": "a@b.org"}
    assert says(stranger.post(f"{address(1)}/support/sent", data=form), NoCommentSent)


def test_an_answered_comment_shows_outcome_and_answer(text, client):
    say(text, "رأي", answered_at=THEN, outcome=AnswerOutcome.TAKEN_UP, answer=Translated(fr="C’est repris."))
    for page in (client.get(TEXT), client.get(address(1))):
        assert shown(page, "data-outcome") == ["taken_up"]
        assert "C’est repris." in page.text


def test_hidden_words_are_silent_and_their_number_stays(text, client):
    say(text, "كلام مسيء", hidden_at=THEN)
    for page in (client.get(TEXT), client.get(address(1))):
        assert "كلام مسيء" not in page.text
        assert shown(page) == ["2026-PC1-0001"]
    assert client.get(f"{address(1)}/support").status_code == 404


def test_what_is_not_announced_is_nobodys(text, client):
    say(text, "رأي")
    session.execute(update(Consultation).values(announced_at=None))
    session.commit()
    for url in (TEXT, f"{TEXT}/comment", address(1), f"{address(1)}/reply"):
        assert client.get(url).status_code == 404


def move(text, said: str | None) -> None:
    """A later public version, in which the solution says this; nothing, where it is gone."""
    section = SectionWords("solution", SectionKind.SOLUTION, Translated(ar=said or ""))
    documents.save(text.document_id, [section], by=None, now=clock.now())
    documents.publish(text.document_id, now=clock.now())
    session.commit()
    session.remove()


@pytest.mark.parametrize(
    ("later", "standing", "marked"),
    [
        (f"ديباجة. {SOLUTION}", "same", ["شهر"]),
        (SOLUTION.replace("داخل أجل شهر من", "في أجل شهر واحد من"), "moved", ["شهر"]),
        ("نص آخر لا علاقة له بما سبق أبدا", "gone", []),
        (None, "gone", []),
        (SOLUTION.replace("شهر", "خمسة عشر يوما"), "suggested", ["خمسة عشر يوما"]),
    ],
)
def test_a_suggestion_is_shown_where_its_words_stand_in_a_later_text(text, client, later, standing, marked):
    say(text, "", section="solution", edited=SOLUTION.replace("شهر", "خمسة عشر يوما"))
    assert shown(client.get(address(1)), "data-standing") == []
    move(text, later)
    page = client.get(address(1))
    assert shown(page, "data-standing") == [standing]
    assert texts(page.text, ".since mark") == marked
    assert texts(page.text, ".suggested del")[0].endswith("شهر"), "readable against its own version"
    assert shown(client.get(TEXT), "data-comments") == ["0", "1"], "the consulted text does not move"


def test_a_comment_without_its_author_is_still_read(text, client):
    from cocreation.comments.models import Commenter

    say(text, "رأي", stance=Stance.ASK)
    session.execute(delete(Commenter))
    session.commit()
    assert client.get(TEXT).status_code == client.get(address(1)).status_code == 200
