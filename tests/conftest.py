"""What every test may ask for. Application code is imported late: tests of pure rules need none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from tests.cast import Cast, make

pytest_plugins = ["tests.databases", "tests.browsers", "tests.seeded"]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all the applications of a worker."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database_url: str, tmp_path: Path, compiled: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on a database of this test's own, its mails in a folder of this test's own."""
    from cocreation.app import create_app
    from cocreation.core.database import session

    # No context is pushed: requests would share it, and with it who is signed in.
    app = create_app(
        database_url=database_url,
        secret_key="for tests only",
        mail_url=f"file:{tmp_path / 'mail'}",
        register_key=str(tmp_path / "register_key.pem"),
        rate_limits=False,
        testing=True,
    )
    app.jinja_env.bytecode_cache = compiled
    yield app
    session.remove()
    app.extensions["engine"].dispose()


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
def cast(app: Flask, now: datetime) -> Cast:
    """The usual people and things (tests/cast.py), in the database."""
    return make(app)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How well search finds what was labelled, said at the end of every run that tried it."""
    passed = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [said for report in passed for name, said in report.user_properties if name == "search"]
    if lines:
        terminalreporter.section("search: labelled queries")
        for line in dict.fromkeys(lines):
            terminalreporter.line(line)
