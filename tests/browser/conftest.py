"""What the tests in a browser share."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page

from tests.cast import Cast
from tests.stage import Stage


@pytest.fixture
def stage(app: Flask, cast: Cast, page: Page, tmp_path: Path) -> Stage:
    page.on("dialog", Dialog.accept)
    return Stage(app, page, tmp_path / "mail")
