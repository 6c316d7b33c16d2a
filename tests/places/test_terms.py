"""Until when a place is held for somebody who has not confirmed, or not answered."""

from __future__ import annotations

import pytest

from cocreation.places import emails
from cocreation.places.models.registration import RegistrationState
from tests.desk import work
from tests.forms import fill, press
from tests.mails import of, tells
from tests.meeting_day import (
    CONFIRMED,
    LAPSED,
    OFFERED,
    WAITING,
    change,
    later,
    link_for,
    places_left,
    registrations,
    states,
)

CLOSED = {"days": 10, "minutes": 1}  # registration closes ten days after the moment of the cast
NOT_BEFORE_CLOSING = (
    "A place was held for you and you did not answer before registration closed, so it is not held any more."
)


@pytest.fixture
def held(cast, send, register):
    """Two places held for who has not confirmed, one of them named twice; one confirmed, one free."""
    change(cast, places=4)
    send(email="a@example.org")
    send(email="b@example.org")
    send(email="a@example.org")
    register(email="c@example.org")
    assert states() == [OFFERED, OFFERED, "repeated", CONFIRMED]


def test_when_registration_closes_what_is_not_confirmed_is_let_go_and_told_once(held, app, mails, client):
    with later(days=10, minutes=-1):
        work(app)
    assert states()[:2] == [OFFERED, OFFERED]
    for minutes in (1, 60):
        with later(days=10, minutes=minutes):
            work(app)
            assert states() == [WAITING, WAITING, "repeated", CONFIRMED]
    assert registrations()[2].shown_as == RegistrationState.WAITING  # like the others, and nobody is told
    assert sorted(mail["To"] for mail in of(emails.LET_GO, mails())) == ["a@example.org", "b@example.org"]
    with later(days=11):
        assert places_left(client) == 3


def test_who_was_let_go_has_a_place_again_by_confirming_while_one_is_free(held, app, client):
    link = link_for("b@example.org")
    with later(**CLOSED):
        work(app)
    assert states()[:2] == [WAITING, WAITING]
    with later(days=11):
        press(client, link, link)
        work(app)
    assert states() == [WAITING, CONFIRMED, "repeated", CONFIRMED]


def test_the_organisers_may_keep_them(held, cast, app):
    salma = cast.visitor(cast.salma)
    assert fill(salma, "/en/manage/meetings/OR1/edit", keeps_unconfirmed="y").status_code == 302
    with later(**CLOSED):
        work(app)
    assert states() == [OFFERED, OFFERED, "repeated", CONFIRMED]


def test_who_registers_at_the_last_moment_has_their_hours(cast, send, app):
    with later(days=10, minutes=-5):
        send()
    with later(days=10, hours=23):
        work(app)
        assert states() == [OFFERED]
    with later(days=11):
        work(app)
        assert states() == [WAITING]


def test_an_offer_not_answered_ends_when_registration_closes(cast, register, client, app, mails):
    for name in "abc":
        register(email=f"{name}@example.org")
    press(client, f"/en/registrations/{registrations()[0].receipt}", "/cancel")
    assert states() == ["cancelled", CONFIRMED, OFFERED]
    with later(days=9):
        work(app)
        assert states()[2] == OFFERED
    with later(**CLOSED):
        work(app)
        assert states()[2] == LAPSED
        [told] = of(emails.LAPSED, mails())
        assert tells(told, NOT_BEFORE_CLOSING)


def test_in_the_last_hours_nobody_is_let_go(cast, send, app):
    change(cast, registration_closes_at=cast.meeting.starts_at)
    with later(days=15):
        send()
    with later(days=19, hours=23, minutes=59):
        work(app)
    assert states() == [OFFERED]
