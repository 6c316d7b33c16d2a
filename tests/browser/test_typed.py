"""What a person typed is not lost by Back, by another language or by a page loaded anew, and the next person
at the same computer does not read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import QUIET, phone
from tests.meeting_day import registrations
from tests.processes import program

REGISTER = "/fr/meetings/OR1/register"


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """A browser as people have it: Back brings the page itself, not a new one. The driver turns that off, and
    the browser without a window cannot.
    """
    chromium = browser.browser_type.launch(
        executable_path=program("chromium", "chromium"),
        args=[*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield chromium
    chromium.close()


def fill_in(page: Page, name: str, address: str) -> None:
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(address)
    page.select_option("[name=capacity]", "citizen")
    page.check("[name=consent]")


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()


def test_back_change_and_send_registers_a_colleague(remembering, live_server, cast):
    with phone(remembering, live_server) as context:
        page = context.new_page()
        page.goto(REGISTER)
        page.evaluate("window.isTheSame = true")
        fill_in(page, "Première", "un@example.org")
        send(page)
        expect(page.locator(".receipt")).to_be_visible()
        page.go_back(wait_until="commit")
        assert page.evaluate("window.isTheSame")
        fill_in(page, "Seconde", "deux@example.org")
        send(page)
        expect(page.locator(".facts")).to_contain_text("Seconde")
    assert [row.name for row in registrations()] == ["Première", "Seconde"]


def test_another_language_in_the_middle_keeps_everything(page: Page, cast):
    page.goto(REGISTER)
    fill_in(page, "Souad", "souad@example.org")
    page.locator("details.more summary").click()
    page.locator("[name=association]").fill("Les Amis")
    page.check("[name=gender][value=female]")
    once = page.input_value("[name=once]")
    page.click("ul.languages a[lang=ar]")
    page.wait_for_url("**/ar/**")
    values = [
        page.input_value(f"[name={name}]") for name in ("name", "email", "capacity", "association", "once")
    ]
    assert values == ["Souad", "souad@example.org", "citizen", "Les Amis", once]
    assert page.is_checked("[name=consent]")
    assert page.is_checked("[name=gender][value=female]")
    expect(page.locator("[name=association]")).to_be_visible()  # what was opened is open
    page.reload()
    assert page.input_value("[name=association]") == "Les Amis"  # as long as the tab is there


def test_the_question_one_was_at_stays_in_another_language(page: Page, cast):
    page.goto("/fr/ideas/new")
    page.locator("[name=proposal]").fill("Publier les décisions du conseil")
    page.locator("[data-next]").click()
    page.locator("[name=problem]").fill("Personne ne les connaît")
    page.click("ul.languages a[lang=ar]")
    page.wait_for_url("**/ar/**")
    expect(page.locator("[name=problem]")).to_be_visible()
    assert page.input_value("[name=problem]") == "Personne ne les connaît"
    assert page.input_value("[name=proposal]") == "Publier les décisions du conseil"


def test_the_next_person_at_this_computer_reads_nothing(page: Page, cast):
    """What was typed lives with its tab, for two hours."""
    page.goto(REGISTER)
    page.locator("[name=name]").fill("Souad")
    other = page.context.new_page()
    other.goto(REGISTER)
    assert other.input_value("[name=name]") == ""
    page.reload()
    assert page.input_value("[name=name]") == "Souad"
    page.evaluate(
        """() => { for (const key of Object.keys(sessionStorage)) {
            const draft = JSON.parse(sessionStorage[key]);
            sessionStorage[key] = JSON.stringify({ ...draft, at: draft.at - 2 * 3600 * 1000 });
        } }"""
    )
    page.reload()
    assert page.input_value("[name=name]") == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
