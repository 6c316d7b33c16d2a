"""`make screenshot`: the pictures of the README, taken of the demonstration cycle by a real browser."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.browsers import PHONE, QUIET, Silent
from tests.processes import CHROMIUM

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    from cocreation.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite3"
        app = create_app(
            database_url=url, secret_key="pictures", mail_url=f"file:{folder}", rate_limits=False
        )
        for words in (["db", "upgrade"], ["seed", "demo"]):
            result = app.test_cli_runner().invoke(args=words)
            assert result.exit_code == 0, result.output
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
        Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.port}", reference(app))
        server.shutdown()


def reference(app) -> str:
    """An idea that was said in a workshop and went into the plan."""
    from cocreation.core.database import session
    from cocreation.ideas.models.idea import Idea, Origin
    from cocreation.reasons.models import Fate

    with app.app_context():
        asked = select(Idea.reference).where(Idea.origin == Origin.WORKSHOP, Idea.fate == Fate.INCLUDED)
        found = session.scalar(asked.order_by(Idea.id).limit(1))
        session.remove()
    return found


def take(address: str, idea: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        wide = browser.new_page(base_url=address, viewport={"width": 1280, "height": 860})
        for name, path in {"home": "/ar/", "idea": f"/ar/ideas/{idea}"}.items():
            wide.goto(path)
            wide.screenshot(path=IMAGES / f"{name}.png")
        phone = browser.new_page(base_url=address, viewport=PHONE)
        for name, path in {"phone": "/ar/", "meeting": "/ar/meetings/SM1"}.items():
            phone.goto(path)
            phone.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
