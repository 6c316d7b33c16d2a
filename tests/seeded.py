"""The demonstration as everyone first sees it, for tests that only read: seeded once, on PostgreSQL once a
worker.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from tests.application import running
from tests.databases import ENGINES, clone, made_once

# A Tuesday outside Ramadan; the seeded calendar counts from it.
SEEDED = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", params=ENGINES)
def seeded_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with the demonstration of the day of `SEEDED`. Nobody writes to it."""
    if request.param == "sqlite":
        empty = request.getfixturevalue("sqlite_template")
        path = made_once(tmp_path_factory, "demonstration.sqlite3", partial(_copy, empty))
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    with clone(server, request.getfixturevalue("postgresql_template")) as url:
        yield _seeded(url, tmp_path_factory.mktemp("seeded"))


@pytest.fixture
def demonstration(seeded_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on that database, its clock held."""
    from cocreation.core import clock

    with clock.frozen(SEEDED), running(seeded_url, tmp_path) as app:
        yield app


@pytest.fixture
def own_demonstration(request: pytest.FixtureRequest, seeded_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The same on a copy of that database, for a test that writes."""
    from cocreation.core import clock

    with ExitStack() as stack:
        parsed = make_url(seeded_url)
        if parsed.get_backend_name() == "sqlite":
            url = f"sqlite:///{shutil.copyfile(str(parsed.database), tmp_path / 'own.sqlite3')}"
        else:
            server = request.getfixturevalue("postgresql")
            url = stack.enter_context(clone(server, str(parsed.database)))
        stack.enter_context(clock.frozen(SEEDED))
        yield stack.enter_context(running(url, tmp_path))


def seed(app: Flask, *options: str) -> str:
    """`flask seed demo`; what it prints."""
    from cocreation.core import clock
    from cocreation.core.database import session

    with clock.frozen(SEEDED):
        done = app.test_cli_runner().invoke(args=["seed", "demo", *options])
    session.remove()
    assert done.exit_code == 0, done.output
    return done.output


def _copy(empty: Path, path: Path) -> None:
    shutil.copyfile(empty, path)
    _seeded(f"sqlite:///{path}", path.parent)


def _seeded(url: str, folder: Path) -> str:
    with running(url, folder) as app:
        seed(app)
    return url
