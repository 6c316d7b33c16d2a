"""Fixtures of the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.comments.consulted import TEXT, consult
from tests.forms import fill
from tests.senders import link, mails

__all__ = ["mails"]


@pytest.fixture
def text(cast):
    """A text that is consulted on."""
    return consult(cast)


@pytest.fixture
def comment(client) -> Callable[..., Any]:
    """Fill in the form, on the whole text unless told otherwise; the answer."""

    def fill_in(at: str = "", **fields: Any) -> Any:
        defaults = {"stance": "agree", "words": "رأي في النص", "email": "nadia@example.org", "consent": "y"}
        return fill(client, f"{TEXT}/comment{at}", **{**defaults, **fields})

    return fill_in


@pytest.fixture
def confirmed(comment, client, mails) -> Callable[..., str]:
    """Send a comment and confirm it from the mail; the path of its receipt."""

    def send_and_confirm(at: str = "", **fields: Any) -> str:
        mails()
        assert comment(at, **fields).status_code == 302
        [mail] = mails()
        path = link(mail, "/comments/")
        assert fill(client, path).location.endswith(path)
        return path

    return send_and_confirm
