"""A script that takes places with invented people: what it gets, who sees it, and how it is undone."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from cocreation.app import create_app
from cocreation.core import networks
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.places.models.confirmation import Burst
from cocreation.web.limits import limiter
from tests.desk import work
from tests.forms import post_forms, press
from tests.html import numbers, texts
from tests.meeting_day import CONFIRMED, OFFERED, REGISTER, WAITING, change, later, registrations, states
from tests.submission.test_proof import solve
from tests.words import says

HUB = "/en/manage/meetings/OR1"
TAKEN_BACK = (
    "The organisers took this registration back, "
    "together with many others that came within minutes and that nobody had confirmed."
)


@pytest.fixture
def limited(database_url, cast):
    """A browser of the application as it is in production, with its limits."""
    session.remove()
    app: Flask = create_app(
        database_url=database_url, secret_key="secret", testing=True, mail_url="file:/nowhere"
    )
    limiter.reset()
    yield app.test_client()
    limiter.reset()
    limiter.enabled = False
    session.remove()
    app.extensions["engine"].dispose()


def script(client, number: int, *, prove: bool = False, network: str = "192.0.2.7") -> int:
    """What a script sends for one invented person; the status of the answer."""
    where = {"REMOTE_ADDR": network}
    [form] = post_forms(client, REGISTER)
    data = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    if prove:
        data["altcha"] = solve(client.get(f"/en/challenge?once={data['once']}", environ_overrides=where).json)
    person = {"name": f"Nom {number}", "email": f"p{number}@example.org", "capacity": "citizen"}
    sent = {**data, **person, "language": "fr", "consent": "y"}
    return client.post(REGISTER, data=sent, environ_overrides=where).status_code


def invent(client, count: int, network: str = "192.0.2.7", first: int = 0) -> None:
    for number in range(first, first + count):
        assert script(client, number, network=network) == 302


def test_nineteen_invented_people_take_five_places_and_keep_none_that_is_needed(limited, cast):
    change(cast, places=6)
    assert [script(limited, number) for number in range(19)] == [302] * 5 + [429] * 14
    assert states() == [OFFERED] * 5
    own = [{"REMOTE_ADDR": f"198.51.100.{number}"} for number in range(6)]
    links = []
    for number, where in enumerate(own):
        assert script(limited, 100 + number, network=where["REMOTE_ADDR"]) == 302
        mail = session.query(Mail).filter_by(to=f"p{100 + number}@example.org").one()
        links.append(f"/en/registrations/confirm/{mail.context['token']}")
        session.remove()
    for link in links:
        press(limited, link, link)
    assert states()[5:] == [CONFIRMED] + [WAITING] * 5
    with later(hours=25):
        work(cast.app)
        assert states() == [WAITING] * 5 + [CONFIRMED] + [OFFERED] * 5  # everybody who confirmed has one


def test_a_browser_that_works_for_it_may_send_more(limited, cast):
    assert [script(limited, number) for number in range(6)] == [302] * 5 + [429]
    assert script(limited, 7, prove=True) == 302


def test_a_refused_form_gives_back_what_was_typed(limited, cast):
    for number in range(5):
        script(limited, number)
    [form] = post_forms(limited, REGISTER)
    data = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("value")}
    sent = {**data, "name": "Nadia la patiente", "email": "n@example.org", "capacity": "citizen"}
    answer = limited.post(REGISTER, data=sent, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 429
    assert "Nadia la patiente" in answer.text


def test_a_burst_stands_on_the_desk_with_its_age_and_is_told_of_once(client, cast, app, karim, salma, mails):
    change(cast, places=40)
    invent(client, 7)
    work(app)
    assert session.query(Burst).count() == 0
    session.remove()
    invent(client, 3, first=7)
    with later(minutes=1):
        work(app)
        assert shown_at(salma) == [(1, 10)]
    with later(minutes=2):
        invent(client, 2, first=10)
        work(app)
    with later(hours=3, minutes=2):
        work(app)
        for browser in (karim, salma):
            assert shown_at(browser) == [(3, 12)]
        told = [mail["To"] for mail in mails() if "/participants/bursts/" in mail.as_string()]
    assert sorted(told) == sorted({cast.karim.email, cast.salma.email})
    assert shown_at(cast.visitor(cast.driss)) == []


def shown_at(browser) -> list[tuple[int, int]]:
    """The bursts on somebody's desk: how old each is, in its minutes or its hours, and how many did not
    confirm.
    """
    page = browser.get("/en/desk").text
    burst = "[aria-labelledby=many] li"
    return list(zip(numbers(page, f"{burst} .row-day"), numbers(page, f"{burst} h3"), strict=True))


def test_it_is_taken_back_as_a_whole_and_given_back_as_a_whole(client, cast, app, karim, register, mails):
    change(cast, places=10)
    invent(client, 9)
    work(app)
    [burst] = session.query(Burst.id).one()
    session.remove()
    registration = registrations()[0]
    page = f"{HUB}/participants/bursts/{burst}"
    shown = karim.get(page).text
    assert numbers(shown, "form[action$='/take-back'] button") == [9]
    assert "192.0.2.7" not in shown
    before = len(mails())
    assert press(karim, page, "/take-back").status_code == 302
    assert states() == ["cancelled"] * 9
    assert len(mails()) == before  # strangers' addresses
    receipt = client.get(f"/en/registrations/{registration.receipt}")
    assert says(receipt, TAKEN_BACK)
    assert f'href="{REGISTER}"' in receipt.text
    for name in "abcd":
        register(name=name, email=f"{name}@example.org")
    [notice] = texts(karim.get(page).text, ".notice-done p")
    assert re.findall(r"\d+", notice) == ["9", "6"]  # taken back, and places free now
    assert press(karim, page, "/give-back").status_code == 302
    assert states() == [OFFERED] * 6 + [WAITING] * 3 + [CONFIRMED] * 4
    assert press(karim, page, "/take-back").status_code == 302
    assert states() == ["cancelled"] * 9 + [CONFIRMED] * 4


def test_who_confirmed_stays(client, cast, app, karim):
    change(cast, places=40)
    invent(client, 9)
    mail = session.query(Mail).filter_by(to="p3@example.org").one()
    link = f"/en/registrations/confirm/{mail.context['token']}"
    session.remove()
    work(app)
    press(client, link, link)
    [burst] = session.query(Burst.id).one()
    session.remove()
    press(karim, f"{HUB}/participants/bursts/{burst}", "/take-back")
    assert states().count("cancelled") == 8
    assert states()[3] == CONFIRMED


def test_freed_places_go_to_those_who_wait(client, cast, app, karim, register):
    change(cast, places=9)
    invent(client, 9)
    register(name="N", email="n@example.org")
    assert states()[-1] == WAITING
    work(app)
    [burst] = session.query(Burst.id).one()
    session.remove()
    press(karim, f"{HUB}/participants/bursts/{burst}", "/take-back")
    assert states() == ["cancelled"] * 9 + [OFFERED]


def test_people_of_many_networks_are_a_burst_when_they_let_an_hour_go_by(client, cast, app):
    change(cast, places=16)
    for number in range(9):
        invent(client, 1, network=f"192.0.2.{number}", first=number)
    work(app)
    assert session.query(Burst).count() == 0  # they have had no time to open their mails
    session.remove()
    with later(minutes=25):
        work(app)
    [burst] = session.query(Burst).all()
    assert burst.network is None
    session.remove()


def test_the_network_is_kept_as_a_digest_for_a_week(client, cast, app):
    invent(client, 1, network="192.0.2.7")
    invent(client, 1, network="2001:db8:1:2:aaaa::1", first=1)
    invent(client, 1, network="2001:db8:1:2:bbbb::2", first=2)
    kept = [registration.network for registration in registrations()]
    assert kept[1] == kept[2] != kept[0]
    assert not any(re.search(r"192|2001|[.:]", network) for network in kept)
    with later(days=7, minutes=1):
        work(app)
    assert [registration.network for registration in registrations()] == [None] * 3


def test_another_meetings_runner_sees_none_of_it(client, cast, app, karim):
    change(cast, places=40)
    invent(client, 9)
    work(app)
    [burst] = session.query(Burst.id).one()
    session.remove()
    assert client.get(f"{HUB}/participants/bursts/{burst}").status_code == 302  # to the sign-in
    assert karim.get(f"{HUB}/participants/bursts/{burst + 1}").status_code == 404
    assert cast.visitor(cast.fatima).get(f"{HUB}/participants/bursts/{burst}").status_code == 403


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", networks.UNKNOWN),
        ("nonsense", networks.UNKNOWN),
        (None, networks.UNKNOWN),
    ],
)
def test_a_network_is_what_one_connection_has(address, network):
    assert networks.network_of(address) == network
    assert (networks.keyed(network, "a") == networks.keyed(network, "b")) is (network == networks.UNKNOWN)
