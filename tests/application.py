"""The application in tests: put together once a process, put on a database for as long as a test lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Connection, Engine, event, make_url


def assemble() -> Flask:
    """An application with all its rooms, on no database yet."""
    from cocreation.accounts import services as accounts
    from cocreation.app import create_app

    # Hundreds are tried; what one costs in earnest is tried in tests/accounts/test_costs.py.
    accounts.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return create_app(**_given("sqlite://", Path("/nowhere")))


# Compiling the addresses of all rooms takes longer than most tests do.
assembled = cache(assemble)


@contextmanager
def running(url: str, folder: Path, connection: Connection | None = None) -> Iterator[Flask]:
    """The application on the database at `url`, its mails and its key in `folder`.

    With a `connection` to that database, its transactions are savepoints in the one that is open there.
    """
    from cocreation.core.database import session
    from cocreation.core.settings import Settings
    from cocreation.web.limits import limiter

    # No context is pushed: requests would share it, and with it who is signed in.
    app = assembled()
    engine, config = on(url), dict(app.config)
    session.remove()
    session.configure(bind=connection or engine, join_transaction_mode="create_savepoint")
    app.extensions.update(engine=engine, settings=Settings.read(**_given(url, folder)))
    limiter.enabled = False  # there is one for all applications: a test of limits has turned it on
    try:
        yield app
    finally:
        session.remove()
        engine.dispose()
        app.config.update(config)


def on(url: str) -> Engine:
    """The engine of the kind of database at `url`, from now on connecting to this one.

    An engine for each test would compile every statement anew in every test.
    """
    engine, database = _engine(make_url(url).get_backend_name())
    database["url"] = url
    return engine


@cache
def _engine(backend: str) -> tuple[Engine, dict[str, str]]:
    from cocreation.core.database import make_engine

    engine = make_engine(f"{backend}:///elsewhere")  # a file, since SQLite pools differently in memory
    engine.update_execution_options(compiled_cache={})  # has no end, where the one of its own holds 500
    database: dict[str, str] = {}

    def redirect(dialect: Any, _record: Any, args: list[Any], options: dict[str, Any]) -> None:
        args[:], given = dialect.create_connect_args(make_url(database["url"]))
        options.update(given)

    event.listen(engine, "do_connect", redirect)
    return engine, database


def _given(url: str, folder: Path) -> dict[str, Any]:
    return {
        "database_url": url,
        "secret_key": "for tests only",
        "mail_url": f"file:{folder / 'mail'}",
        "register_key": str(folder / "register_key.pem"),
        "rate_limits": False,
        "testing": True,
    }
