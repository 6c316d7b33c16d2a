"""The public pages of consultations: what is open, to come, closed; days left by the clock of Casablanca."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from sqlalchemy import update

from cocreation.consultations.handovers import TO_ANNOUNCE, TO_ANSWER
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.core.database import session
from tests.cast import THEN
from tests.consultations.consultations import (
    CLOSES,
    DAY,
    DETAILS,
    MANAGE,
    OPENS,
    PAGE,
    PUBLIC,
    WHY,
    announced,
    draft,
    prepare,
)
from tests.forms import fill
from tests.html import hrefs, numbers, texts
from tests.scene_consultations import a_consultation
from tests.words import says


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def listed(client, at):
    """The references on the public list, by the section they stand in."""
    with clock.frozen(at):
        page = client.get(PUBLIC).text
    return {name: texts(page, f"[aria-labelledby={name}] .reference") for name in ("open", "to-come", "over")}


def test_it_goes_from_to_come_over_open_to_closed(cast, client, salma):
    announced(cast, salma)
    ours = ["2026-PC1"]
    assert listed(client, THEN) == {"open": [], "to-come": ours, "over": []}
    assert listed(client, OPENS) == {"open": ours, "to-come": [], "over": []}
    assert listed(client, CLOSES) == {"open": [], "to-come": [], "over": ours}


def test_days_left_are_counted_on_the_walls_of_casablanca(cast, client, salma):
    announced(cast, salma)
    with clock.frozen(CLOSES - 5 * DAY):
        page = client.get(PAGE)
        assert numbers(page.text, ".head strong") == [5]
        assert "09:00" in page.text, "and not 08:00, which is UTC"
    with clock.frozen(CLOSES.replace(hour=0)):
        assert numbers(client.get(PAGE).text, ".head strong") == [], "the last day"


def test_empty_it_says_how_to_be_told(client, cast):
    assert hrefs(client.get(PUBLIC).text, ".empty a") == [f"{PUBLIC}/follow"]
    salma = cast.visitor(cast.salma)
    assert hrefs(salma.get(MANAGE).text, ".empty a") == [f"{MANAGE}/new"]


def test_the_calendar_has_the_window_and_takes_it_back(cast, client, salma):
    announced(cast, salma)
    [event] = Calendar.from_ical(client.get(f"{PAGE}/event.ics").data).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (OPENS, CLOSES)
    fill(salma, f"{MANAGE}/2026-PC1/call-off", **WHY)
    [withdrawn] = Calendar.from_ical(client.get(f"{PAGE}/event.ics").data).walk("VEVENT")
    assert withdrawn["status"] == "CANCELLED"


def test_a_calendar_learns_of_a_later_end(cast, client, salma):
    announced(cast, salma)
    before = Calendar.from_ical(client.get(f"{PAGE}/event.ics").data).walk("VEVENT")[0]
    with clock.frozen(THEN + DAY):
        later = cast.visitor(cast.salma)
        assert (
            fill(later, f"{MANAGE}/2026-PC1/extend", closes_at="2026-04-27T09:00", **WHY).status_code == 302
        )
    after = Calendar.from_ical(client.get(f"{PAGE}/event.ics").data).walk("VEVENT")[0]
    assert after["dtend"].dt == CLOSES + 7 * DAY
    assert after["sequence"] > before["sequence"]
    assert after["uid"] == before["uid"]


def test_a_reference_leads_to_it(cast, client, salma):
    prepare(salma, draft(cast, salma))
    found = client.get("/en/find", query_string={"q": "2026 pc1"}).location
    assert "/consultations/" not in found, "nobody is told of it yet"
    assert fill(salma, "/en/manage/search", q="2026 pc1").location == f"{MANAGE}/2026-PC1"
    session.execute(update(Consultation).values(announced_at=THEN))
    session.commit()
    assert client.get("/en/find", query_string={"q": "2026 pc1"}).location == PAGE


def test_what_others_show_of_a_link_to_it(cast, client, salma):
    announced(cast, salma)
    page = client.get(PAGE.replace("/en/", "/fr/")).text
    assert 'property="og:title"' in page
    assert "Les projets d’engagement" in page


def test_home_says_how_many_are_open(cast, client, salma):
    announced(cast, salma)
    assert PUBLIC not in hrefs(client.get("/en/").text, "[aria-labelledby=now] a")
    assert PAGE in hrefs(client.get("/en/").text, "[aria-labelledby=news] a")
    with clock.frozen(OPENS):
        assert PUBLIC in hrefs(client.get("/en/").text, "[aria-labelledby=now] a")


def test_many_cost_as_many_statements_as_one(cast, client, salma, statements):
    announced(cast, salma)
    with statements() as few:
        assert client.get(PUBLIC).status_code == 200
    for number in range(2, 12):
        a_consultation(cast, number, is_open=True)
    session.commit()
    session.remove()
    with statements() as many:
        page = client.get(PUBLIC)
    assert page.text.count("2026-PC") > 10
    assert len(few) == len(many) <= 6


def test_many_texts_cost_as_many_statements_as_one(cast, client, salma, statements):
    prepare(salma, *(draft(cast, salma, number) for number in range(2, 8)))
    session.execute(update(Consultation).values(announced_at=THEN))
    session.commit()
    session.remove()
    with statements() as asked:
        page = client.get(PAGE)
    assert len(texts(page.text, "#texts ~ ol > li")) == 6
    assert len(asked) <= 6


def test_stages_are_told_apart_for_the_secretariat(cast, salma):
    announced(cast, salma)
    fill(salma, f"{MANAGE}/new", **DETAILS)
    assert texts(salma.get(f"{MANAGE}?stage=prepared").text, ".rows .reference") == ["2026-PC2"]
    assert texts(salma.get(f"{MANAGE}?stage=announced").text, ".rows .reference") == ["2026-PC1"]
    assert texts(salma.get(f"{MANAGE}?stage=x").text, ".rows .reference") == ["2026-PC2", "2026-PC1"]


def test_what_waits_stands_on_the_desk(cast, salma):
    def waiting(at):
        with clock.frozen(at):
            page = cast.visitor(cast.salma).get("/en/desk")
        kinds = [kind.name for kind in (TO_ANNOUNCE, TO_ANSWER) if says(page, kind.what)]
        assert (f"{MANAGE}/2026-PC1" in hrefs(page.text)) == bool(kinds)
        return kinds

    prepare(salma, draft(cast, salma))
    assert waiting(THEN) == [TO_ANNOUNCE.name]
    assert waiting(OPENS - 31 * DAY) == []
    session.execute(update(Consultation).values(announced_at=THEN))
    session.commit()
    assert waiting(THEN) == []
    assert waiting(CLOSES) == [TO_ANSWER.name]
    session.execute(update(Consultation).values(answered_at=CLOSES))
    session.commit()
    assert waiting(CLOSES) == []
