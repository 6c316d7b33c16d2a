"""Stopping the mails about ideas, and being forgotten."""

from __future__ import annotations

from datetime import timedelta

from cocreation.backing.models import Rhythm
from cocreation.backing.refusals import NothingHeld
from cocreation.core import clock
from cocreation.ideas.models.idea import StepKind
from tests.backing.backings import DAY, EMAIL, ask, backings, confirm, follow, happen, supporters, words
from tests.cast import THEN
from tests.forms import fill
from tests.html import texts
from tests.senders import link, write
from tests.words import says


def test_mail_programs_stop_it_with_one_click(cast, app, messages):
    first, second = write(cast, 2)
    follow(first, supports=True)
    follow(second, Rhythm.WEEKLY)
    follow(second, email="other@example.org")
    with clock.frozen(THEN + DAY):
        happen(first, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        [mail] = messages()
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = link(mail["List-Unsubscribe"].strip("<>") + " ", "unsubscribe")
        stranger = app.test_client(use_cookies=False)
        for _ in range(2):
            answer = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
    assert [(backing.email, backing.follows) for backing in backings()] == [
        (EMAIL, None),
        (EMAIL, None),
        ("other@example.org", Rhythm.DAILY),
    ]
    assert backings()[0].supports, "support that was given stays"


def test_reading_the_page_stops_nothing_and_its_button_does(cast, client):
    follow(write(cast)[0])
    path = f"/en/backings/{backings()[0].receipt}/unsubscribe"
    assert client.get(path).status_code == 200
    assert backings()[0].follows is Rhythm.DAILY
    assert texts(fill(client, path).text, ".notice-done")
    assert backings()[0].follows is None


def test_from_the_mail_that_asks_what_it_asks_for_is_forgotten(cast, client, messages):
    _first, second = write(cast, 2)
    follow(second)
    ask(client)
    [mail] = messages()
    assert mail["List-Unsubscribe"]
    path = link(words(mail), "unsubscribe")
    assert texts(fill(client, path).text, ".notice-done")
    assert [(backing.idea_id, backing.follows) for backing in backings()] == [(second.id, Rhythm.DAILY)]
    gone = client.get(path)
    assert gone.status_code == 404
    assert says(gone, NothingHeld)


def test_only_that_one_route_goes_without_a_token(cast, client):
    write(cast)
    assert client.post("/en/ideas/2026-1/back", data={"email": EMAIL, "supports": "y"}).status_code == 403
    assert backings() == []


def test_who_stopped_is_forgotten_two_months_later_and_who_supports_is_not(cast, messages):
    [idea] = write(cast)
    follow(idea, None)
    follow(idea, None, email="b@example.org", supports=True)
    with clock.frozen(THEN + timedelta(days=59)):
        messages()
        assert len(backings()) == 2
    with clock.frozen(THEN + timedelta(days=60)):
        messages()
        assert [backing.email for backing in backings()] == ["b@example.org"]


def test_data_erase_forgets_what_an_address_backs(cast, app, client, mails):
    write(cast, 2)
    for reference in ("2026-1", "2026-2"):
        ask(client, reference)
        confirm(client, mails)
    ask(client, email="other@example.org")
    confirm(client, mails)
    app.test_cli_runner().invoke(
        args=["data", "erase", "Youssef@example.org", "--yes"], catch_exceptions=False
    )
    assert (supporters("2026-1"), supporters("2026-2")) == (1, 0)
    assert [backing.email for backing in backings()] == ["other@example.org"]
