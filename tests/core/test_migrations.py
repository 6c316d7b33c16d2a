"""The shape of the database: up, down, up again; and the same as the models say."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import cocreation
from cocreation.core import audit, migrate, outbox
from cocreation.core.database import make_engine
from cocreation.tables import METADATA


@pytest.fixture
def engine(database_url):
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def tables(engine):
    return set(inspect(engine).get_table_names())


def test_down_to_nothing_and_up_again(engine, database_url):
    before = tables(engine)
    assert {
        "ideas",
        "register",
        "outbox",
        audit.AuditEntry.__tablename__,
        outbox.Mail.__tablename__,
    } <= before
    with engine.begin() as connection:
        connection.execute(text("delete from communes"))
        connection.execute(text("delete from provinces"))
        connection.execute(text("delete from regions"))
    migrate.downgrade(database_url, "base")
    assert tables(engine) <= {"alembic_version"}
    migrate.upgrade(database_url)
    assert tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("select number, hash from register_head")).all() == [(0, "0" * 64)]


def differences(engine):
    """What `flask db revise` would write a migration for."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": migrate.is_compared})
        return compare_metadata(context, METADATA)


def test_the_models_and_the_migrations_say_the_same(engine):
    assert differences(engine) == []


def test_what_is_only_named_like_the_index_of_words_is_compared(engine):
    with engine.begin() as connection:
        connection.execute(text("create table words (id integer)"))
        connection.execute(text("create table words_of_the_day (id integer)"))
        connection.execute(text("create table ideas_words_kept (words integer)"))
        connection.execute(text("alter table cycles add column words text"))
        connection.execute(text("create index ix_ideas_words_of_cycles on cycles (words)"))
    assert {(act, getattr(found[-1], "name", "")) for act, *found in differences(engine)} == {
        ("remove_table", "words"),
        ("remove_table", "words_of_the_day"),
        ("remove_table", "ideas_words_kept"),
        ("remove_column", "words"),
        ("remove_index", "ix_ideas_words_of_cycles"),
    }


def test_every_table_stands_in_the_list_of_tables():
    for module in pkgutil.walk_packages(cocreation.__path__, "cocreation."):
        importlib.import_module(module.name)
    alone = "from cocreation.tables import METADATA; print(*sorted(METADATA.tables))"
    listed = subprocess.run([sys.executable, "-c", alone], capture_output=True, text=True, check=True)
    assert listed.stdout.split() == sorted(METADATA.tables)


@pytest.mark.parametrize("act", ["update register set content = 'x'", "delete from register"])
def test_the_database_itself_refuses_to_change_the_register(engine, act):
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into register (number, at, content, previous, hash)"
                " values (1, '2026-03-10 09:00:00', '{}', 'p', 'h')"
            )
        )
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text(act))
