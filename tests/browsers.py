"""A real server and a real browser, a cheap phone's size unless a test says otherwise."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PHONE = {"width": 390, "height": 844}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def live_server(app, database_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a server process on this test's database; `app` is there to fill that database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": app.config["SECRET_KEY"],
        "BASE_URL": address,
        "MAIL_URL": f"file:{tmp_path / 'mail'}",
        "RATE_LIMITS": "no",
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    log = tmp_path / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=15)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}/health", timeout=5):
                return
        except URLError:
            time.sleep(0.05)
    pytest.fail(f"The server does not answer:\n{log.read_text()}")


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
