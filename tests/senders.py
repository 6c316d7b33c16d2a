"""What the tests of ideas, of sending one and of backing one do again and again."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from cocreation.backing import chores as backing_chores
from cocreation.core import clock, secrets
from cocreation.core.chores import Round
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.ideas import chores as ideas_chores
from cocreation.ideas.models.idea import Idea, IdeaState, Origin, Step, StepKind
from cocreation.text.stems import search_tokens
from tests.cast import Cast
from tests.forms import fill, press
from tests.html import texts

SENTENCE = "نشر قرارات المجلس الجماعي على موقعه داخل أجل شهر"


@pytest.fixture
def send(cast: Cast, client: FlaskClient) -> Callable[..., Any]:
    """Fill in the public form, whole unless told otherwise; the answer."""

    def fill_in(**fields: Any) -> Any:
        defaults = {"proposal": SENTENCE, "email": "nadia@example.org", "consent": "y"}
        return fill(client, "/en/ideas/new", **{**defaults, **fields})

    return fill_in


@pytest.fixture
def mails(app: Flask, tmp_path: Path) -> Callable[[], list[str]]:
    """Let the worker send what is due; the texts of the mails that came since it was asked before."""
    seen: list[str] = []

    def sent() -> list[str]:
        app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
        texts = [mail.get_body(("plain",)).get_content() for mail in mailbox(tmp_path / "mail")]
        new = [text for text in texts if text not in seen]
        seen.extend(new)
        return new

    return sent


@pytest.fixture
def messages(app, tmp_path) -> Callable[[], list[EmailMessage]]:
    """Let the worker do its chores and send; the mails that came since it was asked before."""
    seen: set[str] = set()

    def sent() -> list[EmailMessage]:
        Round((*ideas_chores.CHORES, *backing_chores.CHORES)).look()
        app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
        new = [mail for mail in mailbox(tmp_path / "mail") if mail["Message-ID"] not in seen]
        seen.update(mail["Message-ID"] for mail in new)
        return new

    return sent


@pytest.fixture
def confirmed(
    send: Callable[..., Any], mails: Callable[[], list[str]], client: FlaskClient
) -> Callable[..., str]:
    """Send an idea and confirm it from the mail; the path of its receipt."""

    def send_and_confirm(**fields: Any) -> str:
        mails()
        send(**fields)
        [mail] = mails()
        confirm = link(mail, "confirm")
        return str(press(client, confirm, confirm).location)

    return send_and_confirm


def link(mail: str, word: str) -> str:
    """The path of the first address of `mail` that has `word` in it."""
    return re.search(rf"https?://[^/]+(\S*{word}\S*)", mail)[1]


def by(page: str) -> str:
    """What the page of an idea says of who sent it, from where and when."""
    [line] = texts(page, ".by")
    return line


def ideas() -> list[Idea]:
    """All ideas as they are in the database now; later requests cannot change what was read."""
    session.remove()
    rows = list(session.scalars(select(Idea).order_by(Idea.id)))
    session.expunge_all()
    return rows


def write(cast: Cast, count: int = 1, **values: Any) -> list[Idea]:
    """Ideas straight into the database, numbered after those there are, all received at this moment."""
    first = session.query(Idea).count() + 1
    rows = [_idea(cast, number, values) for number in range(first, first + count)]
    session.add_all(rows)
    session.commit()
    session.remove()
    return rows


def _idea(cast: Cast, number: int, values: dict[str, Any]) -> Idea:
    proposal = values.get("proposal", f"Idée {number}")
    defaults = {
        "cycle_id": cast.cycle.id,
        "number": number,
        "reference": f"2026-{number}",
        "receipt": secrets.new_receipt(),
        "once": f"test {number}",
        "origin": Origin.ONLINE,
        "state": IdeaState.RECEIVED,
        "language": "fr",
        "proposal": proposal,
        "tokens": search_tokens(proposal),
        "submitted_at": clock.now(),
        "received_at": clock.now(),
        "steps": [Step(kind=StepKind.RECEIVED, at=clock.now())],
    }
    return Idea(**{**defaults, **values})
