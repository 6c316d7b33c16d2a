"""The front page: where the cycle stands, what is open now, what became of the ideas."""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest
from sqlalchemy import select

from cocreation.batches.models import Batch
from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle, Phase, PhasePeriod
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from tests.cast import THEN, T
from tests.html import hrefs, texts
from tests.words import said

STATIC = Path(__file__).resolve().parents[2] / "static"


def idea(cast, number, fate=None, state=IdeaState.PUBLISHED, region="02"):
    row = Idea(
        cycle_id=cast.cycle.id,
        number=number,
        reference=number and f"2026-{number}",
        receipt=f"receipt {number}",
        once=f"once {number}",
        origin=Origin.ONLINE,
        state=state,
        language="ar",
        proposal=f"مقترح {number}",
        submitted_at=THEN,
        received_at=number and THEN + timedelta(seconds=number),
        region_code=region,
    )
    if fate:
        row.fate, row.reason, row.reason_text, row.fate_at = fate, Reason.LACKS_TIME, T("سبب", "raison"), THEN
    session.add(row)


@pytest.fixture
def some_ideas(cast):
    """Eight received: three included, one deferred, four whose fate is awaited; one not confirmed."""
    for number in range(1, 4):
        idea(cast, number, Fate.INCLUDED)
    idea(cast, 4, Fate.DEFERRED)
    for number in range(5, 9):
        idea(cast, number, state=IdeaState.REFERRED)
    idea(cast, None, state=IdeaState.UNCONFIRMED)
    session.commit()
    session.remove()


def open_now(page):
    """The last day of what can be done now, by where it leads."""
    cards = "[aria-labelledby=now] .card"
    return dict(zip(hrefs(page, f"{cards} h3 a"), texts(page, f"{cards} .card-foot"), strict=True))


def test_the_three_figures_count_what_is_public(client, some_ideas):
    page = client.get("/en/").text
    assert texts(page, ".figures dd") == ["8", "4", "50%"]


def test_two_plans_are_not_added_together(client, cast, some_ideas):
    before = Cycle(
        code="2024",
        title=T("الخطة السابقة", "Le plan d’avant"),
        summary=T("", ""),
        starts_on=THEN.date() - timedelta(days=800),
        ends_on=THEN.date() - timedelta(days=400),
    )
    session.add(before)
    session.flush()
    axis = Axis(cycle_id=before.id, position=1, name=T("محور", "Axe"))
    session.add(axis)
    session.flush()
    texts_of = {name: T("ن", "t") for name in ("title", "problem", "solution", "expected_result")}
    bodies = {"axis_id": axis.id, "institution_id": cast.ministry.id}
    session.add(Commitment(cycle_id=before.id, number=1, published_at=THEN, **bodies, **texts_of))
    session.get_one(Commitment, cast.commitment.id).published_at = None
    for number in range(20, 23):
        idea(cast, number, Fate.INCLUDED)
    session.flush()
    for row in session.scalars(select(Idea).where(Idea.number >= 20)):
        row.cycle_id = before.id
    session.commit()
    session.remove()
    page = client.get("/en/").text
    assert texts(page, ".figures dd") == ["8", "4", "50%"]
    assert "/en/coverage?cycle=2024" in hrefs(page, "[aria-labelledby=fates] a")
    assert texts(client.get("/en/coverage").text, ".figures dd")[0] == "8"
    assert texts(client.get("/en/coverage?cycle=2024").text, ".figures dd")[0] == "3"


def test_the_bar_says_the_same_as_its_table(client, some_ideas):
    page = client.get("/en/").text
    parts = {"included": "3", "deferred": "1", "waiting": "4"}
    rows = {part: texts(page, f".legend .part-{part} td")[0] for part in parts}
    [bar] = texts(page, "svg.stacked desc")
    assert rows == parts
    assert re.findall(r"\d+", bar) == list(parts.values())


def test_what_is_open_has_its_last_day(client, cast):
    last_days = open_now(client.get("/en/").text)
    assert set(last_days) == {"/en/meetings/OR1", "/en/ideas/new", "/en/plan"}
    assert "20 March 2026" in last_days["/en/meetings/OR1"]
    assert re.search(r"\b10\b", last_days["/en/meetings/OR1"]), "days left"
    assert "31 December 2026" in last_days["/en/ideas/new"]


def test_what_is_closed_is_not_offered(client, cast):
    calendar("intake", date(2026, 4, 1), date(2026, 4, 30))
    calendar("consultation", date(2026, 5, 1), date(2026, 5, 30))
    meeting = session.scalars(select(Meeting)).one()
    meeting.registration_closes_at = THEN
    session.commit()
    session.remove()
    page = client.get("/en/").text
    assert open_now(page) == {}
    assert "/en/ideas/new" not in hrefs(page, "main a")
    [ahead] = texts(page, "[aria-labelledby=now] .empty > p:first-of-type")
    assert said(ahead, Phase.INTAKE.label)
    assert "1 April 2026" in ahead


def calendar(phase, opens_on, closes_on):
    period = session.scalars(select(PhasePeriod).where(PhasePeriod.phase == phase)).one()
    period.opens_on, period.closes_on = opens_on, closes_on


def test_the_timeline_says_where_we_are(client, cast):
    assert texts(client.get("/en/").text, "[aria-current=step] .here")


def test_the_map_counts_the_meetings_of_each_region(client, cast):
    page = client.get("/en/").text
    listed = page.split('class="map-list"')[1]
    assert re.search(r'href="/en/regions/02">.*?</a> <span class="count">1<', listed)
    assert page.count('<span class="count">0<') == 11


def test_the_latest_steps_are_told_newest_first(client, cast):
    workshop = session.scalars(select(Workshop).order_by(Workshop.id)).first()
    workshop.published_at = THEN - timedelta(days=1)
    cycle_id = cast.cycle.id
    published = {"published_by": cast.salma.id, "published_at": THEN}
    session.add(Batch(cycle_id=cycle_id, created_at=THEN, title=T("الأولى", "Premier lot"), **published))
    session.add(Batch(cycle_id=cycle_id, created_at=THEN, title=T("مسودة", "Brouillon")))
    session.commit()
    session.remove()
    page = client.get("/en/").text
    steps = hrefs(page, "[aria-labelledby=news] a")
    assert steps == ["/en/register", "/en/meetings/OR1/workshops/1", "/en/meetings/OR1"]
    assert "Premier lot" in page
    assert "Brouillon" not in page


def test_an_empty_platform_says_what_will_come(client):
    answer = client.get("/en/")
    assert answer.status_code == 200
    for section in ("now", "fates", "news"):
        assert texts(answer.text, f"[aria-labelledby={section}] .empty"), section
    assert hrefs(answer.text, "[aria-labelledby=now] .empty a") == ["/en/cycles"]


def test_an_empty_cycle_says_so(client, cast):
    assert texts(client.get("/en/").text, "[aria-labelledby=fates] .empty")


def test_it_costs_the_same_for_many_rows(cast, statements, some_ideas):
    salma = cast.visitor(cast.salma)
    with statements() as few:
        salma.get("/ar/")
    for number in range(100, 160):
        idea(cast, number, Fate.MERGED)
    for n in range(20):
        session.add(a_meeting(cast, n))
    session.commit()
    session.remove()
    with statements() as many:
        assert salma.get("/ar/").status_code == 200
    assert len(few) == len(many) <= 6


def a_meeting(cast, n):
    return Meeting(
        reference=f"X{n}",
        cycle_id=cast.cycle.id,
        title=T(f"لقاء {n}", f"Rencontre {n}"),
        city=T("فاس", "Fès"),
        venue=T("ق", "s"),
        starts_at=THEN + timedelta(days=30),
        ends_at=THEN + timedelta(days=31),
        registration_opens_at=THEN - timedelta(days=1),
        registration_closes_at=THEN + timedelta(days=5 + n),
        places=5,
        announced_at=THEN - timedelta(hours=n),
    )


@pytest.mark.words  # which are weighed with the page
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_it_is_light(client, cast, some_ideas, lang):
    """15 KB of HTML, uncompressed; 100 KB as sent at first visit, with styles, scripts, images and fonts."""
    for n in range(3):
        session.add(a_meeting(cast, n))
    session.commit()
    session.remove()
    page = client.get(f"/{lang}/").text
    assert len(page.encode()) <= 15 * 1024
    html = len(brotli.compress(page.encode(), quality=4))
    loaded = set(re.findall(r'(?:href|src)="/static/([^"?#]+)', page))
    style = (STATIC / "css/site.css").read_text()
    loaded |= set(re.findall(r'url\("\.\./((?:img)/[^"]+)"\)', style))
    assert {"css/site.css", "js/site.js", "img/regions.svg", "img/glyphs.svg"} <= loaded
    # Each page fetches the fonts whose letters it has: both weights of Latin, and of Arabic.
    loaded |= {f"vendor/fonts/{file.name}" for file in (STATIC / "vendor/fonts").glob("ibm-plex*.woff2")}
    total = html + sum(weight(STATIC / path) for path in loaded)
    assert total <= 100_000, {path: weight(STATIC / path) for path in loaded}


def weight(file):
    body = file.read_bytes()
    return len(body) if file.suffix == ".woff2" else len(gzip.compress(body))
