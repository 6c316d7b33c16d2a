"""A backup whose disk fills or that is killed leaves nothing under its name but a whole one."""

from __future__ import annotations

import resource
import shutil
import subprocess

import pytest

from tests.processes import PROGRAMS, ROOT, Platform, until


@pytest.fixture
def machine(tmp_path, sqlite_template, keys):
    database = tmp_path / "machine.sqlite3"
    shutil.copyfile(sqlite_template, database)
    settings = {"BACKUP_RECIPIENT": keys[0], "BACKUP_DIRECTORY": str(tmp_path / "backups")}
    (tmp_path / "backups").mkdir()
    return Platform(f"sqlite:///{database}", tmp_path, web=False, worker=False, **settings)


@pytest.mark.parametrize("most", [50_000, 1_210_000], ids=["of the database", "of the backup"])
def test_a_full_disk_leaves_no_half_file(machine, tmp_path, most):
    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    if most > 1_000_000:  # what is random is not compressed: the sealed file is larger than the database
        import os
        import sqlite3

        with sqlite3.connect(tmp_path / "machine.sqlite3") as database:
            database.execute("CREATE TABLE ballast (content BLOB)")
            database.execute("INSERT INTO ballast VALUES (?)", [os.urandom(1_000_000)])
            database.commit()
        most = (tmp_path / "machine.sqlite3").stat().st_size
    done = machine.command("backup", preexec_fn=fill_the_disk)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_killed_one_leaves_nothing_under_its_name_and_the_next_clears_up(machine, tmp_path, keys):
    folder = tmp_path / "backups"
    running = subprocess.Popen([PROGRAMS / "flask", "--app", "wsgi", "backup"], cwd=ROOT, env=machine.env)
    until(lambda: list(folder.glob(".backup-*")) or running.poll() is not None, every=0.001)
    running.kill()
    running.wait()
    for backup in folder.glob("*.age"):  # it was quicker than we were
        assert machine.command("backup", "try", str(backup), "--identity", str(keys[1])).returncode == 0
    done = machine.command("backup", str(folder / "after.age"))
    assert done.returncode == 0, done.stderr
    assert list(folder.glob(".backup-*")) == []
    assert (folder / "after.age").exists()
