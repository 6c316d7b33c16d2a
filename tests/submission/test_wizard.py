"""One question on a screen: forward and back, nothing skipped, nothing lost, and all of it read again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cocreation.ideas.models.idea import AuthorKind
from cocreation.languages.i18n import speaking
from cocreation.submission.forms.idea import THE_WHOLE_COUNTRY
from tests.browsers import go_on
from tests.senders import SENTENCE, ideas, write

# What is tried is the browser's; the databases have been tried elsewhere.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def where(page: Page) -> tuple[str, str]:
    """Which screen of how many."""
    return page.locator(".where b").inner_text(), page.locator(".where span").inner_text()


def send(page: Page) -> None:
    """Press the button that sends the idea: the one of the last screen."""
    page.locator("[data-screen]:visible button[type=submit]").click()


def test_one_question_at_a_time_and_the_summary_last(cast, page: Page):
    page.goto("/en/ideas/new")
    assert where(page) == ("1", "7")
    expect(page.locator("[data-screen]:visible")).to_have_count(1)
    go_on(page)
    assert where(page) == ("1", "7"), "an idea without words goes nowhere"
    before = page.title()
    assert page.locator("#proposal-wrong").count() == 1
    assert "proposal-wrong" in str(page.locator("[name=proposal]").get_attribute("aria-describedby"))
    expect(page.locator("[name=proposal]")).to_be_focused()
    page.locator("[name=proposal]").fill(SENTENCE)
    expect(page.locator("#proposal-wrong")).to_have_count(0)
    go_on(page)
    expect(page.locator("[name=problem]")).to_be_focused()
    assert page.title() != before
    page.go_back()
    assert where(page) == ("1", "7")
    expect(page.locator("[name=proposal]")).to_have_value(SENTENCE)
    page.go_forward()
    go_on(page, 4)
    page.locator("[name=email]").fill("not an address")
    page.locator("[name=email]").press("Enter")
    assert where(page) == ("6", "7")
    page.locator("[name=email]").fill("nadia@example.org")
    page.locator("[name=email]").press("Enter")
    assert where(page) == ("7", "7")
    summary = page.locator(".summary")
    with speaking("en"):
        chosen = str(THE_WHOLE_COUNTRY), str(AuthorKind.PERSON.label)
    for words in (SENTENCE, *chosen, "nadia@example.org"):
        expect(summary).to_contain_text(words)
    summary.get_by_role("button").first.click()
    page.locator("[name=proposal]").fill(f"{SENTENCE} فورا")
    go_on(page, 6)
    expect(summary).to_contain_text("فورا")
    page.locator("[name=consent]").check()
    send(page)
    page.wait_for_url("**/ideas/sent")
    assert ideas()[0].proposal == f"{SENTENCE} فورا"


def test_a_mistake_opens_its_screen(cast, page: Page):
    page.goto("/en/ideas/new")
    page.locator("[name=proposal]").fill(SENTENCE)
    go_on(page, 5)
    page.locator("[value=association]").check()
    page.locator("[name=email]").fill("nadia@example.org")
    go_on(page)
    page.locator("[name=consent]").check()
    send(page)
    expect(page.locator("#errors")).to_be_focused()
    assert where(page) == ("6", "7")
    page.locator("[data-back]").click()
    page.locator("#errors a").click()
    expect(page.locator("[name=name]")).to_be_focused()


def test_similar_ideas_come_while_one_writes(cast, page: Page):
    write(cast, proposal=SENTENCE)
    page.goto("/en/ideas/new")
    page.locator("[name=proposal]").fill(f"{SENTENCE} ونصف")
    expect(page.locator("#similar a[href$='/ideas/2026-1#support']")).to_be_visible()
    page.locator("#similar a[href='#problem']").click()
    expect(page.locator("[name=problem]")).to_be_focused()


def test_files_that_would_be_refused_are_said_so_before_they_travel(cast, page: Page):
    page.goto("/en/ideas/new")
    page.locator("[name=proposal]").fill(SENTENCE)
    go_on(page, 4)
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"} for n in range(6)]
    page.locator("[type=file]").set_input_files(files)
    go_on(page)
    assert where(page) == ("5", "7")
    page.locator("[type=file]").set_input_files(files[:5])
    go_on(page)
    assert where(page) == ("6", "7")


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_each_screen_fits_a_phone_and_is_axe_clean(cast, page: Page, lang):
    write(cast, proposal=SENTENCE)
    page.goto(f"/{lang}/ideas/new")
    page.add_script_tag(url="/static/vendor/axe.min.js")
    page.locator("[name=proposal]").fill(SENTENCE)
    page.locator("#similar section").wait_for()
    page.locator("[name=email]").evaluate("field => { field.value = 'a@example.org' }")
    for screen in range(7):
        if screen:
            go_on(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, screen
        faults = page.evaluate(
            "axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.target)))"
        )
        assert faults == [], screen
