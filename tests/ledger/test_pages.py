"""The pages of the register: its latest entries, the entries of one idea, one entry whole."""

import html
import json
import re

import pytest
from sqlalchemy import text

from cocreation.core import migrate
from cocreation.core.database import session
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from tests.cast import THEN
from tests.desk import REFERRALS
from tests.forms import fill
from tests.html import texts
from tests.ledger.conftest import download


def test_the_public_page_shows_the_latest_entries_and_the_last_fingerprint(five):
    page = five.visitor().get("/en/register").text
    assert json.loads(download(five.visitor()).splitlines()[-1])["hash"] in page
    assert "/en/register/5" in page
    assert "/en/register?idea=2026-5" in page


def test_the_entries_of_one_idea_can_be_followed(five):
    fields = {"chosen": ["2"], "institutions": [str(five.ministry.id)], "due_on": "2026-04-01"}
    fill(five.visitor(five.salma), REFERRALS, **fields)
    visitor = five.visitor()
    page = visitor.get("/en/register?idea=2026-2").text
    assert re.findall(r'/en/register/(\d+)"', page) == ["6", "2"]
    assert 'href="/en/ideas/2026-2"' in page
    assert visitor.get("/en/ideas/2026-2").text.count("/en/register?idea=2026-2") == 1


@pytest.mark.parametrize("asked", ["2026-99", "%27%22%3Cscript%3E", "batch 1", "x" * 500])
def test_an_idea_without_entries_is_said_to_have_none(five, asked):
    page = five.visitor().get(f"/en/register?idea={asked}")
    assert page.status_code == 200
    assert texts(page.text, "main .empty")
    assert not texts(page.text, "main table")
    assert "<script>" not in page.text


def test_an_entry_has_a_page_of_its_own(five):
    visitor = five.visitor()
    page = visitor.get("/en/register/1").text
    line = json.loads(download(visitor).splitlines()[0])
    shown = html.unescape(re.search(r"<code>(\{.*?)</code>", page, re.DOTALL)[1])
    assert json.loads(shown) == json.loads(line["content"])
    assert line["hash"] in page
    assert line["previous"] in page
    assert 'href="/en/ideas/2026-1"' in page
    assert "/en/register/2" in page
    assert 'rel="prev"' not in page
    last = visitor.get("/en/register/5").text
    assert 'rel="next"' not in last
    assert "/en/register/4" in last


@pytest.mark.parametrize("number", ["0", "6", "99999999999999999999", "x"])
def test_there_is_no_page_of_an_entry_that_is_not(five, number):
    assert five.visitor().get(f"/en/register/{number}").status_code == 404


def test_the_pages_cost_the_same_for_many_entries(cast, statements):
    visitor, counts = cast.visitor(), []
    for entries in (1, 500):
        journal.append_all([(Action.SCREENED, "2026-1", {"n": n}) for n in range(entries)], THEN)
        session.commit()
        session.remove()
        for path in ("/ar/register?idea=2026-1", "/ar/register/1"):
            with statements() as asked:
                assert visitor.get(path).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 3
    assert "cursor=" in visitor.get("/ar/register?idea=2026-1").text


def test_a_register_from_before_is_found_by_its_subjects(five, app, database_url):
    engine = app.extensions["engine"]
    session.remove()
    engine.dispose()
    migrate.downgrade(database_url, "0003")
    migrate.upgrade(database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("select subject from register order by number")).scalars().all()
    assert rows == [f"2026-{n}" for n in range(1, 6)]
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text("update register set subject = 'x'"))
