"""Redis goes and comes back: limits hold all the while, and no page breaks."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import redis

from tests.web.conftest import trial

SERVER = shutil.which("redis-server")


@contextmanager
def serving(port: int, folder: Path) -> Iterator[None]:
    """A Redis of our own for as long as the block lasts."""
    assert SERVER
    process = subprocess.Popen(
        [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: redis.Redis(port=port).ping())
        yield
    finally:
        process.kill()
        process.wait()


def wait_until(holds) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            if holds():
                return
        except redis.RedisError:
            pass
        assert time.monotonic() < end, "it did not come about within 20 s"
        time.sleep(0.05)


@pytest.fixture
def port() -> int:
    if SERVER is None:
        warnings.warn("redis-server is not installed: limits without Redis are NOT tried", stacklevel=1)
        pytest.skip("redis-server is not installed")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


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


def test_limits_hold_while_redis_goes_and_comes_back(counted, port, tmp_path):
    store = redis.Redis(port=port)
    with serving(port, tmp_path):
        assert [sent(counted) for _ in range(3)] == [200, 200, 429]
        assert store.keys(), "it is Redis that counts"
    started = time.monotonic()
    assert [sent(counted) for _ in range(3)] == [200, 200, 429], "the process counts for itself, from nothing"
    assert counted.get("/fr/about").status_code == 200
    assert time.monotonic() - started < 5, "nobody waits for what is away"
    with serving(port, tmp_path):  # as empty as one that was started anew
        wait_until(lambda: sent(counted) and store.keys())
        assert [sent(counted) for _ in range(3)][-1] == 429, "Redis counts again"


def test_it_starts_without_redis(counted):
    assert [sent(counted) for _ in range(3)] == [200, 200, 429]


def test_a_redis_that_hangs_is_away_too(counted, port):
    """It takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", port))):
        started = time.monotonic()
        assert [sent(counted) for _ in range(3)] == [200, 200, 429]
        assert time.monotonic() - started < 10
