"""A real server and a real browser, a cheap phone's size unless a test says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

PHONE = {"width": 390, "height": 844}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the application, served by threads of this process so that `now` holds there too.

    tests/test_serving.py tries the real thing, gunicorn and worker, once.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    address = f"http://127.0.0.1:{server.port}"
    app.extensions["settings"] = replace(app.extensions["settings"], base_url=address)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as in production

    def log(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=arguments
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A phone's page. It may load nothing from elsewhere, break no policy and raise no error."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context = browser.new_context(base_url=live_server, viewport=PHONE, has_touch=True, is_mobile=True)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", said)
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server, "data:", "blob:")) else faults.append(request.url)
        ),
    )
    yield context.new_page()
    context.close()
    assert not faults
