"""Files are read before the request's writing transaction: nobody waits for the decoding of an image."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from flask import request_started
from sqlalchemy import Engine, event, make_url

from cocreation.files.sheets import archive
from cocreation.web import uploads
from tests.files.spreadsheets import xlsx
from tests.files.test_content import PDF, drawn
from tests.forms import fill
from tests.senders import ideas
from tests.words import says

EML = b"From: Nadia <nadia@example.org>\nSubject: x\n\nDes quais accessibles.\n"
PNG, LIST = drawn("PNG"), [["name"], ["Nadia"]]


@pytest.fixture
def others(database_url: str) -> Any:
    """Whether somebody else can write at this moment, and nobody keeps a transaction open."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":

        def free() -> bool:
            with closing(sqlite3.connect(str(url.database), timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            return True

        return free

    def nothing_open() -> bool:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state LIKE 'idle in%%'"
        with psycopg.connect(database_url) as other:
            return other.execute(asked, [url.database]).fetchone() == (0,)

    return nothing_open


@pytest.fixture
def order(app, others, monkeypatch) -> Iterator[list[str]]:
    """What happened in its order: "begin" of a transaction, "read" of a file."""
    happened: list[str] = []

    def begun(_connection: Any) -> None:
        happened.append("begin")

    def watched(reader):
        def read(given):
            if given:
                assert others(), "somebody else who writes has to wait for this file"
                happened.append("read")
            return reader(given)

        return read

    for files in {files for view in app.view_functions.values() for files in getattr(view, "files", ())}:
        monkeypatch.setattr(files, "read", watched(files.read))

    def anew(_app: Any, **_more: Any) -> None:
        happened.clear()

    event.listen(Engine, "begin", begun)
    with request_started.connected_to(anew, app):
        yield happened
    event.remove(Engine, "begin", begun)


ROUTES = {
    "submission.new": lambda cast: (
        None,
        "/en/ideas/new",
        {"proposal": "Des quais", "files": [(io.BytesIO(PNG), "a.png")]},
    ),
    "manage_submission.enter": lambda cast: (
        cast.salma,
        "/en/manage/ideas/enter",
        {"act": "read", "message_file": [(io.BytesIO(EML), "a.eml")]},
    ),
    "manage_meetings.add_photo": lambda cast: (
        cast.karim,
        "/en/manage/meetings/OR1/photos/new",
        {"consent": "oui", "alt-ar": "صورة", "file": [(io.BytesIO(PNG), "a.png")]},
    ),
    "manage_documents.bring_new": lambda cast: (
        cast.salma,
        "/en/manage/documents/import",
        {"language": "fr", "file": [(io.BytesIO(b"# Titre\n\nUn texte."), "a.md")]},
    ),
    "manage_participants.import_participants": lambda cast: (
        cast.karim,
        "/en/manage/meetings/OR1/participants/import",
        {"file": [(io.BytesIO(xlsx(LIST)), "a.xlsx")]},
    ),
    "manage_workshops.import_outputs": lambda cast: (
        cast.karim,
        "/en/manage/workshops/OR1/import",
        {"file": [(io.BytesIO(xlsx(LIST)), "a.xlsx")]},
    ),
}


@pytest.mark.parametrize("endpoint", ROUTES)
def test_nobody_who_writes_waits_for_the_reading_of_a_file(cast, order, endpoint):
    person, url, fields = ROUTES[endpoint](cast)
    assert fill(cast.visitor(person), url, **fields).status_code in (200, 302, 409, 422)
    # Who is signed in is read, and let go of, before.
    assert order == ["read", "begin"] if person is None else ["begin", "read", "begin"]


def test_every_route_with_a_field_for_files_says_how_they_are_read(app):
    takers = {name for name, view in app.view_functions.items() if getattr(view, "files", None)}
    assert takers == {
        *ROUTES,
        "travel_support.ask_for_support",
        "travel_support.change_support",
        "manage_bundle_sheets.import_answers",
        "manage_documents.bring",
        "comments.new",
    }


def test_when_too_many_files_arrive_the_words_are_kept_and_the_sender_is_asked_to_try_again(
    cast, client, monkeypatch
):
    monkeypatch.setattr(uploads, "WAIT", 0.01)
    typed = {"proposal": "Des quais accessibles", "email": "a@b.org", "consent": "y"}
    with uploads._turn:
        answer = fill(client, "/en/ideas/new", **typed, files=[(io.BytesIO(PDF), "plan.pdf")])
        assert answer.status_code == 422
        assert says(answer, uploads.UploadsBusy)
        assert "Des quais accessibles" in answer.text
        assert fill(client, "/en/ideas/new", **typed).status_code == 302  # without files nobody waits
    assert len(ideas()) == 1
    assert fill(client, "/en/ideas/new", **typed, files=[(io.BytesIO(PDF), "plan.pdf")]).status_code == 302


def test_a_file_that_cannot_be_read_gives_its_turn_back(cast, client):
    karim = cast.visitor(cast.karim)
    for _time in range(uploads.MOST_WAIT + 2):
        answer = fill(
            karim, "/en/manage/meetings/OR1/participants/import", file=[(io.BytesIO(b"x"), "a.xlsx")]
        )
        assert answer.status_code == 422
        assert says(answer, archive.DAMAGED)
