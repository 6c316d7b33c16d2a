"""Fates that were published before they were entered here say the day on which that was."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from cocreation.batches.refusals import NotPublishedThen
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle, Phase, PhasePeriod
from cocreation.cycles.refusals import PhaseClosed
from cocreation.ideas.models.idea import Idea
from tests.cast import THEN
from tests.desk import (
    BATCHES,
    batch,
    close,
    drafted,
    entries,
    idea,
    states,
    steps,
    work,
)
from tests.forms import fill, press
from tests.html import texts
from tests.words import says

SAID = date(2026, 3, 5)


@pytest.fixture
def url(cast):
    """A batch that was read, in a cycle whose phase ended yesterday; its address."""
    address = f"{BATCHES}/{drafted(cast, 2)}"
    session.execute(update(Idea).values(received_at=clock.noon(date(2026, 3, 2))))
    opened = update(PhasePeriod).where(PhasePeriod.phase == Phase.FATES).values(opens_on=date(2026, 3, 1))
    session.execute(opened)
    session.commit()
    close(Phase.FATES)
    return address


def published_on(cast, url, day):
    return fill(cast.visitor(cast.salma), url, published_on=day)


def test_every_fate_says_that_day_and_the_register_both(cast, salma, client, url):
    assert published_on(cast, url, SAID.isoformat()).status_code == 302
    work(cast.app)
    assert states("2026-1", "2026-2") == ["published"] * 2
    fate = idea("2026-1")
    assert clock.day_of(fate.fate_at) == SAID
    assert clock.day_of(steps("2026-1")[-1].at) == SAID
    assert fate.appeal_until == SAID + timedelta(days=session.query(Cycle).one().appeal_days)
    told = [json.loads(entry.content) for entry in entries()]
    assert [(entry["action"], entry["published_on"]) for entry in told] == [
        ("fate", "2026-03-05"),
        ("fate", "2026-03-05"),
        ("batch published", "2026-03-05"),
    ]
    assert all(entry["at"].startswith("2026-03-10") for entry in told)
    assert "2026-03-05" in client.get("/en/fates.csv").text
    [notice] = texts(salma.get(url).text, ".notice-done")
    assert "5 March" in notice
    assert "10 March" in notice


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-11"])
def test_no_day_before_the_idea_was_received_or_that_is_to_come(cast, url, day):
    days = {"opens_on": date(2026, 2, 1), "closes_on": SAID}
    session.execute(update(PhasePeriod).where(PhasePeriod.phase == Phase.FATES).values(**days))
    session.commit()
    answer = published_on(cast, url, day)
    assert answer.status_code in (409, 422)
    assert says(answer, NotPublishedThen if day < "2026-03-05" else PhaseClosed)
    assert batch(int(url.rsplit("/", 1)[1])).publishing_at is None


def test_without_a_day_the_phase_is_closed(cast, url):
    answer = published_on(cast, url, "")
    assert answer.status_code == 409
    assert states("2026-1") == ["answered"]


def test_while_the_phase_is_open_no_day_is_asked_for(cast, salma):
    address = f"{BATCHES}/{drafted(cast)}"
    assert 'name="published_on"' not in salma.get(address).text
    assert press(salma, address, "/publish").status_code == 302
    work(cast.app)
    assert idea("2026-1").fate_at == THEN
