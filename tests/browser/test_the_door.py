"""The door on a telephone whose network goes and comes back."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import wraps
from threading import Event

import pytest
from flask import abort
from playwright.sync_api import BrowserContext, Page, expect

from cocreation.attendance.queries import badge_code
from cocreation.core import clock
from cocreation.languages.i18n import format_time
from cocreation.web.access import current_person
from tests.browsers import enter, phone
from tests.cast import THEN
from tests.meeting_day import change, registrations, write

DOOR = "/ar/manage/meetings/OR1/door"

# What is tried is the browser's; the databases have been tried elsewhere.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

# A camera that sees what the test holds before it.
CAMERA = """
window.held = [];
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return window.held.map((rawValue) => ({ rawValue })); }
};
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  setInterval(() => pen.fillRect(0, 0, 9, 9), 50);
  return canvas.captureStream();
};
"""
NAMES = ("فاطمة الزهراء", "محمد العلوي", "Fatiha Bennani")


@pytest.fixture
def today(cast):
    """The meeting takes place today, by the clock of the browser too."""
    now = clock.datetime.now(clock.UTC)
    with clock.frozen(now):
        hours = {"starts_at": now - timedelta(minutes=30), "ends_at": now + timedelta(minutes=30)}
        change(cast, places=3, registration_closes_at=now - timedelta(hours=1), **hours)
        for number, name in enumerate(NAMES):
            write(cast, 1, first=number, name=name)
        yield now


def present() -> list[str]:
    return [registration.name for registration in registrations() if registration.present_at]


def at_the_door(context: BrowserContext, app, person) -> Page:
    enter(context, app, person)
    page = context.new_page()
    page.goto(DOOR)
    page.locator("#door.is-ready.is-kept").wait_for()
    return page


def note_arrival(page: Page, letters: str) -> None:
    """Somebody is found by a part of their name, and their button pressed."""
    page.locator("#q").fill(letters)
    page.locator("[data-found] button[data-act=arrive]").first.click()


def expect_all_sent(page: Page, **patience: float) -> None:
    words = json.loads(page.locator("#door").get_attribute("data-words") or "{}")
    expect(page.locator("[data-status]")).to_have_text(words["online"], **patience)


def expect_said(page: Page, kind: str) -> None:
    """Of what kind is what the door has just said: done, waiting or refused."""
    expect(page.locator("[data-said]")).to_have_class(re.compile(f"notice-{kind}"))


def unreached(app, monkeypatch, person) -> Event:
    """While the event is set, what this person's door sends does not reach the platform."""
    gone, entries = Event(), app.view_functions["manage_attendance.door_entries"]

    @wraps(entries)  # with who may use it
    def reach(**arguments):
        if gone.is_set() and current_person().id == person.id:
            abort(503)
        return entries(**arguments)

    monkeypatch.setitem(app.view_functions, "manage_attendance.door_entries", reach)
    return gone


def test_the_network_goes_and_comes_back(app, cast, today, browser, live_server, monkeypatch):
    gone = unreached(app, monkeypatch, cast.karim)
    with phone(browser, live_server) as context, phone(browser, live_server) as other:
        page = at_the_door(context, app, cast.karim)
        elsewhere = at_the_door(other, app, cast.fatima)
        note_arrival(page, "فاطمه")
        expect(page.locator("[data-present]")).to_have_text("1")
        expect_all_sent(page)
        assert present() == [NAMES[0]]
        expect(page.locator("[data-found] .state")).to_contain_text(format_time(today))

        # Both: what a browser calls offline lets a request through now and then while a page loads anew, and
        # those of a service worker pass by what is cut in the page.
        gone.set()
        context.set_offline(True)
        note_arrival(page, "fatiha")
        expect(page.locator("[data-said]")).to_contain_text(NAMES[2])
        page.reload()  # the page itself is still there
        page.locator("#door.is-ready").wait_for()
        expect(page.locator("[data-present]")).to_have_text("2")
        expect(page.locator("[data-status]")).to_contain_text("1")
        page.locator("details.door-walk-in summary").click()
        page.locator("[name=name]").fill("حفصة")
        page.locator("[name=seat_found]").check()
        page.locator("[data-walk-in] [type=submit]").click()
        expect(page.locator("[data-status]")).to_contain_text("2")
        assert present() == [NAMES[0]]

        with elsewhere.expect_response("**/entries"):  # the other door has its network, and comes first
            note_arrival(elsewhere, "Fatiha")
        expect_all_sent(elsewhere)
        gone.clear()
        context.set_offline(False)
        expect_all_sent(page)
        expect(page.locator("[data-conflict-list]")).to_contain_text(NAMES[2])
        assert sorted(present()) == sorted([NAMES[0], NAMES[2], "حفصة"])

        page.once("dialog", lambda dialog: dialog.accept())
        page.locator("[data-forget]").click()
        page.wait_for_url("**/desk")
        assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
        assert page.evaluate("async () => (await caches.keys()).length") == 0
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_what_is_unsent_goes_within_three_seconds_though_the_first_tries_fail(
    app, cast, today, browser, live_server
):
    """The first requests on a network that has just come back fail; some hang until they are given up."""
    with phone(browser, live_server) as context:
        page = at_the_door(context, app, cast.karim)
        failing = iter(["hang", "fail"])

        def answer(route):
            match next(failing, None):
                case None:
                    route.continue_()
                case "fail":
                    route.abort("connectionreset")
                # One that hangs is not answered at all.

        page.route("**/entries", answer)
        note_arrival(page, "فاطمه")
        expect(page.locator("[data-status]")).to_contain_text("1")
        assert present() == []
        page.evaluate("dispatchEvent(new Event('online'))")
        expect_all_sent(page, timeout=3000)
        assert present() == [NAMES[0]]
        assert next(failing, None) is None


def test_the_camera_reads_receipts_and_badges_and_no_one_twice(app, cast, today, browser, live_server):
    people = registrations()
    with phone(browser, live_server) as context:
        context.add_init_script(CAMERA)
        page = at_the_door(context, app, cast.karim)
        page.locator("[data-scan]").click()
        page.evaluate("code => window.held = [code]", f"http://x/ar/registrations/{people[0].receipt}")
        expect(page.locator("[data-said]")).to_contain_text(NAMES[0])
        page.evaluate("code => window.held = [code]", f"OR1:{badge_code(people[1].receipt)}".upper())
        expect(page.locator("[data-said]")).to_contain_text(NAMES[1])
        expect_said(page, "done")
        page.evaluate("code => window.held = [code]", people[0].receipt)
        expect(page.locator("[data-said]")).to_contain_text(NAMES[0])
        expect_said(page, "waiting")  # noted already
        page.evaluate("window.held = ['http://elsewhere/nothing']")
        expect_said(page, "refused")  # on no list
        expect_all_sent(page)
        assert present() == [*NAMES[:2]]


def test_without_a_detector_it_says_so_and_typing_serves(app, cast, today, browser, live_server):
    with phone(browser, live_server) as context:
        context.add_init_script("delete window.BarcodeDetector")
        page = at_the_door(context, app, cast.karim)
        expect(page.locator("[data-no-scanner]")).to_be_visible()
        page.locator("#q").fill(registrations()[0].receipt.lower())
        page.locator("[data-find] [type=submit]").click()
        expect(page.locator("[data-said]")).to_contain_text(NAMES[0])
        page.locator("[data-latest] button[data-act=undo]").click()
        expect(page.locator("[data-present]")).to_have_text("0")
        expect_all_sent(page)
        assert present() == []


def test_once_the_day_is_over_nothing_is_kept(app, cast, today, browser, live_server):
    with phone(browser, live_server) as context:
        page = at_the_door(context, app, cast.karim)
        past = {"starts_at": THEN - timedelta(days=3), "ends_at": THEN - timedelta(days=2)}
        change(
            cast,
            **past,
            registration_closes_at=THEN - timedelta(days=4),
            registration_opens_at=THEN - timedelta(days=9),
        )
        page.reload()
        page.wait_for_function("async () => (await indexedDB.databases()).length === 0")
        page.wait_for_function("async () => (await caches.keys()).length === 0")
        page.locator("#q").fill("Fatiha")
        page.locator("[data-find] [type=submit]").click()  # the plain form serves
        expect(page.locator("[data-found]")).to_contain_text(NAMES[2])
