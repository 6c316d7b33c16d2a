"""What every test may ask for. Application code is imported late: tests of pure rules need none of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.application import running
from tests.cast import Cast

if TYPE_CHECKING:  # pytest imports its plugins itself
    from tests.databases import Database

gc.disable()  # until all tests are collected: all that is loaded for them stays

pytest_plugins = [
    "tests.edited",
    "tests.selection",
    "tests.databases",
    "tests.processes",
    "tests.browsers",
    "tests.seeded",
    "tests.staffed",
    "tests.meeting_day",
]


@pytest.fixture
def app(given_database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database as if it were new, its mails in a folder of this test's own."""
    with running(given_database.url, tmp_path, given_database.connection) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def now() -> Iterator[datetime]:
    """The clock, held at a moment inside the intake phase of the cast's cycle."""
    from cocreation.core import clock

    with clock.frozen(datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) as moment:
        yield moment


@pytest.fixture
def cast(app: Flask, given_database: Database, now: datetime) -> Cast:
    """The usual people and things (tests/cast.py), in the database."""
    return given_database.cast_of(app)


def pytest_report_header() -> list[str]:
    """What the tests stand on, since a browser or a server of another day may behave in another way."""
    from tests.processes import CHROMIUM, version

    return ["stands on: " + ", ".join(filter(None, map(version, (CHROMIUM, "nginx", "redis-server"))))]


def pytest_configure() -> None:
    """Examples take as long as they take: how busy the machine is says nothing of what they try."""
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """What is there by now stays until the end, so nobody looks through it for garbage again, and what tests
    leave is looked for less often: a seventh of their time went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How well search finds what was labelled, said at the end of every run that tried it."""
    passed = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [said for report in passed for name, said in report.user_properties if name == "search"]
    if lines:
        terminalreporter.section("search: labelled queries")
        for line in dict.fromkeys(lines):
            terminalreporter.line(line)
