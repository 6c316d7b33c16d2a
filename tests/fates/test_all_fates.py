"""The page of all fates, what narrows it, and its tables."""

from __future__ import annotations

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from cocreation.batches.services import publication, revisions
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.ideas.queries.public_ideas import outcomes
from cocreation.reasons.models import Fate, Reason
from tests.cast import THEN, T
from tests.desk import batch_of, idea, published, received
from tests.html import hrefs, numbers


@pytest.fixture
def various(cast):
    """2026-1 deferred of the ministry, by paper, region 02; 2026-2 not accepted; 2026-3 not included; 2026-4
    withdrawn; 2026-5 without a fate yet.
    """
    given = {"origin": Origin.PAPER, "region_code": "02", "tokens": "budget"}
    first = received(cast, state=IdeaState.ANSWERED, proposal="=cmd() ouvrir le budget", **given)
    batches = [batch_of(cast, first)]
    refused = {"fate": Fate.NOT_ACCEPTED, "reason": Reason.NOT_CLEAR, "institution_id": cast.finance.id}
    batches.append(batch_of(cast, received(cast, state=IdeaState.NOT_ACCEPTED), **refused))
    after = {"fate": Fate.NOT_INCLUDED, "reason": Reason.NOT_FEASIBLE}
    batches.append(batch_of(cast, received(cast, state=IdeaState.ANSWERED), **after))
    for batch_id in batches:
        publication.publish(batch_id, by=cast.salma.id, now=THEN)
    session.commit()
    received(cast, 2, proposal="Mots repris")
    from cocreation.ideas.services.withdrawal import withdraw

    withdraw(idea("2026-4").receipt, now=THEN)
    session.commit()
    session.remove()


def listed(client, query=""):
    page = client.get(f"/en/fates{query}")
    assert page.status_code == 200
    return [f"2026-{n}" for n in range(1, 6) if f">2026-{n}<" in page.text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["2026-1", "2026-2", "2026-3", "2026-4"]),
        ("?fate=not_accepted", ["2026-2"]),
        ("?fate=not_included", ["2026-3"]),
        ("?fate=withdrawn", ["2026-4"]),
        ("?reason=lacks_budget", ["2026-1"]),
        ("?institution=finance", ["2026-2"]),
        ("?institution=ministry", ["2026-1", "2026-3"]),
        ("?region=02", ["2026-1"]),
        ("?origin=paper", ["2026-1"]),
        ("?q=budget", ["2026-1"]),
        ("?q=2026-3", ["2026-3"]),
        ("?q=Mots", []),
        ("?cycle=2026&fate=deferred", ["2026-1"]),
        ("?cycle=2019", ["2026-1", "2026-2", "2026-3", "2026-4"]),
        ("?fate=nonsense&institution=none", ["2026-1", "2026-2", "2026-3", "2026-4"]),
    ],
)
def test_what_narrows(client, various, query, found):
    assert listed(client, query) == found
    rows = list(csv.reader(io.StringIO(client.get(f"/en/fates.csv{query}").text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == found


def test_the_counts_are_those_of_every_other_page(cast, client, various):
    page = client.get("/en/fates").text
    fates = [(outcome, count) for outcome, count in outcomes() if isinstance(outcome, Fate)]
    assert sum(count for _, count in fates) == 4
    for fate, count in fates:
        row = page.split(f'<tr class="part-{fate.value}"')[1].split("</tr>")[0]
        assert f">{count}</td>" in row
    assert numbers(page, "figcaption") == [4]
    only = client.get("/en/fates?cycle=2026&fate=deferred").text
    assert numbers(only, "figcaption") == [4]  # the fate chosen narrows the list, not the counts beside it
    assert numbers(client.get("/en/fates?institution=ministry").text, "figcaption") == [2]


def test_silent_ideas_show_no_word_anywhere(cast, client, various):
    row = session.scalars(select(Idea).where(Idea.reference == "2026-1")).one()
    row.hidden_at = THEN
    session.commit()
    session.remove()
    for address in ("/en/fates", "/en/fates.csv", "/en/fates.json"):
        said = client.get(address).text
        assert "2026-1" in said
        assert "2026-4" in said
        assert "ouvrir le budget" not in said
        assert "Mots repris" not in said
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/en/fates.xlsx").data))
    assert "ouvrir le budget" not in str(book.get_sheet_by_index(0).to_python())


def test_the_table_in_its_three_forms(cast, client, various):
    from cocreation.ideas.decision import FateDecision

    now = FateDecision.of(idea("2026-1"))
    new = FateDecision(now.fate, now.reason, T("بعد سنة", "Dans un an"), now.institution_id)
    revisions.revise_published(idea("2026-1").id, new, why=T("توضيح", "Clarté"), by=cast.salma.id, now=THEN)
    session.commit()
    session.remove()
    answer = client.get("/fr/fates.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    cells = list(rows[0].values())
    assert cells[0] == "2026-1"
    assert cells[1] == "'=cmd() ouvrir le budget"  # no spreadsheet calculates it
    assert cells[3:5] == ["Oriental", "Le ministère d'essai"]
    assert cells[6] == "lacks_budget"
    assert cells[8:13] == ["Dans un an", "", "2026-03-10", "2026-03-10", "2026-03-10"]
    found = json.loads(client.get("/fr/fates.json?fate=deferred").text)
    assert [(row["reference"], row["fate_code"], row["text"]) for row in found] == [
        ("2026-1", "deferred", "=cmd() ouvrir le budget")
    ]
    assert found[0]["address"].endswith("/fr/ideas/2026-1")
    assert json.loads(client.get("/fr/fates.json?q=rien").text) == []
    book = client.get("/ar/fates.xlsx").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 5
    assert sheet[1][8] == "بعد سنة"
    import zipfile

    xml = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert 'rightToLeft="1"' in xml
    assert client.get("/en/fates.pdf").status_code == 404


def test_a_commitment_stands_in_the_table_by_its_reference(cast, client):
    published(cast, fate=Fate.INCLUDED, reason=Reason.FITS_THE_PLAN, commitment_id=cast.commitment.id)
    assert json.loads(client.get("/en/fates.json").text)[0]["commitment"] == "2026-C01"


def test_the_pages_ask_as_much_for_many_as_for_one(cast, client, statements):
    def asked():
        counts = []
        for address in ("/en/fates", "/en/fates?cycle=2026", "/en/fates.csv"):
            with statements() as statement:
                page = client.get(address)
                assert page.status_code == 200, page.data
            counts.append(len(statement))
        return counts

    published(cast)
    few = asked()
    published(cast, 60)
    assert asked() == few
    assert max(few) <= 6
    page = client.get("/en/fates").text
    assert "cursor=" in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(following).status_code == 200


def test_nothing_published_yet_says_so(cast, client):
    assert hrefs(client.get("/en/fates").text, ".empty a") == ["/en/ideas"]
    assert session.query(Cycle).count() == 1
    assert client.get("/en/fates.json").text == "[]\n"
    assert hrefs(client.get("/en/fates?q=rien").text, ".empty a") == ["/en/fates"], "none matches"


def test_the_filters_offer_both_kinds_of_refusal(client, various):
    page = client.get("/en/fates/filters").text
    assert 'value="not_accepted"' in page
    assert 'value="not_included"' in page
    assert 'value="finance"' in page
