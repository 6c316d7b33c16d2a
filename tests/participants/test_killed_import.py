"""An import whose process is killed outright writes nothing; done again, it writes all, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.meeting_day import registrations, sheet
from tests.processes import ROOT
from tests.selection import crowd

PEOPLE = crowd(600, 150)
HEADERS = ["الاسم الكامل", "البريد الإلكتروني"]

# The real command, whose process dies in the middle of its writing: by SIGKILL, at the statement it is told.
COMMAND = """
import os, signal, sys
from sqlalchemy import Engine, event
from flask.cli import main
left = [int(sys.argv.pop(1))]

def count(connection, cursor, statement, *_):
    left[0] -= statement.lstrip().upper().startswith("INSERT")
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", count)
if sys.argv[1] == "commit":
    event.listen(Engine, "commit", lambda connection: os.kill(os.getpid(), signal.SIGKILL))
sys.argv = ["flask", "--app", "wsgi", "import", "participants", *sys.argv[2:]]
main()
"""


@pytest.fixture
def run(cast, database_url, tmp_path):
    """The import as a process of its own, killed at its n-th insert (-1: never), or as it commits."""
    people = [[f"مشارك رقم {number}", f"p{number}@example.org"] for number in range(PEOPLE)]
    path = sheet(tmp_path, HEADERS, *people)
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "for tests only",
        "MAIL_URL": f"file:{tmp_path}",
        "REGISTER_KEY": str(tmp_path / "register_key.pem"),
    }

    def run(at: int, when: str = "any"):
        script = [sys.executable, "-c", COMMAND, str(at), when, str(path), "--meeting", "OR1"]
        return subprocess.run(script, env=environment, cwd=ROOT, capture_output=True, check=False)

    return run


def names():
    return sorted(registration.name for registration in registrations())


def test_nothing_of_it_or_all_of_it(run):
    for at, when in ((1, "any"), (2, "any"), (-1, "commit")):
        assert run(at, when).returncode == -signal.SIGKILL
        assert names() == []
    done = run(-1)
    assert done.returncode == 0, done.stderr
    assert names() == sorted(f"مشارك رقم {number}" for number in range(PEOPLE))
    assert run(-1).returncode == 0
    assert len(names()) == PEOPLE
