"""Comments reported, hidden, contested with their receipt, decided by somebody else: as ideas are."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.comments.models import Campaign, Comment
from cocreation.comments.services import campaigns
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ledger.models import RegisterEntry
from cocreation.moderation.comment_emails import COMMENT_DECIDED, COMMENT_HIDDEN, COMMENT_REPORTED
from cocreation.moderation.handovers import COMMENTS_CONTESTED, COMMENTS_REPORTED
from cocreation.moderation.models import CommentHiding, CommentReport
from cocreation.moderation.services.hidings import (
    AlreadySilent,
    ContestTooLate,
    HidingAlreadyContested,
    NothingContested,
    NothingReported,
    OwnHiding,
)
from tests.cast import THEN
from tests.forms import csrf_token, fill
from tests.html import hrefs, texts
from tests.ledger.conftest import verified
from tests.scene_consultations import a_comment, a_consultation
from tests.words import errors, says

HARM = "xyzzyharm"
PAGE = "/en/consultations/2026-PC1/comments/1"
DESK, CASE = "/en/manage/moderation/comments", "/en/manage/moderation/comments/2026-PC1-0001"
DAY = timedelta(days=1)


@pytest.fixture
def comment(cast):
    """Comment 2026-PC1-0001, public, whose author can be written to."""
    row = a_comment(a_consultation(cast, 1, is_open=True), words=f"Le rédacteur est un {HARM}")
    session.commit()
    session.remove()
    return row


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def report(client, **fields):
    return fill(client, f"{PAGE}/report", **{"reason": "insult", **fields})


def hide(client, text="It insults somebody."):
    return fill(client, CASE, reason="insult", **{"text-en": text})


def contest(client, receipt, words="It was no insult."):
    return fill(client, f"/en/comments/{receipt}/contest", words=words)


def decide(client, lifts="yes"):
    return fill(client, CASE, lifts=lifts, **{"text-en": "Read again."})


def only(model):
    session.remove()
    row = session.scalars(select(model)).one()
    session.remove()
    return row


def posted(kind):
    session.remove()
    return [mail.to for mail in session.scalars(select(Mail).where(Mail.template == kind.name))]


def told(kind):
    return session.scalars(select(Mail.context).where(Mail.template == kind.name)).one()


def test_anyone_reports_from_the_page_of_a_comment(cast, client, comment):
    assert f"{PAGE}/report" in hrefs(client.get(PAGE).text)
    answer = report(client, words="Il insulte", email="omar@example.org")
    assert answer.location == "/en/moderation/thanks"
    filed = only(CommentReport)
    assert (filed.comment_id, filed.words, filed.email) == (comment.id, "Il insulte", "omar@example.org")
    assert says(cast.visitor(cast.salma).get("/en/desk"), COMMENTS_REPORTED.what)
    assert texts(cast.visitor(cast.salma).get(DESK).text, ".rows .reference") == ["2026-PC1-0001"]


def test_something_else_asks_for_words_and_one_form_counts_once(client, comment):
    assert errors(report(client, reason="other")) == {"words"}
    token = {"csrf_token": csrf_token(client), "reason": "insult", "once": "a" * 24}
    for _time in range(2):
        assert client.post(f"{PAGE}/report", data=token).status_code == 302
    assert only(CommentReport)


def test_what_nobody_confirmed_is_not_there(cast, client, salma, comment):
    session.get_one(Comment, comment.id).confirmed_at = None
    session.commit()
    assert client.get(f"{PAGE}/report").status_code == 404
    assert salma.get(CASE).status_code == 404


def test_dismissed_it_stays_and_who_reported_is_told(cast, client, salma, comment):
    report(client, email="omar@example.org")
    assert fill(salma, CASE, note="An opinion.").location == DESK
    assert HARM in client.get(PAGE).text
    assert posted(COMMENT_REPORTED) == ["omar@example.org"]
    assert told(COMMENT_REPORTED)["hidden"] is False
    filed = only(CommentReport)
    assert (filed.email, filed.note, filed.decided_by) == (None, "An opinion.", cast.salma.id)
    token = {"csrf_token": csrf_token(salma), "note": "Again."}
    assert says(salma.post(f"{CASE}/dismiss", data=token), NothingReported)


def test_hidden_its_words_are_nowhere_and_its_author_is_told(cast, client, salma, comment):
    report(client, email="omar@example.org")
    assert hide(salma).location == DESK
    for page in (PAGE, "/en/consultations/2026-PC1/texts/2026-L1"):
        assert HARM not in client.get(page).text, page
    assert HARM in salma.get(CASE).text, "who decides reads what it is about"
    assert (posted(COMMENT_HIDDEN), posted(COMMENT_REPORTED)) == (
        ["commenter@example.org"],
        ["omar@example.org"],
    )
    assert told(COMMENT_HIDDEN)["until"] == "2026-03-25"
    hiding = only(CommentHiding)
    assert only(CommentReport).hiding_id == hiding.id
    token = {"csrf_token": csrf_token(salma), "reason": "insult", "text-en": "Again"}
    assert says(salma.post(f"{CASE}/hide", data=token), AlreadySilent)
    contest_page = f"/en/comments/{comment.receipt}/contest"
    assert contest_page in hrefs(client.get(f"/en/comments/{comment.receipt}").text)


def test_the_register_tells_it_without_its_words(client, salma, comment):
    hide(salma, "It says xyzzyquoted.")
    entry = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number.desc())).first()
    content = json.loads(entry.content)
    assert (content["subject"], content["action"], content["number"]) == ("2026-PC1-0001", "hidden", 1)
    assert "xyzzyquoted" not in entry.content
    assert PAGE in hrefs(client.get(f"/en/register/{entry.number}").text)
    assert PAGE in hrefs(client.get("/en/register").text)
    assert verified()


@pytest.mark.parametrize(("lifts", "action"), [("yes", "shown"), ("no", "hiding upheld")])
def test_it_is_contested_once_and_decided_by_somebody_else(cast, client, salma, comment, lifts, action):
    hide(salma)
    assert contest(client, comment.receipt).status_code == 302
    session.remove()
    again = client.post(
        f"/en/comments/{comment.receipt}/contest", data={"csrf_token": csrf_token(client), "words": "Again"}
    )
    assert says(again, HidingAlreadyContested)
    token = {"csrf_token": csrf_token(salma), "lifts": lifts, "text-en": "Myself"}
    assert says(salma.post(f"{CASE}/decide", data=token), OwnHiding)
    assert not says(salma.get("/en/desk"), COMMENTS_CONTESTED.what)
    amal = cast.visitor(cast.amal)
    assert says(amal.get("/en/desk"), COMMENTS_CONTESTED.what)
    assert texts(amal.get(f"{DESK}?contested=1").text, ".rows .reference") == ["2026-PC1-0001"]
    assert decide(amal, lifts).status_code == 302
    assert (HARM in client.get(PAGE).text) == (lifts == "yes")
    assert posted(COMMENT_DECIDED) == ["commenter@example.org"]
    assert told(COMMENT_DECIDED)["shown"] == (lifts == "yes")
    session.remove()
    last = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number.desc())).first()
    assert json.loads(last.content)["action"] == action
    token = {"csrf_token": csrf_token(amal), "lifts": "yes", "text-en": "Again"}
    assert says(amal.post(f"{CASE}/decide", data=token), NothingContested)


def test_it_is_contested_in_time(client, salma, comment):
    hide(salma)
    page = f"/en/comments/{comment.receipt}/contest"
    with clock.frozen(THEN + 16 * DAY):
        late = client.post(page, data={"csrf_token": csrf_token(client), "words": "Late"})
    assert says(late, ContestTooLate)
    assert client.get("/en/comments/0000-0000-0000-0000/contest").status_code == 404


def test_a_campaign_stands_by_the_first_of_it_that_is_shown(cast, client, salma, comment):
    second = a_comment(the_consultation(), 2)
    campaign = Campaign(consultation_id=comment.consultation_id, found_at=THEN)
    session.add(campaign)
    session.flush()
    for key in (comment.id, second.id):
        session.get_one(Comment, key).campaign_id = campaign.id
    session.flush()
    campaigns.count(campaign.id)
    session.commit()
    hide(salma)
    session.remove()
    copies = dict(session.execute(select(Comment.number, Comment.is_copy)).all())
    assert copies == {1: True, 2: False}
    assert session.scalars(select(Campaign.signatures)).one() == 2, "it still counts"


def the_consultation():
    return session.scalars(select(Consultation).options(selectinload(Consultation.texts))).one()


def test_the_log_counts_comments_with_ideas(client, salma, comment):
    report(client)
    hide(salma)
    assert texts(client.get("/en/moderation").text, "[aria-labelledby=reasons] td") == ["1"]


def test_many_cost_as_many_statements_as_one(cast, client, salma, comment, statements):
    report(client)
    with statements() as few:
        assert salma.get(DESK).status_code == 200
    consultation = the_consultation()
    for number in range(2, 12):
        row = a_comment(consultation, number)
        session.add(
            CommentReport(comment_id=row.id, once=f"{number}", reason="insult", language="fr", made_at=THEN)
        )
    session.commit()
    session.remove()
    with statements() as many:
        page = salma.get(DESK)
    assert len(texts(page.text, ".rows > li")) == 11
    assert len(few) == len(many)
