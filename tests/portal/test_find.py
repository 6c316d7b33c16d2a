"""The box in the header goes where a reference leads, and searches for all else; pages are passed on."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from tests.portal.test_home import idea
from tests.portal.test_sources import lines

SHARED = {"og:title", "og:image", "og:locale", "og:type", "og:description"}


@pytest.fixture
def said(cast):
    """An idea, and the lines of a published workshop."""
    idea(cast, 33, state=IdeaState.REFERRED)
    session.commit()
    session.remove()
    lines(cast, 2)


def test_a_reference_leads_to_what_it_is_of(client, cast, said):
    found = {q: client.get("/fr/find", query_string={"q": q}).location for q in ("2026 33", "٢٠٢٦-٣٣", "or1")}
    assert set(found.values()) == {"/fr/ideas/2026-33", "/fr/meetings/OR1"}
    for q, address in {
        "or1 w1 s2": "/fr/lines/OR1-W1-S02",
        "or1 w1": "/fr/meetings/OR1/workshops/1",
        "or1 w1 s9": "/fr/ideas?q=or1+w1+s9",
        "or1 w9": "/fr/ideas?q=or1+w9",
        "2026-99": "/fr/ideas?q=2026-99",
        "2026 c9": "/fr/ideas?q=2026+c9",
        "2026 m9": "/fr/ideas?q=2026+m9",
        "eau potable": "/fr/ideas?q=eau+potable",
        "": "/fr/ideas",
        "0000-0000-0000-0000": "/fr/receipts",  # a secret is not looked up by its address
    }.items():
        assert client.get("/fr/find", query_string={"q": q}).location == address, q


def test_lists_and_addresses_know_a_reference_as_people_write_it(client, cast, said):
    for q in ("2026-33", "2026 33", "٢٠٢٦-٣٣"):
        assert 'href="/fr/ideas/2026-33"' in client.get("/fr/ideas", query_string={"q": q}).text, q
    assert client.get("/fr/ideas/2026 033").location == "/fr/ideas/2026-33"
    assert client.get("/fr/meetings/or1/register").location == "/fr/meetings/OR1/register"
    assert client.get("/fr/meetings/zz9").location == "/fr/meetings/ZZ9"
    assert client.get("/fr/meetings/ZZ9").status_code == 404


def test_what_is_public_can_be_passed_on(client, cast, said):
    for path in ("ideas/2026-33", "meetings/OR1", "meetings/OR1/workshops/1"):
        page = client.get(f"/ar/{path}").text
        assert set(re.findall(r'property="(og:\w+)"', page)) == SHARED, path
        assert f'href="https://wa.me/?text=http%3A//127.0.0.1%3A8000/ar/{path}"' in page
        assert "data-copy=" in page
    picture = client.get("/ar/share.png")
    assert Image.open(BytesIO(picture.data)).size == (1200, 630)


def test_the_secretariat_stands_at_the_foot_where_there_is_one(client, app):
    pages = ("/fr/", "/fr/privacy", "/fr/privacy/kept")
    assert not any("#secretariat" in client.get(page).text for page in pages)
    app.extensions["settings"] = replace(
        app.extensions["settings"], contact_email="bureau@example.org", contact_phone="0537 11 22 33"
    )
    assert 'href="mailto:bureau@example.org"' in client.get("/fr/").text
    assert 'href="tel:+212537112233"' in client.get("/fr/").text
    assert all('href="#secretariat"' in client.get(page).text for page in pages[1:])
