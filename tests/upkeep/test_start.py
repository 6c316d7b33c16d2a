"""What is not in order is said in a sentence before anything is served, and by every command."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from cocreation.core import installation, migrate
from cocreation.core.database import make_engine
from cocreation.core.settings import Settings
from tests.processes import PROGRAMS, ROOT, Platform, status_of, until

SECRET = "a secret of more than thirty-two characters"
COMMANDS = (
    ("user", "list"),
    ("mail", "send"),
    ("worker", "--once"),
    ("register", "verify"),
    ("data", "erase", "a@b.org"),
)


@pytest.fixture
def database(tmp_path, sqlite_template) -> Path:
    path = tmp_path / "machine.sqlite3"
    shutil.copyfile(sqlite_template, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def right(tmp_path, database) -> Settings:
    """An installation people rely on, with nothing wrong."""
    key = tmp_path / "key.pem"
    key.write_text("a key")
    key.chmod(0o600)
    return Settings(
        database_url=f"sqlite:///{database}",
        base_url="https://cocreation.example",
        secret_key=SECRET,
        register_key=str(key),
        production="yes",
    )


def machine(url: str, folder: Path, **settings: str) -> Platform:
    return Platform(url, folder, web=False, worker=False, **settings)


def test_a_trial_may_start_as_it_is(tmp_path):
    assert installation.problems(Settings(secret_key="x", register_key=str(tmp_path / "none"))) == []


def test_what_is_in_order_has_no_problems(right):
    assert installation.problems(right) == []


@pytest.mark.parametrize(
    ("production", "base_url", "relied_on"),
    [
        ("", "http://127.0.0.1:8000", False),
        ("", "https://cocreation.example", True),
        ("no", "https://cocreation.example", False),
        ("yes", "http://127.0.0.1:8000", True),
        ("YES", "", True),
    ],
)
def test_whether_people_rely_on_it_is_said_or_seen_by_https(production, base_url, relied_on):
    assert Settings(production=production, base_url=base_url).in_production is relied_on


@pytest.mark.parametrize("opened", ["machine.sqlite3", "key.pem"])
def test_files_that_others_can_read_are_named_with_what_to_do(right, tmp_path, opened):
    (tmp_path / opened).chmod(0o644)
    [sentence] = installation.problems(right)
    assert sentence == f"{tmp_path / opened} can be read by others: chmod 600 {tmp_path / opened}"


def test_all_that_is_wrong_is_said_at_once_by_commands_and_by_gunicorn(tmp_path, database):
    database.chmod(0o644)
    server = machine(f"sqlite:///{database}", tmp_path, PRODUCTION="yes", SECRET_KEY="")
    serving = subprocess.run(
        [PROGRAMS / "gunicorn", "wsgi:app"],
        cwd=ROOT,
        env=server.env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    for done in (serving, server.command("user", "list"), server.command("db", "upgrade")):
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        for word in (
            "BASE_URL is http://",
            "SECRET_KEY is missing",
            "REGISTER_KEY: there is no file",
            "chmod 600",
        ):
            assert word in done.stderr
    assert not (tmp_path / "register_key.pem").exists()


def test_keys_are_made_once_and_only_when_asked(tmp_path, database):
    given = {"PRODUCTION": "yes", "BASE_URL": "https://cocreation.example"}
    server = machine(f"sqlite:///{database}", tmp_path, SECRET_KEY="", **given)
    done = server.command("keys", "make")
    assert done.returncode == 0, done.stderr
    secret = done.stdout.split("SECRET_KEY=")[1].strip()
    key = tmp_path / "register_key.pem"
    before = key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    server.env["SECRET_KEY"] = secret
    again = server.command("keys", "make")
    assert "there already" in again.stdout
    assert "SECRET_KEY=" not in again.stdout
    assert key.read_bytes() == before
    assert server.command("db", "upgrade").returncode == 0


def test_an_operator_runs_commands_with_the_settings_of_the_services(tmp_path):
    settings = tmp_path / "cocreation.env"
    settings.write_text(
        "# As systemd reads it.\n"
        f"DATABASE_URL=sqlite:///{tmp_path}/a&b $c.sqlite3\n"
        f"REGISTER_KEY='{tmp_path}/key.pem'\n"
        f"SECRET_KEY={SECRET}\nBASE_URL=https://cocreation.example"
    )
    bare = {"PATH": os.environ["PATH"], "COCREATION_ENV": str(settings)}
    for command, said in (("keys make", "made"), ("db upgrade", "is ready"), ("user list", "Nobody yet")):
        done = subprocess.run(
            [ROOT / "deploy" / "cocreation", *command.split()],
            env=bare | {"COCREATION_USER": getpass.getuser()},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    assert (tmp_path / "a&b $c.sqlite3").stat().st_mode & 0o77 == 0


def test_nothing_invented_comes_where_people_rely_on_it(tmp_path, database):
    given = {"PRODUCTION": "yes", "BASE_URL": "https://cocreation.example", "SECRET_KEY": SECRET}
    server = machine(f"sqlite:///{database}", tmp_path, **given)
    assert server.command("keys", "make").returncode == 0
    assert server.command("user", "list").stdout.startswith("Nobody yet: flask --app wsgi user invite")
    for command in (("demo",), ("demo", "--if-empty"), ("scale", "--ideas", "5")):
        refused = server.command("seed", *command)
        assert refused.returncode == 1
        assert "People rely on this installation" in refused.stderr
    assert server.command("user", "list").stdout.startswith("Nobody yet")


def test_a_database_not_made_yet_is_said_by_every_command_and_every_page(tmp_path):
    url = f"sqlite:///{tmp_path / 'none' / 'cocreation.sqlite3'}"
    platform = Platform(url, tmp_path, worker=False, WEB_WORKERS="1")
    try:
        for command in COMMANDS[:2]:  # of all of them below
            done = platform.command(*command)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr == "Error: The database is not made yet: run `flask --app wsgi db upgrade`.\n"
        platform.wait()
        assert status_of(f"{platform.address}/fr/ideas") == 503
        assert status_of(f"{platform.address}/ready") == 503
        assert platform.command("db", "upgrade").returncode == 0
        assert status_of(f"{platform.address}/fr/ideas") == 200  # without being started anew
    finally:
        platform.stop()


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [
        ("0001", "is older than this version"),
        ("9999", "is newer than this version"),
    ],
)
def test_another_shape_is_said_with_what_to_do(database_url, flask, app, revision, sentence):
    with app.extensions["engine"].begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    for command in COMMANDS:
        done = flask(*command)
        assert done.exit_code == 1
        assert sentence in done.output
    if revision == "9999":
        assert sentence in flask("db", "upgrade").output


@pytest.mark.own_database
def test_a_page_of_another_shape_says_so(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "database checked", False)
    with app.extensions["engine"].begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for method in (client.get, client.post):
        answer = method("/fr/ideas/new")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert '<html lang="fr"' in answer.text
    assert client.get("/health").status_code == 200


def test_nobody_answers_and_nothing_can_be_written(tmp_path, monkeypatch):
    away = make_engine("postgresql://nobody@127.0.0.1:1/none")
    lack = installation.lacking(away)
    assert lack is not None
    assert lack.sentence.startswith("The database does not answer: ")
    monkeypatch.setattr(os, "access", lambda *_given: False)
    closed = make_engine(f"sqlite:///{tmp_path / 'var' / 'cocreation.sqlite3'}")
    lack = installation.lacking(closed)
    assert lack is not None
    assert (
        lack.sentence
        == f"{tmp_path / 'var'} cannot be written: it must belong to the user who runs the platform."
    )


def test_to_look_whether_it_is_in_order_waits_for_nobody_who_writes(app, flask):
    from cocreation.core import database

    with app.extensions["engine"].begin():  # on SQLite, its only lock
        database.session.remove()
        assert flask("register", "verify").exit_code == 0
        assert installation.lacking(app.extensions["engine"]) is None


def test_two_upgrades_at_once_both_end_well(fresh_url, tmp_path):
    server = machine(fresh_url, tmp_path)
    running = [
        subprocess.Popen(
            [PROGRAMS / "flask", "--app", "wsgi", "db", "upgrade"],
            cwd=ROOT,
            env=server.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _time in range(2)
    ]
    for process in running:
        said, wrong = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "The database is ready.\n"), wrong
    engine = make_engine(fresh_url)
    with engine.connect() as connection:
        assert migrate.revision_of(connection) == migrate.head()
        assert connection.scalar(text("select count(*) from regions")) == 12
    engine.dispose()


def test_who_comes_second_waits_for_the_first(fresh_url, tmp_path):
    server, waits = machine(fresh_url, tmp_path), tmp_path / "second.log"
    with migrate.alone(fresh_url), waits.open("wb") as said:
        second = subprocess.Popen(
            [PROGRAMS / "flask", "--app", "wsgi", "db", "upgrade"],
            cwd=ROOT,
            env=server.env,
            stdout=said,
            stderr=said,
        )
        until(lambda: "waiting for it" in waits.read_text())
        assert second.poll() is None
    assert second.wait(timeout=60) == 0


def test_the_latest_revision_is_the_one_that_alembic_goes_to(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert migrate.revision_of(connection) == migrate.head()
    engine.dispose()
