"""The menu beside the pages of the staff: what each role may open, with what waits there."""

from __future__ import annotations

import pytest

from cocreation.accounts.models import Role
from cocreation.workplace.places import WORKS, place_of
from tests.access import ACCESS, ANYONE, SECRET
from tests.html import hrefs, texts

PLACES = [place for work in WORKS for place in work.places]
MENU = "nav.work"
FIGURE = ".waiting-count [aria-hidden]"
SOME = "/en/manage/workshops"  # a page of most roles that shows nothing of what waits itself


def marked(page: str) -> dict[str, str]:
    """The addresses of the menu that a page marks, and how."""
    return {href: mark for mark in ("page", "true") for href in hrefs(page, f"{MENU} a[aria-current={mark}]")}


def menu(page: str) -> list[str]:
    return hrefs(page, f"{MENU} a")


@pytest.mark.parametrize("role", Role)
def test_each_role_is_led_to_all_it_may_open_and_to_nothing_else(cast, app, role):
    visitor = cast.visitor(cast.staff[role])
    with app.test_request_context("/en/"):
        urls = app.url_map.bind("localhost")
        named = {urls.build(place.endpoint, {"lang": "en"}): place.endpoint for place in PLACES}
    led = menu(visitor.get("/en/desk").text)
    assert set(led) - {"/en/desk", "/en/account"} == {
        address for address, endpoint in named.items() if role in ACCESS[endpoint]
    }
    # The secretariat opens what both may, administrators their own two.
    for address in led if role is not Role.ADMINISTRATOR else ["/en/manage/accounts", "/en/manage/backups"]:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert marked(answer.text) == {address: "page"}
        assert menu(answer.text) == led, "the same on each page"


def test_it_stands_on_every_page_of_the_staff_and_the_public_one_on_none(cast, app):
    amal, tried = cast.visitor(cast.amal), 0
    for rule in app.url_map.iter_rules():
        is_staff = ACCESS.get(rule.endpoint, ANYONE) not in (ANYONE, SECRET)
        if not is_staff or rule.arguments != {"lang"} or "GET" not in rule.methods:
            continue
        answer = amal.get(rule.rule.replace("<any(ar, fr, en, zgh):lang>", "en"))
        if answer.mimetype == "text/html" and answer.status_code == 200:
            tried += 1
            assert texts(answer.text, MENU), rule.endpoint
            assert "/en/ideas/new" not in hrefs(answer.text, "header a")
            assert "/en/" in hrefs(answer.text, "header a"), "the way to the public site"
    assert tried > 20
    public = amal.get("/en/ideas").text
    assert not texts(public, MENU)
    assert {"/en/ideas/new", "/en/desk"} <= set(hrefs(public, "header a"))


def test_what_lies_beneath_a_page_marks_it(cast):
    karim, fatima = cast.visitor(cast.karim), cast.visitor(cast.fatima)
    beneath = {"/en/manage/meetings": "true"}
    assert marked(karim.get("/en/manage/meetings/OR1/participants").text) == beneath
    assert marked(karim.get("/en/manage/meetings/OR1/door").text) == beneath
    # Who keeps the door alone has no meetings in the menu.
    assert marked(fatima.get("/en/manage/meetings/OR1/door").text) == {"/en/manage/workshops": "true"}
    salma = cast.visitor(cast.salma)
    cycle = {"/en/manage/cycles": "true"}
    assert marked(salma.get("/en/manage/cycles/2026/themes").text) == cycle
    assert marked(salma.get("/en/manage/dispositions/criteria/2026").text) == cycle


def test_whatever_can_wait_is_counted_at_a_page_its_people_may_open(app):
    for kind in app.extensions["waiting"]:
        for role in kind.roles:
            open_to = [place for place in PLACES if role in ACCESS[place.endpoint]]
            assert place_of(kind.endpoint, open_to), (kind.name, role)


def test_an_error_is_told_beside_it_and_asks_no_more(cast, statements):
    fatima = cast.visitor(cast.fatima)
    with statements() as asked:
        answer = fatima.get("/en/manage/accounts")
    assert answer.status_code == 403
    assert SOME in menu(answer.text)
    assert len(asked) == 1, "who it is"
    assert not texts(answer.text, FIGURE)


def test_strangers_see_nothing_of_it(client, cast):
    for path in ("/en/", "/en/sign-in", "/en/ideas"):
        assert not menu(client.get(path).text)
    assert client.get("/en/manage/search").status_code == 302


def test_every_page_of_the_staff_lies_beneath_one_of_the_menu():
    homeless = [
        endpoint
        for endpoint, allowed in ACCESS.items()
        if endpoint.startswith("manage_") and allowed not in (ANYONE, SECRET)
        for role in allowed
        if not place_of(endpoint, [place for place in PLACES if role in ACCESS[place.endpoint]])
    ]
    assert set(homeless) == {"manage_search.search"}
