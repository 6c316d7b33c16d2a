"""Bring a database to the shape the code expects.

Alembic is imported by what changes a shape: a page has no use for it, and would start later.
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from cocreation.core.settings import ROOT

if TYPE_CHECKING:
    from alembic.config import Config


def is_compared(item: Any, name: str | None, kind: str, *_: object) -> bool:
    """Whether what the database has is compared with what the models say, as Alembic asks of each thing."""
    table = "" if kind == "table" else item.table.name
    return (kind, name, table) not in BY_HAND


def _config(url: str) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


STANDS_ON = re.compile(
    r'^revision = "(?P<revision>\w+)"\n.*?^down_revision = (?:"(?P<on>\w+)"|None)', re.MULTILINE | re.DOTALL
)
# The index of searchable words is made by hand, each database in its own way: a virtual table of SQLite with
# the tables in which it keeps itself, a column of PostgreSQL with its index.
BY_HAND = {
    *(("table", f"ideas_words{part}", "") for part in ("", "_config", "_data", "_docsize", "_idx")),
    ("column", "words", "ideas"),
    ("index", "ix_ideas_words", "ideas"),
}
ALONE = 6_010_101  # the number of our advisory lock; any that nobody else takes would do


@contextmanager
def alone(url: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep every other process that changes the shape of this database out while the block lasts; the second
    one waits, after `waiting` was called, and then finds it done.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            yield
            return
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f"{path.name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    engine = create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": ALONE}):
            waiting()
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": ALONE})
        yield  # the lock ends with its connection, however that ends


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at, None for one that was never made."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def head() -> str:
    """The revision this code expects."""
    (last,) = revisions().keys() - revisions().values()
    return last


@cache
def revisions() -> dict[str, str]:
    """Every revision this code knows, with the one it stands on. Read from the files: Alembic runs them."""
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    found = (STANDS_ON.search(file.read_text()) for file in files)
    return {row["revision"]: row["on"] or "" for row in found if row}


def upgrade(url: str, revision: str = "head") -> None:
    """Apply the migrations up to `revision` to the database at `url`."""
    from alembic import command

    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Undo the migrations back to `revision`; "base" leaves an empty database."""
    from alembic import command

    command.downgrade(_config(url), revision)


def revise(url: str, message: str) -> None:
    """Write a new migration from what the models say and the database at `url` does not."""
    from alembic import command

    command.revision(_config(url), message=message, autogenerate=True)
