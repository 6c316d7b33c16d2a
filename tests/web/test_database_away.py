"""The database goes, in a request or between two, and comes back: no page breaks, nothing typed is lost."""

from __future__ import annotations

import io
import shutil
import sqlite3
import time
from contextlib import closing
from itertools import count

import psycopg
import pytest
from flask import Flask, request
from sqlalchemy import func, select, text

from cocreation.core import database
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution
from cocreation.web.access import access, anyone
from cocreation.web.errors import COPY, TITLES
from tests.databases import clone
from tests.web.conftest import trial
from tests.words import says

TYPED = {"name": "Aïcha", "email": "aicha@example.org", "password": "geheim", "code": "123456"}
CHOOSE_FILES_AGAIN = "Files are to be chosen again."  # as templates/error.html says it
_named = count(1)


@trial.route("/asks", methods=["GET", "POST"])
@access(anyone)
def asks():
    """Asks, and loses its connection as often as told before it asks again."""
    session.execute(text("select 1"))
    if request.args.get("loses") and losing:
        losing.pop()
        own = session.scalar(text("select pg_backend_pid()"))
        _terminate(session.get_bind().url, f"pid = {own}")
    if request.method == "POST":
        session.add(Institution(slug=f"typed-{next(_named)}", name={"fr": "Écrite"}))
    session.flush()
    return f"{session.scalar(text('select 2'))}"


losing: list[int] = []


def _terminate(url, which: str) -> None:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            f" and pid <> pg_backend_pid() and {which}"
        )
        end = time.monotonic() + 10
        left = f"select count(*) from pg_stat_activity where datname = current_database() and {which}"
        while admin.execute(f"{left} and pid <> pg_backend_pid()").fetchone() != (0,):
            assert time.monotonic() < end
            time.sleep(0.01)


def an_app(url: str, folder) -> Flask:
    from cocreation.app import create_app

    app = create_app(
        database_url=url,
        secret_key="for tests only",
        mail_url=f"file:{folder / 'mail'}",
        rate_limits=False,
        testing=True,
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.register_blueprint(trial)
    return app


@pytest.fixture
def on_postgresql(postgresql, postgresql_template, tmp_path):
    with clone(postgresql, postgresql_template) as url:
        app = an_app(url, tmp_path)
        yield app
        session.remove()
        app.extensions["engine"].dispose()


def is_a_plain_503(answer) -> bool:
    kept = (answer.status_code, answer.headers.get("Retry-After")) == (503, "5")
    return kept and says(answer, TITLES[503]) and answer.text.count("<h1>") == 1


def is_shown_back(answer) -> bool:
    return all(TYPED[name] in answer.text for name in ("name", "email")) and not any(
        TYPED[name] in answer.text for name in ("password", "code")
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_connections_dropped_between_two_requests_are_not_noticed(on_postgresql, method):
    client = on_postgresql.test_client()
    assert client.get("/en/trial/asks").text == "2"
    _terminate(on_postgresql.extensions["engine"].url, "true")
    assert getattr(client, method)("/en/trial/asks").text == "2"


def test_a_server_that_is_gone_without_a_word_is_not_waited_for_until_the_system_gives_up(on_postgresql):
    with on_postgresql.app_context():
        told = session.connection().connection.driver_connection.info.get_parameters()
        session.remove()
    assert int(told["tcp_user_timeout"]) <= 30_000
    assert (
        int(told["keepalives_idle"]) + int(told["keepalives_interval"]) * int(told["keepalives_count"]) <= 30
    )


def test_a_page_whose_connection_is_lost_meanwhile_is_asked_for_once_more(on_postgresql):
    client = on_postgresql.test_client()
    losing[:] = [1]
    assert client.get("/en/trial/asks?loses=1").text == "2"
    losing[:] = [1, 2]
    assert is_a_plain_503(client.get("/en/trial/asks?loses=1"))
    assert client.get("/en/trial/asks").text == "2"


def test_a_form_whose_connection_is_lost_meanwhile_is_shown_back_and_can_be_sent_again(on_postgresql):
    client = on_postgresql.test_client()
    losing[:] = [1]
    answer = client.post("/en/trial/asks?loses=1", data=TYPED)
    assert is_a_plain_503(answer)
    assert is_shown_back(answer)
    assert client.post("/en/trial/asks?loses=1", data=TYPED).text == "2"
    assert session.scalar(select(func.count()).select_from(Institution)) == 1
    session.remove()


def test_a_lost_commit_is_told_and_nothing_of_it_is_kept(on_postgresql, monkeypatch):
    client, engine = on_postgresql.test_client(), on_postgresql.extensions["engine"]
    commit = session.registry().commit

    def lost():
        monkeypatch.undo()
        _terminate(engine.url, "state = 'idle in transaction'")
        commit()

    monkeypatch.setattr(session.registry(), "commit", lost)
    answer = client.post("/en/trial/write/200", data=TYPED)
    assert is_a_plain_503(answer)
    assert is_shown_back(answer)
    assert session.scalar(select(func.count()).select_from(Mail)) == 0
    session.remove()


def test_a_server_that_is_stopped_and_started(own_postgresql, tmp_path):
    app = an_app(own_postgresql.url, tmp_path)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = "a token, so that pages ask who is signed in", True
    assert client.get("/en/trial/asks").text == "2"
    own_postgresql.stop()
    for path in ("/en/trial/asks", "/en/ideas", "/en/account", "/ar/"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"] == "5"
    assert client.get("/en/nowhere").status_code == 404, "an error page needs no database"
    answer = client.post("/en/trial/asks", data=TYPED)
    assert is_a_plain_503(answer)
    assert is_shown_back(answer)
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200
    own_postgresql.start()
    assert client.get("/en/trial/asks").text == "2"
    session.remove()
    app.extensions["engine"].dispose()


@pytest.fixture
def on_sqlite(sqlite_template, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    path = shutil.copyfile(sqlite_template, tmp_path / "cocreation.sqlite3")
    app = an_app(f"sqlite:///{path}", tmp_path)
    yield app, path
    session.remove()
    app.extensions["engine"].dispose()


def test_a_locked_sqlite_answers_forms_with_what_was_typed_and_pages_as_ever(on_sqlite):
    app, path = on_sqlite
    client = app.test_client()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        answer = client.post("/en/trial/asks", data=TYPED)
        assert is_a_plain_503(answer)
        assert is_shown_back(answer)
        assert says(answer, COPY)
        assert not says(answer, CHOOSE_FILES_AGAIN)
        with_file = {**TYPED, "photo": (io.BytesIO(b"x"), "x.png")}
        assert says(client.post("/en/trial/asks", data=with_file), CHOOSE_FILES_AGAIN)
        assert client.get("/en/trial/asks").text == "2"
        other.execute("rollback")
    assert client.post("/en/trial/asks", data=TYPED).text == "2"


def test_what_is_asked_wrongly_is_no_database_that_is_away(on_sqlite):
    app, path = on_sqlite
    with closing(sqlite3.connect(path)) as other:
        other.execute("drop table outbox")
    answer = app.test_client().post("/en/trial/write/200")
    assert answer.status_code == 500
