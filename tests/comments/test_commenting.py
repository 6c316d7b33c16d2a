"""Commenting on a consulted text without an account: the form, the mail, the receipt, what is refused."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.comments import personal_data
from cocreation.comments.forms import NOT_IN_THE_DIRECTORY, ONLY_ASSOCIATIONS, SAY_SOMETHING
from cocreation.comments.models import Commenter, CommenterKind, Memorandum, Stance
from cocreation.comments.refusals import (
    CommentAnswered,
    CommentConfirmed,
    CommentLinkExpired,
    MemorandumDamaged,
    MemorandumNoPdf,
    MemorandumTooLarge,
    NoCommentSent,
    SectionNotThere,
    SuggestionAcross,
    SuggestionEmpty,
    SuggestionIsTheText,
    SuggestionOfNothing,
)
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.directory.models import Association
from tests.cast import THEN
from tests.comments.consulted import (
    IN_FRENCH,
    PROBLEM,
    REFERENCE,
    SOLUTION,
    TEXT,
    closing_in,
    comments,
    consult,
    only,
    say,
)
from tests.forms import csrf_token, fill, filled_in
from tests.html import parse, texts
from tests.senders import link
from tests.words import errors, says

COMMENT = f"/en/consultations/{REFERENCE}/comments/1"
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\nstartxref\n9\n%%EOF\n"


def stage(page) -> str:
    """What the page says of the window."""
    return next(part.get("data-stage") for part in parse(page.text).iter() if part.get("data-stage"))


def named(page, attribute: str) -> list[str]:
    return [value for part in parse(page.text).iter() if (value := part.get(attribute))]


def filled_once(client, words: str) -> dict[str, str]:
    """The form, opened and filled in, to be sent now or later, once or twice."""
    opened = filled_in(client.get(f"{TEXT}/comment"), "words")
    return {**opened, "stance": "agree", "words": words, "email": "a@example.org", "consent": "y"}


def test_a_comment_is_sent_confirmed_and_read_by_everyone(text, comment, client, mails):
    answer = comment("?section=solution", words="نريد أجلا أقصر")
    assert answer.location == "/en/comments/sent"
    page = client.get(answer.location)
    assert "2026-PC1-0001" in page.text
    assert texts(page.text, "time")[0].endswith("09:00:00"), "to the second, in Casablanca's time"
    row = only(comments())
    assert (row.reference, row.number, row.sent_at, row.confirmed_at) == ("2026-PC1-0001", 1, THEN, None)
    assert (row.stance, row.language, row.place) == (Stance.AGREE, "ar", 2)
    assert client.get(COMMENT).status_code == 404
    assert named(client.get(TEXT), "data-comment") == []
    [mail] = mails()
    assert "نريد" not in mail, "a stranger is not sent words of others"
    receipt = link(mail, "/comments/")
    assert fill(client, receipt).location == receipt
    page = client.get(receipt)
    assert texts(page.text, "dd time")[0].endswith("09:00:00")
    assert named(client.get(COMMENT), "data-comment") == ["2026-PC1-0001"]
    assert named(client.get(TEXT), "data-comment") == ["2026-PC1-0001"]
    assert named(client.get(TEXT), "data-comments") == ["0", "1"]
    [received] = mails()
    assert row.receipt in received


def test_a_name_is_shown_only_where_that_was_agreed(text, confirmed, client):
    confirmed(name="Nadia B.", region="02")
    assert "Nadia B." not in client.get(COMMENT).text
    assert "Nadia B." not in client.get(TEXT).text
    confirmed(name="Said T.", is_named="y")
    assert "Said T." in client.get(COMMENT.replace("/1", "/2")).text
    assert "nadia@example.org" not in client.get(TEXT).text


def test_a_wording_is_kept_as_what_it_changes(text, confirmed, client):
    edited = SOLUTION.replace("شهر", "خمسة عشر يوما")
    confirmed("?section=solution&in=ar", stance="suggest", edited=edited, words="")
    row = only(comments())
    assert (row.quote, row.wording, row.suggested_in) == ("شهر", "خمسة عشر يوما", "ar")
    assert row.before + row.quote + row.after in SOLUTION
    page = client.get(COMMENT).text
    assert texts(page, ".suggested del")[0].endswith("شهر")
    assert texts(page, ".suggested ins")[0].endswith("خمسة عشر يوما")


def test_the_form_begins_with_the_section_in_the_language_that_is_chosen(text, client):
    page = client.get(f"{TEXT}/comment?section=solution&in=fr")
    assert filled_in(page, "edited")["edited"] == IN_FRENCH
    page = client.get(f"/ar/consultations/{REFERENCE}/texts/2026-T1/comment?section=problem&in=fr")
    assert filled_in(page, "edited")["edited"] == PROBLEM, "in the language there is"


@pytest.mark.parametrize(
    ("at", "fields", "refusal"),
    [
        ("?section=solution&in=ar", {"edited": " "}, SuggestionEmpty),
        ("?section=solution&in=ar", {"edited": SOLUTION}, SuggestionIsTheText),
        ("?section=solution&in=ar", {"edited": f" {SOLUTION}\u202e\n"}, SuggestionIsTheText),
        ("?section=solution&in=ar", {"edited": f"{PROBLEM}\n{SOLUTION}"}, SuggestionAcross),
        ("?section=solution&in=ar", {"section": ["solution", "problem"]}, SuggestionAcross),
        ("?section=solution&in=ar", {"section": "no-such"}, SectionNotThere),
    ],
)
def test_a_suggestion_that_is_none_is_refused_and_kept(text, comment, at, fields, refusal):
    answer = comment(at, stance="suggest", **{"words": "لأنه أوضح", **fields})
    assert answer.status_code == refusal.status
    assert says(answer, refusal)
    assert filled_in(answer, "words")["words"] == "لأنه أوضح"
    assert comments() == []


def test_a_suggestion_needs_a_section_and_a_question_words(text, comment):
    assert says(comment(stance="suggest"), SuggestionOfNothing)
    answer = comment(stance="ask", words=" ")
    assert (errors(answer), says(answer, SAY_SOMETHING)) == ({"words"}, True)
    assert comments() == []


def test_a_section_that_is_gone_is_said_before_the_work(text, client):
    page = client.get(f"{TEXT}/comment?section=no-such")
    assert page.status_code == 200
    assert 'data-lost-section=""' in page.text or "data-lost-section" in page.text


def test_scripts_and_overrides_are_words_like_others(text, confirmed, client):
    confirmed(words="<script>alert(1)</script> \u202eabc\u202c ظاهر")
    assert only(comments()).words == "<script>alert(1)</script> abc ظاهر"
    for page in (client.get(TEXT), client.get(COMMENT)):
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"opens_at": THEN + timedelta(days=1)}, "announced"),
        ({"opens_at": THEN - timedelta(days=30), "closes_at": THEN}, "closed"),
        ({"called_off_at": THEN}, "called_off"),
    ],
)
def test_outside_of_the_window_it_is_said_first_and_what_was_typed_comes_back(cast, client, window, said):
    consult(cast, **window)
    assert stage(client.get(TEXT)) == said
    page = client.get(f"{TEXT}/comment")
    assert (page.status_code, stage(page)) == (200, said)
    typed = {"stance": "agree", "words": "كلام طويل كتب", "email": "a@example.org", "consent": "y"}
    answer = client.post(f"{TEXT}/comment", data={"csrf_token": csrf_token(client), **typed})
    assert (answer.status_code, stage(answer)) == (409, said)
    assert texts(answer.text, ".typed") == ["كلام طويل كتب"]
    assert comments() == []


def test_it_closes_on_the_minute(text, comment, client):
    closing_in(text, THEN + timedelta(minutes=1))
    with clock.frozen(THEN + timedelta(minutes=1) - timedelta(microseconds=1)):
        assert comment().status_code == 302
    form = filled_once(client, "متأخر")
    with clock.frozen(THEN + timedelta(minutes=1)):
        assert client.post(f"{TEXT}/comment", data=form).status_code == 409
    assert [row.words for row in comments()] == ["رأي في النص"]


def test_sent_before_the_minute_counts_though_it_is_confirmed_after(text, comment, client, mails):
    closing_in(text, THEN + timedelta(minutes=1))
    comment()
    [mail] = mails()
    with clock.frozen(THEN + timedelta(days=6)):
        assert fill(client, link(mail, "/comments/")).status_code == 302
    assert only(comments()).confirmed_at == THEN + timedelta(days=6)


def test_a_link_works_for_seven_days(text, comment, client, mails):
    comment()
    [mail] = mails()
    path = link(mail, "/comments/")
    form = filled_in(client.get(path), "csrf_token")
    with clock.frozen(THEN + timedelta(days=7)):
        assert says(client.post(path, data=form), CommentLinkExpired)
    assert only(comments()).confirmed_at is None
    with clock.frozen(THEN + timedelta(days=31)):
        assert personal_data.forget_unconfirmed_comments(clock.now()) == 1
    assert comments() == []
    assert client.get(path).status_code == 404


def test_the_same_form_twice_is_one_comment_and_changed_is_another(text, client, comment):
    form = filled_once(client, "أول")
    for words in ("أول", "أول", "ثان"):
        assert client.post(f"{TEXT}/comment", data={**form, "words": words}).status_code == 302
    assert [row.words for row in comments()] == ["أول", "ثان"]
    assert [row.number for row in comments()] == [1, 2]
    first = client.post(f"{TEXT}/comment", data={**form, "words": "أول"})
    assert first.location == "/en/comments/sent"
    assert "2026-PC1-0001" in client.get(first.location).text, "it is the same answer"


def test_the_same_form_after_the_minute_has_the_same_answer(text, client):
    form = filled_once(client, "أول")
    client.post(f"{TEXT}/comment", data=form)
    with clock.frozen(THEN + timedelta(days=30)):
        assert client.post(f"{TEXT}/comment", data=form).location == "/en/comments/sent"
    assert len(comments()) == 1


def test_a_mistyped_address_is_corrected_where_it_was_sent(text, cast, client, comment, mails):
    comment(email="nadia@gmial.con")
    [astray] = mails()
    page = client.get("/en/comments/sent").text
    assert 'value="nadia@gmail.com"' in page
    assert "nadia@" not in cast.visitor().get("/en/comments/sent").text
    assert fill(client, "/en/comments/sent", email="nadia@gmail.com").status_code == 302
    [mail] = mails()
    assert client.get(link(astray, "/comments/")).status_code == 404
    assert fill(client, link(mail, "/comments/")).status_code == 302
    stranger = cast.visitor()
    token = {"csrf_token": csrf_token(stranger), "email": "a@b.org"}
    assert says(stranger.post("/en/comments/sent", data=token), NoCommentSent)


def test_a_confirmed_address_is_not_corrected(text, client, comment, mails):
    comment()
    form = filled_in(client.get("/en/comments/sent"), "email")
    [mail] = mails()
    other = client.application.test_client()
    fill(other, link(mail, "/comments/"))
    assert says(client.post("/en/comments/sent", data=form), CommentConfirmed)


def test_a_comment_is_taken_back_by_its_receipt(text, confirmed, client):
    receipt = confirmed(words="كلام يسحب")
    assert fill(client, f"{receipt}/withdraw").location == receipt
    assert only(comments()).withdrawn_at == THEN
    for page in (client.get(TEXT), client.get(COMMENT)):
        assert page.status_code == 200
        assert "كلام يسحب" not in page.text
    assert named(client.get(TEXT), "data-comment") == ["2026-PC1-0001"], "its number stays"


def test_what_is_answered_stays(text, client):
    [row] = say(text, "رأي", answered_at=THEN, outcome="not_taken_up", answer={"ar": "لا"})
    receipt = f"/en/comments/{row.receipt}"
    answer = client.post(f"{receipt}/withdraw", data={"csrf_token": csrf_token(client)})
    assert says(answer, CommentAnswered)
    assert named(client.get(TEXT), "data-outcome") == ["not_taken_up"]
    assert named(client.get(COMMENT), "data-outcome") == ["not_taken_up"]


@pytest.fixture
def association(cast):
    row = session.get_one(Association, cast.association.id)
    row.email = "bureau@example.org"
    session.commit()
    name = row.name
    session.remove()
    return name


def as_association(name: str, **fields):
    return {"kind": "association", "name": name, **fields}


def test_an_association_is_named_once_it_has_confirmed(text, association, confirmed, client, mails):
    file = (io.BytesIO(PDF), "مذكرة.pdf")
    confirmed(**as_association(association, memorandum=[file]))
    assert association not in client.get(COMMENT).text
    assert client.get(f"{COMMENT}/memorandum").status_code == 404
    vouch = next(mail for mail in mails() if "/comments/vouch/" in mail)
    path = link(vouch, "/comments/vouch/")
    assert fill(client, path, ours="yes").location == path
    assert association in client.get(COMMENT).text
    answer = client.get(f"{COMMENT}/memorandum")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_association_that_says_no_is_a_person_without_a_name(text, association, confirmed, client, mails):
    confirmed(**as_association(association, memorandum=[(io.BytesIO(PDF), "m.pdf")]))
    vouch = next(mail for mail in mails() if "/comments/vouch/" in mail)
    fill(client, link(vouch, "/comments/vouch/"), ours="no")
    row = session.scalars(select(Commenter)).one()
    assert (row.kind, row.name, row.disowned_at) == (CommenterKind.PERSON, None, THEN)
    assert session.scalars(select(Memorandum)).all() == []


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"GIF89a", "m.pdf", MemorandumNoPdf),
        (b"%PDF-1.4 cut", "m.pdf", MemorandumDamaged),
        (b"%PDF-1.4" + b" " * 10 * 1024 * 1024 + b"startxref\n9\n%%EOF", "m.pdf", MemorandumTooLarge),
    ],
)
def test_a_memorandum_is_a_pdf_of_ten_megabytes(text, association, comment, content, name, refusal):
    answer = comment(**as_association(association, memorandum=[(io.BytesIO(content), name)]))
    assert answer.status_code == 422
    assert errors(answer) == {"memorandum"}
    assert says(answer, refusal, name=name)
    assert comments() == []


def test_only_an_association_attaches_and_only_a_known_one_speaks(text, comment):
    assert says(comment(memorandum=[(io.BytesIO(PDF), "m.pdf")]), ONLY_ASSOCIATIONS)
    answer = comment(**as_association("جمعية لا يعرفها أحد"))
    assert (errors(answer), says(answer, NOT_IN_THE_DIRECTORY)) == ({"name"}, True)
    assert errors(comment(**as_association(""))) == {"name"}
    assert comments() == []
