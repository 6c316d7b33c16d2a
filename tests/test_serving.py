"""The real thing: deploy/serve, as `make run` starts it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.processes import until

ROOT = Path(__file__).resolve().parents[1]


def test_serves_a_filled_platform_starts_again_what_ended_and_stops_when_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'cocreation.sqlite3'}",
        "MAIL_URL": f"file:{tmp_path / 'mail'}",
        "SECRET_KEY": "for tests only",
        "PORT": str(port),
    }
    log = tmp_path / "log"
    with log.open("wb") as output:
        serving = subprocess.Popen(
            [ROOT / "deploy" / "serve"],
            env=os.environ | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        assert b"ready" in _first_answer(f"http://127.0.0.1:{port}/ready", serving), log.read_text()
        for what in ("gunicorn", "worker"):
            killed = until(lambda what=what: _running(serving.pid, what))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            until(lambda what=what, killed=killed: _running(serving.pid, what) - killed)
        assert b"ready" in _first_answer(f"http://127.0.0.1:{port}/ready", serving), log.read_text()
        assert serving.poll() is None
    finally:
        serving.terminate()
        serving.wait(timeout=30)
    assert not _still_there(serving.pid), "web or worker outlived what started them"


@pytest.mark.parametrize(("demo", "has_contact"), [("yes", True), ("no", False)])
def test_only_the_demonstration_has_an_invented_secretariat(
    tmp_path: Path, demo: str, has_contact: bool
) -> None:
    (tmp_path / "deploy").mkdir()
    serve = shutil.copy(ROOT / "deploy" / "serve", tmp_path / "deploy")
    command = tmp_path / ".venv" / "bin" / "flask"  # writes down with what it was called, and goes no further
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\nenv > called\nexit 1\n")
    command.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CONTACT_")}
    environment |= {"PRODUCTION": "no", "DEMO": demo}
    assert subprocess.run([serve], env=environment, cwd=tmp_path, check=False).returncode == 1
    assert ("CONTACT_PHONE=" in (tmp_path / "called").read_text()) is has_contact


def _first_answer(address: str, serving: subprocess.Popen[bytes]) -> bytes:
    """What it says once it listens; nothing when it gave up or took more than two minutes."""
    until = time.monotonic() + 120
    while serving.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=10) as answer:
                return answer.read()
        except OSError:  # nobody listens yet, or the web is still loading behind its door
            time.sleep(0.2)
    return b""


def _running(group: int, what: str) -> set[int]:
    """The processes of what was started whose command line has `what` in it."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if os.getpgid(int(folder.name)) == group and command[0].endswith(b"python"):
                found |= (
                    {int(folder.name)} if any(part.endswith(what.encode()) for part in command) else set()
                )
    return found


def _still_there(group: int) -> bool:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
