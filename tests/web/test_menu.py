"""The menu marks the entry that a page lies beneath, whatever room serves it."""

from __future__ import annotations

import pytest

from tests.html import parse
from tests.senders import write


def marked_by(answer):
    """The addresses of the menu that a page marks, and how."""
    menu = next(nav for nav in parse(answer.text).iter("nav") if nav.get("id") == "rooms")
    links = [link for link in menu.iter("a") if link.get("aria-current")]
    return {link.get("href"): link.get("aria-current") for link in links}


@pytest.mark.parametrize(
    ("page", "entry", "mark"),
    [
        ("/", "/", "page"),
        ("/about", None, None),
        ("/coverage", None, None),
        ("/meetings", "/meetings", "page"),
        ("/meetings/OR1", "/meetings", "true"),
        ("/meetings/OR1/register", "/meetings", "true"),
        ("/meetings/OR1/statistics", "/meetings", "true"),
        ("/ideas", "/ideas", "page"),
        ("/ideas/new", "/ideas", "true"),
        ("/fates", "/fates", "page"),
        ("/screening", "/fates", "true"),
        ("/plan", "/plan", "page"),
        ("/register", "/register", "page"),
        ("/receipts", "/receipts", "page"),
    ],
)
def test_the_entry_of_a_page(client, cast, page, entry, mark):
    answer = client.get(f"/en{page}", follow_redirects=True)
    assert answer.status_code == 200
    assert marked_by(answer) == ({f"/en{entry}": mark} if entry else {})


def test_the_page_of_an_idea_lies_beneath_the_ideas(client, cast):
    [idea] = write(cast)
    assert marked_by(client.get(f"/en/ideas/{idea.reference}")) == {"/en/ideas": "true"}
