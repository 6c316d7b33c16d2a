"""Redis goes and comes back: limits hold all the while, and no page breaks."""

from __future__ import annotations

import shutil
import socket
import time
from contextlib import closing

import pytest
from redis import Redis as Client

from cocreation.web.access import access, anyone
from cocreation.web.limits import limit
from tests.processes import Redis, free_port, until
from tests.web.conftest import trial

meanwhile: list = []


@trial.post("/counted-after")
@access(anyone)
@limit("2 per minute", deduct_when=lambda answer: answer.status_code == 200)
def counted_after():
    if meanwhile:
        meanwhile.pop()()
    return "done"


@pytest.fixture
def port(request) -> int:
    """Where Redis is, when a test has one, or would be."""
    return request.getfixturevalue("redis").port if "redis" in request.fixturenames else free_port()


@pytest.fixture
def counted(port, sqlite_template, tmp_path):
    """A browser at an application that counts in the Redis of `port`."""
    from cocreation.app import create_app
    from cocreation.core.database import session
    from cocreation.web.limits import limiter

    path = shutil.copyfile(sqlite_template, tmp_path / "cocreation.sqlite3")
    app = create_app(
        database_url=f"sqlite:///{path}",
        secret_key="for tests only",
        mail_url=f"file:{tmp_path / 'mail'}",
        redis_url=f"redis://127.0.0.1:{port}/0",
        rate_limits=True,
        testing=True,
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.register_blueprint(trial)
    yield app.test_client()
    session.remove()
    app.extensions["engine"].dispose()
    limiter.enabled = False


def sent(client) -> int:
    return client.post("/fr/trial/often").status_code


def test_limits_hold_while_redis_goes_and_comes_back(redis: Redis, counted):
    store = Client(port=redis.port)
    assert [sent(counted) for _ in range(3)] == [200, 200, 429]
    assert store.keys(), "it is Redis that counts"
    redis.stop()
    started = time.monotonic()
    assert [sent(counted) for _ in range(3)] == [200, 200, 429], "the process counts for itself, from nothing"
    assert counted.get("/fr/about").status_code == 200
    assert time.monotonic() - started < 5, "nobody waits for what is away"
    redis.start()  # as empty as one that was started anew
    until(lambda: sent(counted) and store.keys())
    assert [sent(counted) for _ in range(3)][-1] == 429, "Redis counts again"


def test_redis_goes_before_an_answer_is_counted(redis: Redis, counted):
    meanwhile.append(redis.stop)
    assert [counted.post("/fr/trial/counted-after").status_code for _ in range(3)] == [200, 200, 200]
    assert counted.post("/fr/trial/counted-after").status_code == 429, "all but the one meanwhile are counted"


def test_it_starts_without_redis(counted):
    assert [sent(counted) for _ in range(3)] == [200, 200, 429]


def test_a_redis_that_hangs_is_away_too(counted, port):
    """It takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", port))):
        started = time.monotonic()
        assert [sent(counted) for _ in range(3)] == [200, 200, 429]
        assert time.monotonic() - started < 10
