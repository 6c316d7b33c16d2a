"""What is backed up while people write is whole where it is restored, and opens what opened before."""

from __future__ import annotations

import tarfile
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, make_url, select, text

from cocreation.core import backups, clock, migrate
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea
from cocreation.ledger.models import RegisterEntry
from cocreation.upkeep import dumps, seals, services
from cocreation.upkeep.refusals import DumpFailed
from tests.desk import SCREENING, received
from tests.forms import fill
from tests.senders import SENTENCE

PAGES = ("/en/ideas/2026-40", "/en/meetings/OR1", "/en/plan", "/fr/about")


def count(model) -> int:
    found = session.scalar(select(func.count()).select_from(model))
    session.remove()
    return found


@pytest.fixture
def sealed(cast, flask, keys, tmp_path) -> Path:
    """A backup of the cast with one idea."""
    received(cast)
    path = tmp_path / "one.age"
    done = flask("backup", path, "--to", keys[0])
    assert done.exit_code == 0, done.output
    return path


def test_backed_up_while_people_write_and_restored_elsewhere(cast, client, flask, keys, tmp_path, elsewhere):
    ids = received(cast, 40)
    fill(client, "/en/ideas/new", proposal=SENTENCE, email="nadia@example.org", consent="y")
    receipt = session.scalar(select(Idea.receipt).where(Idea.proposal == SENTENCE))
    visitor = cast.visitor(cast.salma)
    pages = {address: _words(client.get(address).text) for address in PAGES}
    path, stop, screened = tmp_path / "backup.age", threading.Event(), []

    def go_on() -> None:
        salma = cast.visitor(cast.salma)
        for idea in ids[:-1]:
            if stop.is_set():
                return
            screened.append(fill(salma, SCREENING, chosen=[idea]).status_code)

    writer = threading.Thread(target=go_on)
    writer.start()
    while len(screened) < 3 and writer.is_alive():
        stop.wait(0.01)
    before = count(RegisterEntry)
    done = flask("backup", path, "--to", keys[0])
    after = count(RegisterEntry)
    stop.set()
    writer.join()
    assert done.exit_code == 0, done.output
    assert set(screened) == {302}
    assert path.stat().st_mode & 0o777 == 0o600
    raw = path.read_bytes()
    assert SENTENCE.encode() not in raw
    assert [file.name for file in tmp_path.glob(".backup-*")] == []

    folder = elsewhere()
    done = flask("restore", path, "--identity", keys[1])
    assert done.exit_code == 0, done.output
    assert "none altered" in done.output
    assert before <= count(RegisterEntry) <= after
    assert count(Idea) == 41
    assert (folder / "register_key.pem").read_bytes() == (tmp_path / "register_key.pem").read_bytes()
    assert (folder / "register_key.pem").stat().st_mode & 0o777 == 0o600
    assert visitor.get(f"{SCREENING}/2026-40").status_code == 200  # a sign-in of before holds
    assert {address: _words(client.get(address).text) for address in PAGES} == pages
    opened = fill(client, "/en/receipts", code=receipt)  # and so does a receipt
    assert opened.status_code == 302
    assert client.get(opened.location, follow_redirects=True).status_code == 200
    done = fill(client, "/en/ideas/new", proposal="Encore une", email="b@example.org", consent="y")
    assert done.status_code == 302  # counters and sequences go on where they were
    assert count(Idea) == 42


def _words(page: str) -> str:
    """A page without the token of its forms."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


@pytest.mark.parametrize("spoiled", ["cut off", "one byte", "its end", "empty", "something else"])
def test_what_is_not_whole_is_refused_before_anything_is_touched(
    cast, flask, keys, sealed, elsewhere, spoiled
):
    content = bytearray(sealed.read_bytes())
    if spoiled == "cut off":
        del content[len(content) // 2 :]
    elif spoiled == "one byte":
        content[len(content) // 2] ^= 1
    elif spoiled == "its end":
        del content[-1:]
    elif spoiled == "empty":
        content.clear()
    else:
        content[:] = b"%PDF-1.7 something else"
    sealed.write_bytes(content)
    folder = elsewhere()
    done = flask("restore", sealed, "--identity", keys[1])
    assert done.exit_code == 1
    assert "is no backup, is cut off, was altered" in done.output
    assert not (folder / "register_key.pem").exists()
    assert flask("user", "list").output.startswith("Error: The database is not made yet")


def test_what_an_extension_of_the_server_made_is_left(cast, flask, sealed, keys, elsewhere, fresh_url):
    if make_url(fresh_url).get_backend_name() == "sqlite":
        return
    with psycopg.connect(fresh_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    elsewhere()
    for over in ((), ("--over", "--yes")):
        done = flask("restore", sealed, "--identity", keys[1], *over)
        assert done.exit_code == 0, done.output


def test_another_key_opens_nothing(cast, flask, sealed, tmp_path, elsewhere):
    flask("backup", "key", tmp_path / "other.key")
    elsewhere()
    done = flask("restore", sealed, "--identity", tmp_path / "other.key")
    assert (done.exit_code, "for another key" in done.output) == (1, True)
    done = flask("restore", sealed, "--identity", sealed)
    assert (done.exit_code, "holds no key" in done.output) == (1, True)


def test_a_database_in_use_is_replaced_only_when_told(cast, flask, keys, sealed):
    received(cast, 2)
    open_ = ("restore", sealed, "--identity", keys[1])
    done = flask(*open_)
    assert done.exit_code == 1
    assert "3 ideas" in done.output
    assert "8 people" in done.output
    assert "Nothing was changed" in done.output
    assert flask(*open_, "--over", answer="n\n").exit_code == 1
    assert count(Idea) == 3
    done = flask(*open_, "--over", answer="y\n")
    assert done.exit_code == 0, done.output
    assert count(Idea) == 1
    received(cast)
    assert flask(*open_, "--over", "--yes").exit_code == 0
    assert count(Idea) == 1


def test_a_key_of_another_register_is_never_replaced(cast, flask, keys, sealed, elsewhere):
    folder = elsewhere()
    (folder / "register_key.pem").write_text("another")
    done = flask("restore", sealed, "--identity", keys[1])
    assert (done.exit_code, "another key" in done.output) == (1, True)
    assert (folder / "register_key.pem").read_text() == "another"
    assert flask("user", "list").exit_code == 1


def test_another_secret_key_is_left_and_the_one_of_before_is_laid_beside(
    app, cast, flask, keys, sealed, elsewhere, monkeypatch
):
    folder = elsewhere()
    app.extensions["settings"] = replace(app.extensions["settings"], secret_key="another")
    monkeypatch.setenv("SECRET_KEY", "another")
    done = flask("restore", sealed, "--identity", keys[1])
    assert done.exit_code == 0, done.output
    assert "SECRET_KEY is another one" in done.output
    beside = folder / "secret_key.restored"
    assert (beside.read_text(), beside.stat().st_mode & 0o777) == ("for tests only", 0o600)


def test_the_secret_key_that_starting_made_on_a_new_machine_gives_way(
    app, cast, flask, keys, sealed, elsewhere, monkeypatch
):
    folder = elsewhere()
    monkeypatch.setattr(services, "ROOT", folder)
    monkeypatch.setattr(services, "version", lambda: "")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    app.extensions["settings"] = replace(app.extensions["settings"], secret_key="just made")
    (folder / "var").mkdir()
    (folder / "var" / "secret_key").write_text("just made")
    assert flask("restore", sealed, "--identity", keys[1]).exit_code == 0
    assert (folder / "var" / "secret_key").read_text() == "for tests only"


def test_a_backup_of_an_older_shape_is_brought_up_to_date(app, cast, flask, keys, tmp_path, elsewhere):
    url = app.extensions["settings"].database_url
    with app.extensions["engine"].connect() as connection:
        revision = migrate.revision_of(connection)
    session.remove()
    app.extensions["engine"].dispose()
    migrate.downgrade(url, "-1")
    path = tmp_path / "old.age"
    # Told by the command that it is old, so a backup before the upgrade is made by the version before.
    assert "is older than this version" in flask("backup", path, "--to", keys[0]).output
    services.back_up(
        app.extensions["settings"],
        app.extensions["engine"],
        path,
        seals.recipient(keys[0]),
        now=clock.now(),
    )
    elsewhere()
    assert flask("restore", path, "--identity", keys[1]).exit_code == 0
    with app.extensions["engine"].connect() as connection:
        assert migrate.revision_of(connection) == revision


def test_a_backup_of_a_newer_version_is_refused(app, cast, flask, keys, tmp_path, elsewhere):
    with app.extensions["engine"].begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    path = tmp_path / "new.age"
    services.back_up(
        app.extensions["settings"],
        app.extensions["engine"],
        path,
        seals.recipient(keys[0]),
        now=clock.now(),
    )
    elsewhere()
    done = flask("restore", path, "--identity", keys[1])
    assert (done.exit_code, "newer version made this backup" in done.output) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("backup",), "Say where to"),
        (("backup", "x.age"), "Say for which key"),
        (("backup", "x.age", "--to", "age1xyz"), "is not a key backups can be encrypted for"),
        (("backup", "x.age", "--to", "age1xyz", "--keep", "7d"), "for a folder of backups"),
    ],
)
def test_what_lacks_is_said(cast, flask, arguments, sentence):
    done = flask(*arguments)
    assert done.exit_code == 1
    assert sentence in done.output


def test_a_backup_there_already_stays(cast, flask, keys, sealed):
    before = sealed.read_bytes()
    done = flask("backup", sealed, "--to", keys[0])
    assert (done.exit_code, sealed.read_bytes()) == (1, before)


def test_the_pair_of_keys_is_made_once_for_its_owner_alone(flask, tmp_path):
    path = tmp_path / "pair"
    done = flask("backup", "key", path)
    assert done.exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert seals.recipient(done.output.split("BACKUP_RECIPIENT=")[1])
    before = path.read_text()
    assert flask("backup", "key", path).exit_code == 1
    assert path.read_text() == before


def test_old_ones_go_by_a_rule_and_nothing_else_does(cast, flask, keys, tmp_path, now):
    folder = tmp_path / "backups"
    folder.mkdir()
    for days in range(1, 30):
        (folder / backups.name_at(now - timedelta(days=days))).touch()
    (folder / "notes.txt").touch()
    done = flask("backup", folder, "--to", keys[0], "--keep", "3d")
    assert done.exit_code == 0, done.output
    assert [backup.size > 0 for backup in backups.find_all(str(folder))] == [True, False, False]
    assert (folder / "notes.txt").exists()
    assert flask("backup", folder, "--to", keys[0], "--keep", "soon").exit_code == 1
    with clock.frozen(now - timedelta(days=60)):  # a clock that is wrong does not cost the one just made
        assert flask("backup", folder, "--to", keys[0], "--keep", "3d").exit_code == 0
    assert len(backups.find_all(str(folder))) == 4


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("1d", [0]),
        ("3d", [0, 1, 2]),
        ("2w", [0, 1]),  # from a Monday: yesterday is the week before
        ("3m", [0, 9, 37]),
        ("2d2w2m", [0, 1, 9]),
    ],
)
def test_what_a_rule_keeps(rule, days):
    monday = datetime(2026, 3, 9, 3, tzinfo=UTC)
    moments = {monday - timedelta(days=days_ago): days_ago for days_ago in range(80)}
    assert sorted(moments[moment] for moment in backups.kept(moments, rule)) == days


@pytest.mark.parametrize("rule", ["", "7", "d", "7d4", "-1d", "7d 4w"])
def test_what_is_no_rule(rule):
    with pytest.raises(ValueError, match="no rule"):
        backups.kept([], rule)


def test_programs_of_another_version_are_named_with_what_to_do(tmp_path):
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'aborting because of server version mismatch' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(DumpFailed, match=f"{program} is of another version than the server: .* PG_BIN"):
        dumps.dump("postgresql://nobody@127.0.0.1/none", tmp_path / "copy", str(tmp_path))


def test_a_backup_opens_with_the_python_of_debian_12_too(tmp_path, monkeypatch):
    def without_filter(*_, **given):  # as 3.11.2 has it
        assert "filter" not in given

    monkeypatch.setattr(tarfile.TarFile, "extract", without_filter)
    original, sealed, opened = tmp_path / "original", tmp_path / "a.age", tmp_path / "opened"
    original.write_text("all there is")
    opened.mkdir()
    public = seals.recipient(seals.new_identity(tmp_path / "key"))
    about = {"version": "1", "revision": "0001", "kind": "sqlite"}
    seals.seal({seals.DATABASE: original}, about, public, sealed)
    seals.unseal(sealed, seals.identity(tmp_path / "key"), opened)
    assert (opened / seals.DATABASE).read_text() == "all there is"
