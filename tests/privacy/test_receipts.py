"""The button of a receipt reaches what it opens; the link mailed to its address, everything under it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from tests.cast import THEN
from tests.forms import press
from tests.privacy import traces as left
from tests.privacy.trace import ALL, BY_PHONE, keeper, traces
from tests.privacy.traces import codes
from tests.words import says


@pytest.fixture
def link(cast, client, app, tmp_path):
    """Ask for the link on the page of a registration; its path."""
    page = left.registered(cast, ALL)[0]
    left.sent_an_idea(cast, ALL)
    left.drafted(cast, ALL)
    press(client, f"{page}/erase", "/everything")
    app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
    session.remove()
    texts = [mail.get_body(("plain",)).get_content() for mail in mailbox(tmp_path / "mail")]
    [path] = {found for text in texts for found in re.findall(r"(/en/privacy/everything/\S+)", text)}
    return path


def test_the_button_reaches_what_the_receipt_opens_and_no_more(cast, client, app):
    page = left.registered(cast, ALL)[0]
    left.sent_an_idea(cast, ALL)
    press(client, f"{page}/erase", "/erase")
    left_over = traces(app)
    assert not {
        name for name in left_over if name.startswith(("registrations", "needs", "support", "meeting"))
    }
    assert {"authors.email", "ideas.proposal"} <= left_over


def test_the_link_shows_what_there_is_and_erases_it_when_its_button_is_pressed(app, client, link):
    before = traces(app)
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert says(page, keeper("registrations").what)
    assert says(page, keeper("drafts").what)
    assert traces(app) == before, "opening it changes nothing"
    assert press(client, link, link.split("/en/")[1]).status_code == 200
    assert traces(app) == set()
    assert client.get(link).status_code == 410


def test_it_works_for_a_day(client, link):
    with clock.frozen(THEN + timedelta(days=1, minutes=1)):
        assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    "change", [lambda link: link[:-5] + "AAAAA", lambda link: link + "x", lambda link: "x"]
)
def test_a_link_that_is_not_ours_opens_nothing(client, link, change):
    token = change(link.rsplit("/", 1)[1])
    assert client.get(f"/en/privacy/everything/{token}").status_code == 404


def test_without_an_address_nothing_is_sent(cast, client):
    page = left.registered(cast, BY_PHONE)[0]
    assert "/everything" not in client.get(f"{page}/erase").text
    [code] = codes([page])
    from tests.forms import csrf_token

    answer = client.post(f"/en/receipts/{code}/everything", data={"csrf_token": csrf_token(client)})
    assert answer.status_code == 404
