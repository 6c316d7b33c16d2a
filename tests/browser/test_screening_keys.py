"""The screening room by keys: a key leads somewhere, and only Enter decides."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cocreation.core.database import session
from tests import desk as tables
from tests.browsers import enter, phone
from tests.desk import received

PRESS = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
ROOM = "/ar/manage/dispositions/screening"

# What is tried is the browser's; the databases have been tried elsewhere.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def states(*references: str) -> list[str]:
    """As they stand now, read without keeping the server waiting."""
    found = tables.states(*references)
    session.remove()
    return found


@pytest.fixture
def desk(app, cast, browser, live_server):
    """The secretariat's computer, with three ideas in the queue."""
    received(cast, 3, email="author@example.org")
    wide = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False}
    with phone(browser, live_server, **wide) as context:
        enter(context, app, cast.salma)
        yield context.new_page()


def test_from_the_queue_to_the_next_idea_and_back(desk: Page):
    desk.goto(ROOM)
    expect(desk.locator("[data-keys]")).to_be_visible()
    desk.keyboard.press("n")
    desk.wait_for_url("**/2026-1")
    desk.evaluate(PRESS, "ت")  # on an Arabic keyboard; Playwright has none
    desk.wait_for_url("**/2026-2")
    desk.keyboard.press("p")
    desk.wait_for_url("**/2026-1")
    desk.keyboard.press("q")
    desk.wait_for_url("**/2026-1/question")


def test_accepting_takes_the_key_and_enter(desk: Page):
    desk.goto(f"{ROOM}/2026-1")
    desk.keyboard.press("a")
    expect(desk.locator("button[form=accept]")).to_be_focused()
    assert states("2026-1") == ["received"]
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/2026-2")
    assert states("2026-1") == ["accepted"]


def test_not_accepting_with_the_keyboard_alone(desk: Page):
    desk.goto(f"{ROOM}/2026-1")
    desk.keyboard.press("r")
    expect(desk.locator("[name=clarity]").nth(0)).to_be_focused()
    for key in ("ArrowUp", "Tab"):
        desk.keyboard.press(key)
    desk.keyboard.type("anqr?")  # in a field these are letters
    for key in ("Tab", "Space", "Tab", "Space"):  # what holds asks for no word
        desk.keyboard.press(key)
    desk.locator("[name=clarity_note]").press("Enter")
    expect(desk.locator("#errors")).to_be_focused()  # no explanation yet; nothing else happened
    assert states("2026-1") == ["received"]
    expect(desk.locator("[name=clarity_note]")).to_have_value("anqr?")
    desk.locator("[name=reason_text-ar]").fill("لم نفهم المطلوب")
    desk.locator("[type=submit][form=screening]").press("Enter")
    desk.wait_for_url("**/2026-2")
    assert states("2026-1") == ["screened_out"]


def test_the_keys_are_shown_on_asking_and_can_be_turned_off_for_good(desk: Page):
    desk.goto(f"{ROOM}/2026-1")
    legend = desk.locator("[data-keys]")
    desk.keyboard.press("?")
    expect(legend).to_be_focused()
    legend.locator("button").click()
    desk.reload()
    desk.locator("body").press("n")
    expect(desk.locator("button[form=accept]")).not_to_be_focused()
    assert desk.url.endswith("/2026-1")
    legend.locator("button").click()
    desk.locator("h1").click()
    desk.keyboard.press("n")
    desk.wait_for_url("**/2026-2")


def test_in_the_queue_the_keys_lead_to_what_is_done_with_the_ticked(desk: Page):
    desk.goto(ROOM)
    desk.keyboard.press("r")
    expect(desk.locator(".acts-bar details select")).to_be_focused()
    desk.locator("h1").click()
    desk.keyboard.press("a")
    expect(desk.locator("[value=accept]")).to_be_focused()
    assert states("2026-1", "2026-2", "2026-3") == ["received"] * 3
