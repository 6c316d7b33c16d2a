"""The one telephone on which everybody plays their part, one after the other."""

from __future__ import annotations

import os
import re
from email.message import EmailMessage
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect

from cocreation.accounts.models import Person
from cocreation.cli import send_mails
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from tests.browsers import enter, go_on


class Stage:
    """The one telephone that everybody uses in turn."""

    def __init__(self, app: Flask, page: Page, mails: Path) -> None:
        self.app, self.page, self.mails = app, page, mails

    def enter(self, person: Person | None) -> None:
        """Whoever comes now; None is a visitor."""
        self.page.context.clear_cookies()
        if person:
            enter(self.page.context, self.app, person)

    def send(self, form: str = "main form[method=post]") -> None:
        """Press the button that sends a form, not one that keeps it for later, saying yes where it asks; what
        follows is a page without errors.
        """
        button = self.page.locator(f"{form} [type=submit]:not([formnovalidate])").last
        if (asks := self.page.locator("details.asks:not([open])", has=button)).count():
            asks.last.locator("summary").click()  # what cannot be undone opens its question first
        with self.page.expect_navigation():
            button.click()
        if (yes := self.page.locator("#asked [name=confirmed]").first).count():
            with self.page.expect_navigation():
                yes.click()
        expect(self.page.locator("#errors")).to_have_count(0)

    def look(self, name: str) -> None:
        """A picture of the page as it is, in the folder `LOOKS` when there is one (docs/architecture.md)."""
        if folder := os.environ.get("LOOKS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def follow(self, link: str) -> None:
        self.page.locator(f"main a[href$='{link}']").first.click()

    def fill(self, **values: str) -> None:
        for name, words in values.items():
            self.page.locator(f"main [name='{name.replace('_ar', '-ar')}']").fill(words)

    def choose(self, **values: object) -> None:
        for name, value in values.items():
            self.page.locator(f"main select[name='{name}']").select_option(str(value))

    def tick(self, **values: object) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name='{name}'][value='{value}']:not([type=hidden])").check()

    def tick_all_but(self, *references: str) -> None:
        self.page.locator("main a[href*='tick=1']").click()
        for reference in references:
            self.page.locator("li, tbody tr", has=self.page.get_by_text(reference, exact=True)).get_by_role(
                "checkbox"
            ).uncheck()

    def post(self) -> list[EmailMessage]:
        """Send the mails that wait; those that have just gone."""
        for old in self.mails.glob("*.eml"):
            old.unlink()
        send_mails(self.app)
        session.remove()
        return list(mailbox(self.mails))

    def send_an_idea(self, proposal: str, email: str) -> str:
        """The browser works for the right to send, the author confirms from the mail: to the receipt."""
        self.page.goto("/ar/")
        self.follow("/ideas/new")
        self.fill(proposal=proposal)
        go_on(self.page, 5)
        self.fill(email=email)
        go_on(self.page)
        self.page.locator("[name=consent]").check()
        with self.page.expect_request(lambda request: request.method == "POST") as sending:
            self.send("[data-screen]:last-of-type")
        assert re.search(r'name="altcha"\s+ey', sending.value.post_data or "")
        self.page.wait_for_url("**/ideas/sent")
        mail = next(letter for letter in self.post() if letter["To"] == email)
        self.page.goto(re.findall(r"https?://\S+", words(mail))[0])
        self.send()
        expect(self.page.locator(".receipt")).to_be_visible()
        return self.page.url


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())
