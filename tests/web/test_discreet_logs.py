"""Whatever breaks, the journals hold no address, receipt or word of anybody."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from flask import Response
from sqlalchemy import insert, text

from cocreation.core import clock
from cocreation.core.chores import Chore, do
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution
from cocreation.web import logs, transaction
from cocreation.web.access import access, anyone
from tests.web.conftest import trial

ADDRESS, RECEIPT, WORDS = "marker@example.org", "7F3K-QX9M-2BTD-0HWN", "Zineb habite derrière la gare"
MARKERS = (ADDRESS, RECEIPT, "Zineb", "marker", "QX9M")


def twice() -> None:
    """The same key twice: PostgreSQL names the row it refuses."""
    row = {"to": ADDRESS, "language": "fr", "template": "x", "context": {"receipt": RECEIPT}, "tries": 0}
    moments = {"queued_at": clock.now(), "due_at": clock.now()}
    for _ in range(2):
        session.execute(insert(Mail).values(key=f"{ADDRESS} {RECEIPT}", **row, **moments))


def nonsense() -> None:
    session.execute(text("select cast(:words as integer), nothing from nowhere"), {"words": WORDS})


def no_number() -> None:
    session.execute(text("insert into institutions (id) values (:words)"), {"words": WORDS})


def unfit() -> None:
    session.add(Institution(slug=WORDS, name={"fr": RECEIPT}, is_consultative=ADDRESS))
    session.flush()


def our_own() -> None:
    try:
        int(WORDS)
    except ValueError as error:
        raise RuntimeError(f"{ADDRESS} has {RECEIPT}") from error


def key() -> None:
    {}[RECEIPT]


FAILURES = (twice, nonsense, no_number, unfit, our_own, key)


@trial.route("/fails/<int:which>/<secret>", methods=["GET", "POST"])
@access(anyone)
def fails(which: int, secret: str):
    FAILURES[which]()
    return "not reached"


@trial.get("/fails-half-way/<secret>")
@access(anyone)
def fails_half_way(secret: str):
    def parts():
        yield "1"
        our_own()

    return Response(parts())


@pytest.fixture
def written(app, capsys):
    """What stands on the error stream."""
    logs.configure()
    parts: list[str] = []

    def so_far() -> str:
        parts.append(capsys.readouterr().err)
        return "".join(parts)

    return so_far


def check(written: str) -> None:
    told = [json.loads(line) for line in written.splitlines()]
    assert any("exception" in line for line in told), written
    for marker in MARKERS:
        assert marker not in written


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("which", range(len(FAILURES)), ids=lambda n: FAILURES[n].__name__)
def test_a_page_that_breaks(trial_client, written, which, method):
    address = f"/fr/trial/fails/{which}/{RECEIPT}?mail={ADDRESS}"
    answer = getattr(trial_client, method)(address, headers={"Referer": f"/{RECEIPT}"})
    assert answer.status_code == 500
    check(written())
    assert "test_discreet_logs.py" in written(), "where it broke is told"


def test_a_commit_that_breaks(trial_client, written, monkeypatch):
    monkeypatch.setattr(transaction.database.session.registry(), "commit", our_own)
    assert trial_client.post(f"/fr/trial/write/200?mail={ADDRESS}", data={"x": WORDS}).status_code == 500
    check(written())


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.__name__)
def test_a_chore_that_breaks(app, written, failure):
    do(Chore("marked", clock.now() - clock.now(), lambda _now: failure()), clock.now())
    check(written())


def test_what_the_server_writes_of_an_answer_that_broke_on_its_way(written, trial_client):
    """As gunicorn does it: with the whole address, and with the address of a person."""
    server = logging.getLogger("gunicorn.error")
    handler = logging.StreamHandler(sys.stderr)
    server.addHandler(handler)
    try:
        logs.configure()
        try:
            trial_client.get(f"/fr/trial/fails-half-way/{RECEIPT}").get_data()
        except RuntimeError:
            server.exception("Error handling request %s", f"/fr/trial/fails-half-way/{RECEIPT}")
        server.warning(f"Invalid request from ip=192.0.2.77: GET /receipts/{RECEIPT}")
    finally:
        server.removeHandler(handler)
    check(written())
    assert "192.0.2.77" not in written()
    assert "Error handling request" in written()


def test_what_a_library_writes(written):
    try:
        our_own()
    except RuntimeError:
        logging.getLogger("some.library").exception("sending to %s failed", ADDRESS)
    logging.getLogger("werkzeug").info("GET /fr/receipts/%s", RECEIPT)
    check(written())
    assert "sending to %s failed" in written()
