"""A small register, the ways to tamper with it and to verify it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from cocreation.core.database import session
from cocreation.ledger import journal, queries
from cocreation.ledger.verification import Verifier
from tests.desk import SCREENING, received
from tests.forms import fill

TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER register_no_update",
        "DROP TRIGGER register_no_delete",
        "DROP TRIGGER register_checkpoints_no_update",
        "DROP TRIGGER register_checkpoints_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER register_append_only ON register",
        "DROP TRIGGER register_checkpoints_append_only ON register_checkpoints",
    ),
}


@pytest.fixture
def five(cast):
    """A register of five entries, one of them with words of every kind."""
    ids = received(cast, 5)
    salma = cast.visitor(cast.salma)
    no = {"clarity": "0", "clarity_note": "?", "precision": "0", "precision_note": "?", "openness": "2"}
    odd = 'ليست "واضحة"\nسطر \\ ثان <b>ⵜ</b> 😀'
    fill(salma, f"{SCREENING}/2026-1", **no, **{"reason_text-ar": odd})
    fill(salma, SCREENING, chosen=ids[1:])
    return cast


def tamper(*statements, **values):
    """Change the register behind the back of the platform."""
    for statement in (*TRIGGERS[session.get_bind().dialect.name], *statements):
        session.execute(text(statement), values if ":" in statement else {})
    session.commit()
    session.remove()


def verify(app, *arguments):
    return app.test_cli_runner().invoke(args=["register", "verify", *map(str, arguments)])


def verified() -> int:
    """How many entries there are, none of which is wrong."""
    register = Verifier(journal.entries_with_subjects(), queries.head())
    assert not register.faults()
    return register.count


def download(client, name="register.jsonl"):
    answer = client.get(f"/en/{name}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.text
