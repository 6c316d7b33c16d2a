"""An idea from the public form to its receipt, and everything that can go wrong on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.ideas.chain.links import A_CITIZEN, AN_ASSOCIATION
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.idea import Author, Idea, IdeaState, StepKind
from cocreation.ideas.personal_data import KEEPERS
from cocreation.languages.i18n import speaking
from tests.forms import fill, post_forms, press
from tests.html import hrefs, texts
from tests.senders import SENTENCE, by, ideas, link
from tests.words import errors, said, says


def test_from_the_form_to_the_receipt(cast, client, send, mails):
    answer = send(
        problem="لا أحد يعرف ما تقرر", expected_result="مواطن مطلع", theme=str(cast.access.id), region="02"
    )
    assert answer.location == "/en/ideas/sent"
    assert "data-autosave-done" not in client.get(answer.location).text
    [idea] = ideas()
    assert (idea.state, idea.number, idea.received_at) == (IdeaState.UNCONFIRMED, None, None)
    assert (idea.language, idea.proposal, idea.region_code) == ("ar", SENTENCE, "02")
    assert SENTENCE not in client.get("/en/ideas").text

    confirm = link(mails()[0], "confirm")
    assert SENTENCE.split()[0] in client.get(confirm).text
    assert ideas()[0].state is IdeaState.UNCONFIRMED  # looking changes nothing: mail scanners look too

    receipt = press(client, confirm, confirm).location
    assert receipt == f"/en/receipts/{idea.receipt}"
    assert 'data-autosave-done="idea"' in client.get("/en/ideas/new").text  # what this browser kept may go
    assert "data-autosave-done" not in client.get("/en/ideas/new").text  # the next one is not touched
    assert "2026-1" in client.get(receipt).text
    assert ideas()[0].state is IdeaState.RECEIVED
    [mail] = mails()
    assert "2026-1" in mail
    assert link(mail, "receipts") == receipt

    page = client.get("/en/ideas/2026-1").text
    assert "المجلس" in page
    assert "nadia" not in page


def test_an_idea_nobody_confirmed_is_not_public(cast, client, send):
    send()
    receipt = ideas()[0].receipt
    assert client.get(f"/en/receipts/{receipt}").location == f"/en/ideas/confirm/{receipt}"
    assert client.get("/en/ideas/None").status_code == 404
    assert client.post(f"/en/receipts/{receipt}/withdraw").status_code == 403  # no token
    assert hrefs(client.get("/en/ideas").text, ".empty a") == ["/en/ideas/new"]


def test_the_same_form_twice_is_one_idea(cast, client):
    [form] = post_forms(client, "/en/ideas/new")
    hidden = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    data = {**hidden, "proposal": SENTENCE, "email": "a@example.org", "consent": "y", "kind": "person"}
    assert client.post("/en/ideas/new", data=data).status_code == 302
    assert client.post("/en/ideas/new", data=data).status_code == 302
    assert len(ideas()) == 1


def test_confirming_twice_shows_the_receipt_and_changes_nothing(cast, client, send, mails):
    send()
    confirm = link(mails()[0], "confirm")
    [form] = post_forms(client, confirm)
    token = next(field.get("value") for field in form.iter("input"))
    first = client.post(confirm, data={"csrf_token": token})
    again = client.post(confirm, data={"csrf_token": token})
    assert first.location == again.location == client.get(confirm).location
    assert [idea.number for idea in ideas()] == [1]
    assert len(mails()) == 1  # the receipt


def test_an_expired_link_counts_nothing_and_keeps_the_words(cast, client, send, mails, now):
    send()
    confirm = link(mails()[0], "confirm")
    with clock.frozen(now + timedelta(days=7, minutes=-1)):
        [form] = post_forms(client, confirm)
    token = next(field.get("value") for field in form.iter("input"))
    with clock.frozen(now + timedelta(days=7)):
        page = client.get(confirm).text
        assert texts(page, ".notice-refused")
        assert "المجلس" in page
        late = client.post(confirm, data={"csrf_token": token})
        assert late.status_code == 409
    assert ideas()[0].state is IdeaState.UNCONFIRMED


def close_intake(on: date) -> None:
    session.execute(update(PhasePeriod).where(PhasePeriod.phase == Phase.INTAKE).values(closes_on=on))
    session.commit()
    session.remove()


def test_intake_closed(cast, client, send):
    [form] = post_forms(client, "/en/ideas/new")
    hidden = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    close_intake(date(2026, 3, 9))
    assert 'name="proposal"' not in client.get("/en/ideas/new").text
    answer = client.post(
        "/en/ideas/new", data={**hidden, "proposal": SENTENCE, "email": "a@b.org", "consent": "y"}
    )
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    assert not ideas()


def test_the_last_day_of_intake_is_the_day_it_is_in_morocco(cast, client):
    close_intake(date(2026, 3, 10))
    with clock.frozen(datetime.fromisoformat("2026-03-10T23:30:00+00:00")):  # Ramadan: UTC+0
        assert client.get("/en/ideas/new").text.count("<textarea") == 3
    with clock.frozen(datetime.fromisoformat("2026-03-11T00:01:00+00:00")):
        assert "<textarea" not in client.get("/en/ideas/new").text


def test_confirming_after_intake_closed_still_counts(cast, client, send, mails):
    send()
    close_intake(date(2026, 3, 9))
    confirm = link(mails()[0], "confirm")
    assert press(client, confirm, confirm).status_code == 302
    assert ideas()[0].number == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"proposal": ""}, "proposal"),
        ({"proposal": "ط" * 100_000}, "proposal"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"consent": None}, "consent"),
        ({"kind": "association"}, "name"),
        ({"website": "http://spam.example"}, "website"),
        ({"theme": "999"}, "theme"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(cast, client, fields, field):
    defaults = {"proposal": SENTENCE, "problem": "نص يبقى", "email": "nadia@example.org", "consent": "y"}
    answer = fill(client, "/en/ideas/new", **{**defaults, **fields})
    assert answer.status_code == 422
    assert errors(answer) == {field}
    assert "نص يبقى" in answer.text
    assert not ideas()


def test_without_its_token_nothing_is_sent_and_the_words_come_back(cast, client):
    answer = client.post("/en/ideas/new", data={"proposal": SENTENCE, "email": "a@b.org", "consent": "y"})
    assert answer.status_code == 403
    assert SENTENCE in answer.text
    assert not ideas()


def test_text_of_people_stays_text(cast, client, confirmed):
    confirmed(
        proposal='<script>alert(1)</script> <b>gras</b> \u202eabc\u202c" onload="x',
        name="<i>N</i>",
        is_named="y",
    )
    for path in ("/en/ideas/2026-1", "/en/ideas", f"/en/receipts/{ideas()[0].receipt}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "\u202e" not in page
        assert "<b>gras" not in page
        assert "<i>N</i>" not in page


def test_a_name_is_shown_only_where_its_owner_agreed(cast, client, confirmed):
    confirmed(name="Nadia B.", email="one@example.org")
    confirmed(name="Jamila C.", is_named="y", email="two@example.org")
    confirmed(name="Association Amal", kind="association", email="three@example.org")
    first, second, third = (client.get(f"/en/ideas/2026-{number}").text for number in (1, 2, 3))
    assert "Nadia" not in first
    assert said(by(first), A_CITIZEN)
    assert "Jamila C." in by(second)
    assert said(by(third), AN_ASSOCIATION)
    assert "Amal" not in third


def test_withdrawing_keeps_the_number_and_takes_the_words(cast, client, confirmed):
    receipt = confirmed()
    assert press(client, receipt, "/withdraw").location == receipt
    page, listed = client.get("/en/ideas/2026-1"), client.get("/en/ideas")
    for answer in (page, listed):
        assert "2026-1" in answer.text
        assert "المجلس" not in answer.text
    assert says(page, STEPS[StepKind.WITHDRAWN].sentence)
    assert "2026-1" not in client.get("/en/ideas?q=المجلس").text
    assert "المجلس" in client.get(receipt).text  # its author still reads it
    assert "/withdraw" not in client.get(receipt).text
    assert client.get("/en/ideas?outcome=withdrawn").text.count('class="row"') == 1


def test_a_published_fate_cannot_be_withdrawn(cast, client, confirmed):
    receipt = confirmed()
    [form] = [form for form in post_forms(client, receipt) if form.get("action").endswith("/withdraw")]
    token = next(field.get("value") for field in form.iter("input"))
    values = {
        "state": "published",
        "fate": "deferred",
        "reason": "lacks_time",
        "reason_text": {"fr": "Plus tard"},
    }
    session.execute(update(Idea).values(**values, fate_at=clock.now()))
    session.commit()
    assert client.post(f"{receipt}/withdraw", data={"csrf_token": token, "confirmed": "1"}).status_code == 409
    assert ideas()[0].state is IdeaState.PUBLISHED


def test_being_forgotten_leaves_the_idea(cast, client, confirmed):
    receipt = confirmed(name="Nadia B.", is_named="y")
    press(client, receipt, "/erase")
    session.remove()
    assert not session.scalars(select(Author)).all()
    assert "Nadia" not in client.get("/en/ideas/2026-1").text
    assert SENTENCE in client.get("/en/ideas/2026-1").text
    assert client.get(receipt).status_code == 410


@pytest.mark.parametrize(("options", "left"), [([], ""), (["--leave-ideas"], SENTENCE)])
def test_the_command_that_erases_a_person(cast, app, client, send, confirmed, mails, options, left):
    confirmed(email="nadia@example.org")
    send(proposal="Jamais confirmée", email="nadia@example.org")
    confirmed(proposal="D'une autre", email="other@example.org")
    who = ["data", "erase", "Nadia@example.org", "--yes"]
    done = app.test_cli_runner().invoke(args=[*who, *options], catch_exceptions=False)
    with speaking("en"):
        assert f"Erased:    2  {KEEPERS[0].what}" in done.output
    assert [idea.proposal for idea in ideas()] == [left, "D'une autre"]
    assert session.scalars(select(Author.email)).all() == ["other@example.org"]


@pytest.mark.parametrize("typed", ["lower", "spaced", "exact"])
def test_a_code_typed_from_paper_opens_the_receipt(cast, client, confirmed, typed):
    receipt = confirmed()
    code = receipt.rsplit("/", 1)[1]
    written = {"lower": code.lower(), "spaced": f" {code.replace('-', ' ')} ", "exact": code}[typed]
    assert fill(client, "/en/receipts", code=written).location == receipt


@pytest.mark.parametrize("typed", ["AAAA-BBBB-CCCC-DDDD", "x", "' or 1=1 --", "é" * 60])
def test_a_wrong_code_is_said_so(cast, client, typed):
    answer = fill(client, "/en/receipts", code=typed)
    assert answer.status_code == 422
    assert errors(answer) == {"code"}
    assert client.get("/en/receipts/AAAA-BBBB-CCCC-DDDD").status_code == 404
    assert client.get("/en/ideas/confirm/AAAA-BBBB-CCCC-DDDD").status_code == 404
