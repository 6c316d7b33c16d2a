"""A real server and a real browser, a cheap phone's size unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from cocreation.accounts.models import Person
from tests.cast import sign_in
from tests.processes import CHROMIUM

PHONE = {"width": 390, "height": 844}
# Letters as wide as on a screen: without a window, hinting would round the width of each.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
QUIET += ["--font-render-hinting=none"]


@pytest.fixture
def live_server(app: Flask, database_url: str) -> Iterator[str]:
    """The address of the application, whose threads have to see each other in its database."""
    with served(app) as address:
        yield address


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve `app` by threads of this process, so that `now` holds there too; its address.

    tests/test_serving.py tries the real thing, gunicorn and worker, once.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    server.daemon_threads = False  # closing waits for the last answer, before its database is gone
    address = f"http://127.0.0.1:{server.port}"
    app.extensions["settings"] = replace(app.extensions["settings"], base_url=address)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as in production
    timeout = 30  # seconds; none of them outlives its test for longer

    def log(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A phone's page."""
    with phone(browser, live_server) as context:
        yield context.new_page()


@contextmanager
def phone(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A phone at `address`. It may load nothing from elsewhere, break no policy and raise no error."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(request.url)

    given = {"base_url": address, "viewport": PHONE, "has_touch": True, "is_mobile": True, **options}
    context = browser.new_context(**given)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", said)
    context.on("request", asked)
    yield context
    context.close()
    assert not faults


def enter(context: BrowserContext, app: Flask, person: Person) -> None:
    """Sign `person` in, in this browser, in place of who was."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    value = signer.dumps({"_user_id": sign_in(person), "_fresh": True})
    name = app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])


def go_on(page: Page, screens: int = 1) -> None:
    """To the next screen of a form that asks one question on each."""
    for _ in range(screens):
        page.locator("[data-next]").click()
