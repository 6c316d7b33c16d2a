"""Nobody learns from the form whether an address or a number is registered: the mail alone says it."""

from __future__ import annotations

import re

import pytest

from tests.forms import press
from tests.meetings.conftest import (
    change,
)

RECEIPT = r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}"


def seen(client, answer) -> tuple[int, str]:
    """What somebody who sent the form sees: the status, and the page without what is drawn by lot."""
    page = client.get(answer.location).text
    page = re.sub(RECEIPT, "", re.sub(r"<svg.*?</svg>", "", page, flags=re.S))
    return answer.status_code, re.sub(r'(name="csrf_token" value|href="/\w+/register/)="?[^"]*"', "", page)


@pytest.mark.parametrize("places", [9, 1])
def test_a_known_address_is_shown_what_a_new_one_is(register, send, client, cast, statements, places):
    register()
    change(cast, places=places)
    with statements() as fresh_asked:
        fresh = send(name="Somebody", email="new@example.org")
    page = seen(client, fresh)
    press(client, fresh.location, "/cancel")
    client.get(fresh.location)
    with statements() as known_asked:
        known = send(name="Somebody", email="NADIA@example.org")
