"""What is kept of who comments and supports: forgotten in time, erased on demand, while the comment stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from cocreation.comments import personal_data
from cocreation.comments.models import Campaign, Commenter, CommentSupport
from cocreation.comments.services import campaigns
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Subject
from tests.cast import THEN
from tests.comments.consulted import REFERENCE, TEXT, comments, only, say
from tests.comments.test_campaigns import LETTER, copies_of
from tests.html import parse

LONG_AFTER = datetime(2029, 1, 2, tzinfo=UTC)  # a year after the end of the cast's cycle


def supporter(comment_id: int, **values: object) -> None:
    row = {"email": "said@example.org", "language": "ar", "receipt": f"s {comment_id}", "asked_at": THEN}
    session.add(CommentSupport(comment_id=comment_id, **{**row, **values}))
    session.commit()
    session.remove()


def commenters() -> list[tuple[str | None, str | None]]:
    session.remove()
    rows = session.execute(select(Commenter.name, Commenter.email).order_by(Commenter.comment_id))
    return [(row.name, row.email) for row in rows]


def named(name: str, *, shown: bool) -> Commenter:
    from cocreation.comments.models import CommenterKind

    kept = {"kind": CommenterKind.PERSON, "name": name, "is_named": shown, "consented_at": THEN}
    return Commenter(email=f"{name}@example.org", **kept)


def test_long_after_the_cycle_addresses_go_and_names_that_were_not_shown(text, client):
    say(text, "أول", commenter=named("a", shown=True), supports=1)
    say(text, "ثان", commenter=named("b", shown=False))
    supporter(comments()[0].id, confirmed_at=THEN)
    assert personal_data.forget_commenters(THEN) == 0
    assert personal_data.forget_commenters(LONG_AFTER) == 3
    assert personal_data.forget_commenters(LONG_AFTER) == 0
    assert commenters() == [("a", None), (None, None)]
    assert session.scalars(select(CommentSupport)).all() == []
    assert [row.supports for row in comments()] == [1, 0], "what was counted stays counted"
    assert client.get(TEXT).status_code == 200


def test_who_never_said_yes_to_support_is_forgotten_within_days(text):
    say(text, "رأي")
    supporter(only(comments()).id)
    assert personal_data.forget_unconfirmed_comments(THEN + timedelta(days=6)) == 0
    assert personal_data.forget_unconfirmed_comments(THEN + timedelta(days=7)) == 1


def erase(email: str, *, leaves_words: bool = False) -> Erasure:
    erasure = Erasure(now=clock.now(), leaves_ideas=leaves_words)
    subject = Subject(emails=frozenset({email}))
    personal_data.erase_comments(personal_data.find_comments(subject), erasure)
    personal_data.erase_supports(personal_data.find_supports(subject), erasure)
    session.commit()
    session.remove()
    return erasure


def test_erased_with_its_words_or_without(text, client):
    first, second = say(text, "كلام أول", "كلام ثان")
    erasure = erase("p1@example.org")
    assert first.receipt in erasure.receipts
    erase("p2@example.org", leaves_words=True)
    page = client.get(TEXT).text
    assert "كلام أول" not in page
    assert "كلام ثان" in page
    assert [row.words for row in comments()] == ["", "كلام ثان"]
    assert commenters() == []
    assert client.get(f"/en/comments/{second.receipt}").status_code == 404


def test_who_signed_a_campaign_and_is_erased_signs_no_more(text, client):
    say(text, *copies_of(LETTER, 6))
    campaigns.group(clock.now())
    erase("p1@example.org")
    assert session.scalars(select(Campaign.signatures)).one() == 5
    page = parse(client.get(TEXT).text)
    assert [part.get("data-comment") for part in page.iter() if part.get("data-comment")] == [
        f"{REFERENCE}-0002"
    ]


def test_support_that_is_erased_counts_no_more(text):
    say(text, "رأي", supports=2)
    supporter(only(comments()).id, confirmed_at=THEN)
    erase("said@example.org")
    assert only(comments()).supports == 1
