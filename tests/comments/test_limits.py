"""A flood from one network waits; its copies are taken by a few, and what was typed comes back."""

from __future__ import annotations

import pytest

from cocreation.app import create_app
from cocreation.core.database import session
from cocreation.web.limits import limiter
from tests.comments.consulted import TEXT, comments
from tests.forms import filled_in

FORM = f"{TEXT}/comment"


@pytest.fixture
def limited(database_url, text):
    """A browser of the application as it is in production, with its limits."""
    session.remove()
    app = create_app(database_url=database_url, secret_key="secret", testing=True, mail_url="file:/nowhere")
    limiter.reset()
    yield app.test_client()
    limiter.reset()
    limiter.enabled = False
    session.remove()
    app.extensions["engine"].dispose()


def test_copies_from_one_network_wait_and_nothing_typed_is_lost(limited):
    def send(number: int, **of_network: str):
        opened = filled_in(limited.get(FORM), "words")
        typed = {"stance": "agree", "words": f"نسخة {number}", "email": f"p{number}@example.org"}
        networks = {"environ_overrides": of_network} if of_network else {}
        return limited.post(FORM, data={**opened, **typed, "consent": "y"}, **networks)

    answers = [send(number) for number in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert "نسخة 6" in answers[-1].text, "it comes back"
    assert send(8, REMOTE_ADDR="198.51.100.9").status_code == 302, "others do not wait"
    assert len(comments()) == 6
