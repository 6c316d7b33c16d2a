"""Nobody learns from the form whether an address or a number is registered: the mail alone says it."""

from __future__ import annotations

import re

import pytest

from cocreation.meetings.models.meeting import ByPhone
from cocreation.places.emails import ALREADY
from cocreation.portal.receipt.page import CANCELLED
from tests.desk import work
from tests.forms import fill, press
from tests.mails import of, text
from tests.meeting_day import (
    CONFIRMED,
    OFFERED,
    change,
    later,
    link_for,
    offer_help,
    on_the_list,
    places_left,
    registrations,
    states,
)
from tests.words import says

RECEIPT = r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}"


def seen(client, answer) -> tuple[int, str]:
    """What somebody who sent the form sees: the status, and the page without what was drawn or typed."""
    page = re.sub(r"<bdi>[^<]+@[^<]+</bdi>", "", client.get(answer.location).text)
    page = re.sub(RECEIPT, "", re.sub(r"<svg.*?</svg>", "", page, flags=re.S))
    return answer.status_code, re.sub(r'(name="csrf_token" value|href="/\w+/register/)="?[^"]*"', "", page)


@pytest.mark.parametrize("places", [9, 1])
def test_a_known_address_is_shown_what_a_new_one_is(register, send, client, cast, statements, places):
    register()
    change(cast, places=places)
    with statements() as fresh_asked:
        fresh = send(name="Somebody", email="new@example.org")
    page = seen(client, fresh)
    press(client, fresh.location, "/cancel")
    client.get(fresh.location)
    with statements() as known_asked:
        again = send(name="Somebody", email="NADIA@example.org")
    assert seen(client, again) == page
    assert abs(len(fresh_asked) - len(known_asked)) <= 2
    assert [registration.name for registration in registrations()] == ["Nadia", "Somebody", "Somebody"]
    assert states() == [CONFIRMED, "cancelled", "repeated"]


def _plain(answer) -> str:
    """A page without what is drawn by lot."""
    return re.sub(r'csrf_token" value="[^"]*"|value="[0-9a-f]{24}"', "", re.sub(RECEIPT, "", answer.text))


def test_what_can_be_done_with_both_receipts_is_the_same(register, send, client, cast):
    offer_help(cast)
    register()
    change(cast, places=9)
    pages = [send(name="X", email=email).location for email in ("new@example.org", "nadia@example.org")]
    assert states() == [CONFIRMED, OFFERED, "repeated"]
    for path in ("/change", "/data.json", "/erase", "/support"):
        answers = [client.get(f"{page}{path}") for page in pages]
        assert answers[0].status_code == answers[1].status_code, path
        if path != "/data.json":
            assert _plain(answers[0]) == _plain(answers[1]), path
    held = [client.get(f"{page}/data.json").json for page in pages]
    assert held[0]["registration"].keys() == held[1]["registration"].keys()
    assert [data["registration"]["state"] for data in held] == ["offered"] * 2
    assert [[move["state"] for move in data["history"]] for data in held] == [["offered"]] * 2
    for _ in range(4):
        codes = [press(client, page, "/link").status_code for page in pages]
        assert codes[0] == codes[1]
    assert [press(client, page, "/cancel").status_code for page in pages] == [302, 302]
    client.get(pages[0])
    assert [says(client.get(page), CANCELLED) for page in pages] == [True] * 2
    held = [client.get(f"{page}/data.json").json for page in pages]
    for data in held:
        data["registration"].pop("receipt"), data["registration"].pop("email")
    assert held[0] == held[1]


def test_both_receipts_say_the_same_when_the_time_to_confirm_runs_out(app, register, send, client, cast):
    register()
    change(cast, places=9)
    pages = [send(name="X", email=email).location for email in ("new@example.org", "nadia@example.org")]
    for hours in (19, 25):  # the reminder was sent; the place is held as long as nobody needs it
        with later(hours=hours):
            work(app)
            held = [client.get(f"{page}/data.json").json["registration"] for page in pages]
            words = [_plain(client.get(page)) for page in pages]
        for data in held:
            data.pop("receipt"), data.pop("email")
        assert held[0] == held[1]
        assert words[0].replace("new@", "nadia@") == words[1]


def test_both_receipts_lose_the_place_that_was_held_too_long(app, register, send, client, cast):
    send(name="N", email="nadia@example.org")
    change(cast, places=3)
    pages = [send(name="X", email=email).location for email in ("new@example.org", "nadia@example.org")]
    for name in ("a", "b", "c"):
        register(name=name, email=f"{name}@example.org")
    with later(hours=25):
        work(app)
        held = [client.get(f"{page}/data.json").json for page in pages]
        words = [_plain(client.get(page)) for page in pages]
    assert states()[:3] == ["waiting", "waiting", "repeated"]
    assert held[0]["history"] == held[1]["history"]
    assert [data["registration"]["state"] for data in held] == ["waiting"] * 2
    assert words[0].replace("new@", "nadia@") == words[1]


def test_a_known_number_is_shown_the_workshop_a_new_one_is_given(register, send, client, cast):
    register(email="", phone="0612345678")
    change(cast, places=9, by_phone=ByPhone.COUNTED)
    wished = {"workshop": str(cast.meeting.workshops[1].id)}
    pages = [
        send(name="X", email="", phone=phone, **wished).location for phone in ("0612345670", "0612345678")
    ]
    assert states() == [CONFIRMED, CONFIRMED, "repeated"]
    words = [re.sub(RECEIPT, "", re.sub(r"<svg.*?</svg>", "", client.get(page).text)) for page in pages]
    assert words[0].replace("345670", "345678") == words[1]
    for path in ("/change", "/erase"):
        answers = [_plain(client.get(f"{page}{path}")) for page in pages]
        assert answers[0] == answers[1], path
    for page in pages:
        fill(client, f"{page}/change", workshop=str(cast.meeting.workshops[0].id))
    histories = [client.get(f"{page}/data.json").json["history"] for page in pages]
    assert histories[0] == histories[1]
    first = cast.meeting.workshops[0].id
    assert [registration.workshop_id for registration in registrations()] == [None, first, first]


def test_the_mail_says_it_once_a_day_and_opens_what_they_have(register, send, mails):
    where = register().location
    for _ in range(3):
        send(name="Somebody else", email="nadia@example.org")
    [told] = of(ALREADY, mails())
    assert where.rpartition("/")[2] in text(told)
    assert "Somebody else" not in told.as_string()
    with later(days=1):
        send(email="nadia@example.org")
        assert len(of(ALREADY, mails())) == 2


def test_who_never_confirmed_is_sent_the_link_of_the_first(send, client):
    first = send().location
    with later(days=1):
        send(name="Nadia again")
        link = link_for("nadia@example.org")
        own = press(client, link, link).location
    assert states() == [CONFIRMED, "repeated"]
    assert client.get(own).status_code == 200
    assert own != first, "who sent the first form may have been somebody else"


def test_who_registered_an_address_before_its_owner_holds_nothing_once_it_is_confirmed(send, client, cast):
    strangers = send(name="Somebody", email="nadia@example.org").location
    send(name="Nadia", email="nadia@example.org")
    link = link_for("nadia@example.org")
    own = press(client, link, link).location
    assert states() == [CONFIRMED, "repeated"]
    assert client.get(own).status_code == 200
    assert own != strangers
    assert client.get(strangers).status_code == 404


def test_the_public_counts_do_not_tell(register, send, client, cast):
    register()
    change(cast, places=9)
    left = []
    for email in ("nadia@example.org", "new@example.org"):
        send(email=email)
        left.append(places_left(client))
    assert left == [7, 6]
    with later(hours=25):
        assert places_left(client) == 7


def test_a_known_number_is_shown_what_a_new_one_is_and_no_mail_is_sent(register, send, client, cast, mails):
    register(email="", phone="0612345678")
    change(cast, places=9)
    pages = [seen(client, send(name="X", email="", phone=phone)) for phone in ("0612345670", "0612345678")]
    assert pages[0] == pages[1]
    assert states() == [CONFIRMED, CONFIRMED, "repeated"]
    assert mails() == []


def test_a_number_beside_an_address_tells_nothing(register, send, client, cast):
    register(email="", phone="0612345678")
    change(cast, places=9)
    send(email="new@example.org", phone="0612345678")
    assert states() == [CONFIRMED, OFFERED]


def test_what_stands_for_nothing_is_on_no_list_and_goes_a_week_after_the_meeting(
    register, send, cast, app, client
):
    register()
    page = send(name="Invisible", email="nadia@example.org").location
    karim = cast.visitor(cast.karim)
    hub = "/en/manage/meetings/OR1"
    assert "Invisible" not in karim.get(f"{hub}/participants").text
    assert karim.get(f"{hub}/participants/{registrations()[1].id}").status_code == 404
    with later(days=19):
        work(app)
        assert client.get(page).status_code == 200, "as that of anybody else"
    with later(days=28):
        work(app)
    assert states() == [CONFIRMED]


def test_the_door_does_not_know_it(register, send, cast, client):
    register()
    receipt = send(name="Invisible", email="nadia@example.org").location.rpartition("/")[2]
    with later(days=20):
        karim = cast.visitor(cast.karim)
        for typed in ("Invisible", receipt):
            page = karim.get(f"/en/manage/meetings/OR1/door?q={typed}").text
            assert "Invisible" not in re.sub(r'(href|value)="[^"]*"', "", page)
        assert "Nadia" in karim.get("/en/manage/meetings/OR1/door?q=Nadia").text


def test_the_mail_that_is_said_to_be_sent_again_is_sent(register, send, client, mails):
    """To who is registered as to who never confirmed, and not more often than to anybody."""
    register()
    where = send(name="Again", email="nadia@example.org").location
    other = send(name="And again", email="nadia@example.org").location
    counted = []
    for page in (where, where, where, other, other):
        press(client, page, "/link")
        counted.append(len(of(ALREADY, mails())))
    assert counted == [2, 3, 3, 3, 3]
    first = send(name="Karim", email="karim@example.org").location
    second = send(name="Karim", email="karim@example.org").location
    asked = []
    for minutes, page in enumerate((second, second, first), 1):
        with later(minutes=minutes):
            press(client, page, "/link")
            asked.append(len([mail for mail in mails() if mail["To"] == "karim@example.org"]))
    assert asked == [2, 3, 3]


def test_the_public_list_counts_who_has_a_turn(register, send, client, cast):
    register()
    change(cast, places=1)
    send(name="Unconfirmed", email="new@example.org")
    send(name="Repeated", email="nadia@example.org")
    assert on_the_list(client) == 0
    register(name="Karim", email="karim@example.org")
    assert on_the_list(client) == 1
