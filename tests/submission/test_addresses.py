"""A mistyped address loses no idea: the browser that sent it corrects it and has the mail sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from cocreation.core import clock
from cocreation.ideas.models.idea import IdeaState
from cocreation.submission.emails import MOST_TO_CONFIRM
from cocreation.submission.refusals import IdeaConfirmed, MailsEnough, NothingToConfirm
from cocreation.text.mistyped import meant
from tests.forms import _filled, csrf_token, fill, post, press
from tests.html import parse
from tests.senders import SENTENCE, ideas, link
from tests.submission.test_files import kept, pdf
from tests.words import errors, says

SENT = "/en/ideas/sent"


def test_the_address_is_shown_and_corrected(cast, client, send, mails):
    send(email="nadia@gmial.con")
    page = client.get(SENT)
    assert "nadia@gmial.con" in page.text
    assert page.headers["Cache-Control"] == "no-store"  # the next person at this computer goes Back
    assert 'value="nadia@gmail.com"' in page.text  # what was probably meant, as a button
    astray = link(mails()[0], "confirm")

    assert fill(client, SENT, email="nadia@gmail.com").location == SENT
    assert "nadia@gmail.com" in client.get(SENT).text
    assert cast.visitor().get(astray).status_code == 404  # whoever got it cannot confirm
    confirm = link(mails()[0], "confirm")
    assert press(client, confirm, confirm).status_code == 302
    [idea] = ideas()
    assert (idea.state, idea.proposal) == (IdeaState.RECEIVED, SENTENCE)
    assert f'href="/en/ideas/{idea.reference}"' in client.get(SENT).text


def test_a_mail_that_has_not_left_does_not_leave(cast, client, send, messages):
    send(email="nadia@gmial.con")
    fill(client, SENT, email="nadia@gmail.com")
    assert [mail["To"] for mail in messages()] == ["nadia@gmail.com"]


def test_it_is_sent_again_a_few_times(cast, client, send, messages):
    send()
    for _time in range(MOST_TO_CONFIRM - 1):
        assert fill(client, SENT, email="nadia@example.org").status_code == 302
    refused = fill(client, SENT, email="nadia@example.org")
    assert refused.status_code == 409
    assert says(refused, MailsEnough)
    assert len(messages()) == MOST_TO_CONFIRM


def test_what_is_no_address_is_said(cast, client, send):
    send()
    refused = fill(client, SENT, email="nobody")
    assert (refused.status_code, errors(refused)) == (422, {"email"})


def test_only_that_browser_and_only_for_an_hour(cast, client, send):
    send()
    stranger = cast.visitor()
    assert "nadia@" not in stranger.get(SENT).text
    token = csrf_token(stranger)
    refused = stranger.post(SENT, data={"email": "mine@example.org", "csrf_token": token})
    assert (refused.status_code, says(refused, NothingToConfirm)) == (409, True)
    with clock.frozen(clock.now() + timedelta(hours=1, minutes=1)):
        assert "nadia@" not in client.get(SENT).text


def test_nothing_is_corrected_once_it_is_confirmed(cast, client, send, mails):
    send()
    confirm = link(mails()[0], "confirm")
    press(cast.visitor(), confirm, confirm)
    refused = client.post(SENT, data={"email": "mine@example.org", "csrf_token": csrf_token(client)})
    assert says(refused, IdeaConfirmed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("gmial.con", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("yahoo.con", "yahoo.com"),
        ("association.con", "association.com"),
        *((domain, None) for domain in ("gmail.com", "ymail.com", "mail.com", "live.ma", "ocp.ma", "gov.ma")),
        *((domain, None) for domain in ("example.org", "um5.ac.ma", "orange.fr", "email.ma", "")),
    ],
)
def test_what_was_probably_meant(typed, right):
    assert meant(f"nadia@{typed}") == (f"nadia@{right}" if right else None)


def test_back_change_and_send_is_another_idea(cast, client, send, messages):
    """The browser's Back brings the same form, its number with it."""
    page = client.get("/en/ideas/new").text
    fields = _fields(page)
    first = {**fields, "proposal": SENTENCE, "email": "one@example.org", "consent": "y"}
    for sending in (first, first, {**first, "proposal": "Une autre idée", "email": "two@example.org"}):
        assert client.post("/en/ideas/new", data=sending).location == SENT
    assert [idea.proposal for idea in ideas()] == [SENTENCE, "Une autre idée"]
    assert sorted(mail["To"] for mail in messages()) == ["one@example.org", "two@example.org"]


def test_each_idea_of_one_form_has_its_file(cast, client):
    fields = _fields(client.get("/en/ideas/new").text)
    common = {**fields, "email": "one@example.org", "consent": "y"}
    for proposal in (SENTENCE, SENTENCE, "Une autre idée"):
        data = MultiDict({**common, "proposal": proposal})
        data.add("files", pdf())
        post(client, "/en/ideas/new", data)
    assert [file.idea_id for file in kept()] == [idea.id for idea in ideas()]
    assert len(ideas()) == 2


def _fields(page: str) -> dict[str, str]:
    """What stands in the form of a page."""
    forms = [form for form in parse(page).iter("form") if form.get("method") == "post"]
    return next(data.to_dict() for form in forms if "proposal" in (data := _filled(form)))
