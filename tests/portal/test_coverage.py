"""Coverage: each part as it is defined, the same figure everywhere, downloads that say what the page says."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.directory import population
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.portal.home.queries import figures
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral
from tests.cast import T
from tests.html import texts
from tests.senders import write


@pytest.fixture
def scene(cast):
    """Two published, one answered, two overdue, three pending, in regions 02 and 04; one not confirmed."""
    fate = {"state": IdeaState.PUBLISHED, "reason_text": T("سبب", "raison"), "fate_at": clock.now()}
    write(cast, fate=Fate.INCLUDED, reason=Reason.FITS_THE_PLAN, region_code="02", **fate)
    write(
        cast, fate=Fate.DEFERRED, reason=Reason.LACKS_TIME, region_code="02", theme_id=cast.access.id, **fate
    )
    write(cast, state=IdeaState.ANSWERED, region_code="04", origin=Origin.PAPER)
    write(cast, 3, state=IdeaState.REFERRED, region_code="04", theme_id=cast.digital.id)
    write(cast, 2)
    write(cast, state=IdeaState.UNCONFIRMED, number=None, reference=None, received_at=None, steps=[])
    late, soon = clock.today() - timedelta(days=1), clock.today()
    for number, body, due_on, answered in (
        (1, cast.ministry, late, False),  # published meanwhile: not overdue
        (3, cast.ministry, late, True),
        (4, cast.ministry, late, False),
        (4, cast.finance, late, False),  # overdue twice, one idea
        (5, cast.ministry, late, True),
        (5, cast.finance, late, False),
        (6, cast.ministry, soon, False),  # due today is in time
    ):
        session.add(referral(cast, number, body, due_on, answered))
    session.commit()
    session.remove()
    return cast


def referral(cast, number, body, due_on, answered):
    row = Referral(
        idea_id=session.query(Idea.id).filter_by(number=number).scalar(),
        institution_id=body.id,
        due_on=due_on,
        referred_by=cast.salma.id,
        referred_at=clock.now(),
    )
    if answered:
        row.answer, row.reason, row.reason_text = Fate.DEFERRED, Reason.LACKS_TIME, T("سبب", "raison")
        row.answered_at, row.answered_by = clock.now(), cast.farid.id
    return row


def table(client, query: str = "", form: str = "csv") -> dict[tuple[str, str], dict[str, str]]:
    answer = client.get(f"/en/coverage.{form}{query}")
    assert answer.status_code == 200
    rows = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    return {(row["by"], row["key"]): row for row in rows}


def parts(row) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in ("received", "published", "answered", "pending", "overdue"))


def test_each_part_counts_what_it_says(scene, client):
    told = table(client)
    assert parts(told["all", ""]) == (8, 2, 1, 3, 2)
    assert parts(told["region", "02"]) == (2, 2, 0, 0, 0)
    assert parts(told["region", "04"]) == (4, 0, 1, 1, 2)
    assert parts(told["region", ""]) == (2, 0, 0, 2, 0)
    assert parts(told["region", "12"]) == (0, 0, 0, 0, 0)
    assert parts(told["origin", "paper"]) == (1, 0, 1, 0, 0)
    assert parts(told["theme", str(scene.digital.id)]) == (3, 0, 0, 1, 2)
    assert parts(told["institution", "ministry"]) == (5, 1, 2, 1, 1)
    assert parts(told["institution", "finance"]) == (2, 0, 0, 0, 2)


def test_the_parts_add_up_to_what_was_received(scene, client):
    told = table(client)
    for row in told.values():
        received, *others = parts(row)
        assert received == sum(others), row
    for by in ("region", "theme", "origin"):
        sums = [parts(row) for (kind, _), row in told.items() if kind == by]
        assert tuple(map(sum, zip(*sums, strict=True))) == parts(told["all", ""])


def test_one_figure_everywhere(scene, client):
    """Ideas with a published fate ÷ ideas received: home, coverage, and its downloads."""
    with scene.app.app_context():
        counted = figures()[scene.cycle.id]
        session.remove()
    assert (counted.with_fate, counted.received, counted.share) == (2, 8, 0.25)
    shown = r"<dt>(?:<a[^>]*>)?([^<]+).*?<dd>([^<]+)"
    home, coverage = (re.findall(shown, client.get(path).text)[:3] for path in ("/en/", "/en/coverage"))
    assert home == coverage
    assert [figure for _label, figure in home] == ["8", "2", "25%"]
    assert parts(table(client)["all", ""])[:2] == (8, 2)


def test_one_cycle_or_all(scene, client):
    assert parts(table(client, "?cycle=2026")["all", ""]) == (8, 2, 1, 3, 2)
    assert client.get("/en/coverage?cycle=2026&by=theme").status_code == 200
    assert client.get("/en/coverage?cycle=1999").status_code == 404
    assert client.get("/en/coverage?by=colour").status_code == 404
    assert client.get("/en/coverage.pdf").status_code == 404


def test_ideas_for_100_000_inhabitants(scene, client):
    told = table(client)["region", "04"]
    assert (told["inhabitants"], told["per_100_000"]) == ("5132639", "0.1")
    assert population.SOURCE in client.get("/en/coverage").text
    assert sum(population.POPULATION.values()) == population.TOTAL == 36_828_330
    assert sorted(population.POPULATION) == [f"{number:02}" for number in range(1, 13)]
    assert population.per_100_000(500, "12") == 227.3


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_downloads_say_the_same(scene, client, language):
    told = csv.reader(io.StringIO(client.get(f"/{language}/coverage.csv").text.removeprefix("\ufeff")))
    head, *rows = told
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/{language}/coverage.xlsx").data))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0] == head
    assert [[str(int(cell)) for cell in row[3:8]] for row in sheet[1:]] == [row[3:8] for row in rows]
    document = client.get(f"/{language}/coverage.json").get_json()
    assert [[str(row[name]) for name in head[3:8]] for row in document["rows"]] == [row[3:8] for row in rows]
    assert set(document["definitions"]) == {"published", "answered", "pending", "overdue"}


@pytest.mark.parametrize(
    "path",
    [*(f"/fr/coverage?by={by}" for by in ("region", "theme", "origin", "institution")), "/fr/coverage.csv"],
)
def test_it_costs_the_same_for_many(scene, client, statements, path):
    with statements() as few:
        assert client.get(path).status_code == 200
    write(scene, 200, state=IdeaState.REFERRED, region_code="05", theme_id=scene.access.id)
    with statements() as many:
        assert client.get(path).status_code == 200
    assert len(few) == len(many) <= 6


def test_before_the_first_idea(client):
    page = client.get("/en/coverage")
    assert page.status_code == 200
    assert texts(page.text, "main .empty")
    assert not texts(page.text, "main table")
    assert client.get("/en/coverage.xlsx").status_code == 200
