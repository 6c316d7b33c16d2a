"""The front page: where the cycle stands, what is open now, what became of the ideas."""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import brotli
import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.cycles.models import PhasePeriod
from cocreation.fates.models import Batch
from cocreation.ideas.models.idea import Fate, Idea, IdeaState, Origin, Reason
from cocreation.meetings.models.meeting import Meeting, Workshop
from tests.cast import THEN, T

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


def figures(page):
    return re.findall(r"<dt>(?:<a[^>]*>)?([^<]+).*?<dd>([^<]+)", page)


def test_the_three_figures_count_what_is_public(client, some_ideas):
    page = client.get("/en/").text
    assert figures(page) == [
        ("ideas received", "8"),
        ("with a published fate", "4"),
        ("of the ideas received have their answer", "50%"),
    ]


def test_the_bar_says_the_same_as_its_table(client, some_ideas):
    page = client.get("/en/").text
    assert "included: 3. deferred: 1. fate awaited: 4." in page


def test_what_is_open_has_its_last_day(client, cast):
    page = client.get("/en/").text
    assert "Register for the meeting in Oujda" in page
    assert "until 20 March 2026" in page
    assert "10 days left" in page
    assert "Send your idea" in page
    assert "until 31 December 2026" in page


def test_what_is_closed_is_not_offered(client, cast):
    calendar("intake", date(2026, 4, 1), date(2026, 4, 30))
    calendar("consultation", date(2026, 5, 1), date(2026, 5, 30))
    meeting = session.scalars(select(Meeting)).one()
    meeting.registration_closes_at = THEN
    session.commit()
    session.remove()
    page = client.get("/en/").text
    assert "Send your idea" not in page
    assert "Register for the meeting" not in page
    assert "Next comes “collecting ideas”, from 1 April 2026." in page


def calendar(phase, opens_on, closes_on):
    period = session.scalars(select(PhasePeriod).where(PhasePeriod.phase == phase)).one()
    period.opens_on, period.closes_on = opens_on, closes_on


def test_the_timeline_says_where_we_are(client, cast):
    assert "We are here" in client.get("/en/").text


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
    places = [page.index(each) for each in ("Premier lot", "Outputs of a workshop", "Meeting announced")]
    assert places == sorted(places)
    assert "Brouillon" not in page


def test_an_empty_platform_says_what_will_come(client):
    page = client.get("/en/")
    assert page.status_code == 200
    assert "No plan is being written at the moment." in page.text
    assert "No idea has been received yet." in page.text
    assert "Nothing has happened in public yet." in page.text


def test_an_empty_cycle_says_so(client, cast):
    assert "No idea has been received yet." in client.get("/en/").text


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
