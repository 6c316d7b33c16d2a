"""A full disk: nothing is half written, what is there can be read, and all goes on once there is room."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.forms import fill
from tests.senders import ideas


@pytest.fixture
def full(app):
    """Keep SQLite's file from growing; returns how to end that."""
    if app.extensions["engine"].dialect.name != "sqlite":
        pytest.skip("PostgreSQL stops by itself where its disk is full")

    def hold(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # never less than there are

    def let_go(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

    event.listen(Engine, "begin", hold)

    def end() -> None:
        event.remove(Engine, "begin", hold)
        event.listen(Engine, "begin", let_go)

    yield end
    if event.contains(Engine, "begin", let_go):
        event.remove(Engine, "begin", let_go)
    else:
        event.remove(Engine, "begin", hold)


def test_a_full_disk_takes_nothing_half_and_loses_nothing(cast, client, full):
    typed = {"proposal": "Une phrase. " * 400, "email": "a@b.org", "consent": "y"}
    statuses = [fill(client, "/en/ideas/new", **typed).status_code for _time in range(30)]
    refused = [status for status in statuses if status >= 500]
    assert refused
    taken = statuses.count(302)
    assert len(ideas()) == taken
    assert client.get("/en/ideas/new").status_code == 200
    full()
    assert fill(client, "/en/ideas/new", **typed).status_code == 302
    assert len(ideas()) == taken + 1
