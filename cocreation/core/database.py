"""The database: one session a thread, the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    Enum,
    Insert,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core.errors import NotFound

# Names of constraints are given, so that migrations can drop them on both databases.
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Translated(dict[str, str]):
    """A text in several languages: `{"ar": …, "fr": …}`; a missing one falls back visibly."""

    def best(self, code: str, falls_back: tuple[str, ...] = ()) -> tuple[str, str]:
        """The text and the code of the language it is in: `code`, or else the first there is."""
        for language in (code, *falls_back, *self):
            if self.get(language):
                return self[language], language
        return "", code


class TranslatedText(TypeDecorator[Translated]):
    # No text is NULL, not the JSON null that a constraint would take for a text.
    impl = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: object) -> dict[str, str] | None:
        return None if value is None else {code: text for code, text in value.items() if text}

    def process_result_value(self, value: dict[str, str] | None, dialect: object) -> Translated | None:
        return None if value is None else Translated(value)


Json = JSON().with_variant(postgresql.JSONB(), "postgresql")


def choice(enum: type) -> Enum:
    """A column of an enumeration, kept by value as text, so that adding one needs no migration of types."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, Translated: TranslatedText}


session: scoped_session[Session] = scoped_session(sessionmaker(expire_on_commit=False))

# On SQLite, whether the next transaction of this context will write: it then takes the write lock
# at BEGIN, since SQLite ignores FOR UPDATE and a lock taken half-way may find it gone.
_will_write: ContextVar[bool] = ContextVar("will_write", default=True)


def reading() -> None:
    """Say that the transaction to come only reads."""
    _will_write.set(False)


def writing() -> None:
    """Say that the transaction to come writes."""
    _will_write.set(True)


@contextmanager
def only_reading() -> Iterator[None]:
    """What begins inside the block only reads, and waits for nobody who writes."""
    token = _will_write.set(False)
    try:
        yield
    finally:
        _will_write.reset(token)


# PostgreSQL plans each statement for the values it comes with, since the way to the latest ideas of a region
# is not the same for a frequent one and a rare one; it does not compile what runs for some milliseconds; and
# it takes an index that leads to the very rows for what it costs where the data is in memory or on an SSD.
PLANNING = "-c plan_cache_mode=force_custom_plan -c jit=off -c random_page_cost=1.1"


PATIENCE = 30  # seconds to wait for SQLite's lock, which one transaction holds at a time
KNOCKING = 5  # seconds to wait for a PostgreSQL server to answer, else it is away
# A server that is gone without a word (its machine stopped, the network cut) is found out in half a minute;
# left to the system, each thread that asked it would wait for a quarter of an hour.
VANISHED = {
    "tcp_user_timeout": 20_000,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
WAITING_FOR_ONE = 10  # seconds to wait for one of the pool's connections

# What SQLite says of a file that cannot be used now, as against a statement that is wrong.
_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


def is_away(error: BaseException) -> bool:
    """Whether `error` says that the database cannot be asked now (gone, starting, held, full), rather than
    that it was asked wrongly: the same thing may work in a moment.
    """
    if isinstance(error, PoolTimeout | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # without what an extended code adds
        return code in _SQLITE_AWAY
    return error.connection_invalidated or isinstance(error, OperationalError)


def connect(url: str) -> Engine:
    """Open the database at `url` and bind the session to it."""
    engine = make_engine(url)
    session.remove()
    session.configure(bind=engine)
    return engine


def make_engine(url: str) -> Engine:
    """An engine for sqlite:///path or postgresql://…, behaving alike."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            with suppress(OSError):  # whoever uses it is told in a sentence (core.installation)
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=8,
        pool_timeout=WAITING_FOR_ONE,
        pool_pre_ping=True,  # a connection the server has dropped is found out before it is used
        connect_args={"options": PLANNING, "connect_timeout": KNOCKING, **VANISHED},
    )
    event.listen(engine, "handle_error", _say_no_values)
    return engine


def _say_no_values(context: ExceptionContext) -> None:
    """PostgreSQL repeats the values of a row it refuses ("Key (email)=(…) already exists"): not in a log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would leak savepoints
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={int(PATIENCE * 1000)}",
        "secure_delete=ON",  # what is erased is overwritten, not only let go
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _will_write.get() else "BEGIN")


Row = TypeVar("Row", bound=Base)


def lock(model: type[Row], key: object, *options: ORMOption) -> Row:
    """The row of `model` with this primary key, fresh and locked until the transaction ends.

    Raises NotFound. `populate_existing` because PostgreSQL would otherwise leave stale attributes.
    """
    column = model.__mapper__.primary_key[0]
    statement = select(model).where(column == key).with_for_update(of=model).options(*options)
    rows = session.scalars(statement.execution_options(populate_existing=True))
    return found(rows.unique().one_or_none())


def lock_name(name: str) -> None:
    """Let whoever comes with the same `name` wait until the transaction ends, also where there is no row of
    it. On SQLite whoever writes waits for each other anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def insert_new(model: type[Base]) -> Insert:
    """An insert into the table of `model` that leaves out a row whose unique values are there already."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model).on_conflict_do_nothing()
    return sqlite.insert(model).on_conflict_do_nothing()


def found(row: Row | None) -> Row:
    """The row, or NotFound when there is none."""
    if row is None:
        raise NotFound
    return row
