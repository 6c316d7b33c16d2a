"""The past, noted honestly: what was received, screened and announced before anybody wrote it down here."""

import json
from datetime import date, timedelta

import pytest

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.refusals import NotAnnouncedThen
from cocreation.screening.models import Screening
from cocreation.screening.refusals import NotScreenedThen
from cocreation.submission.refusals import NotReceivedThen
from tests.cast import THEN
from tests.desk import SCREENING, close, entries, idea, received, states, steps
from tests.forms import csrf_token, fill
from tests.html import hrefs
from tests.screening.desk import YES
from tests.words import errors, says

ENTER = "/en/manage/ideas/enter"


def test_paper_that_arrives_late_is_taken_with_the_day_it_came(cast, salma):
    close(Phase.INTAKE)
    answer = fill(salma, ENTER, proposal="Sur papier", received_on="2026-02-03")
    assert answer.status_code == 302
    paper = idea("2026-1")
    assert {clock.day_of(at) for at in (paper.received_at, paper.submitted_at, steps("2026-1")[0].at)} == {
        date(2026, 2, 3)
    }
    for wrong in ("2026-12-31", "2025-12-31", "soon"):  # to come, before its cycle, no day
        refused = fill(salma, ENTER, proposal="Une autre", received_on=wrong)
        assert refused.status_code == 422
        assert says(refused, NotReceivedThen) or errors(refused) == {"received_on"}
        assert "Une autre" in refused.text
    with clock.frozen(THEN + timedelta(days=1000)):  # no cycle runs: into the last one
        fill(cast.visitor(cast.salma), ENTER, proposal="Encore plus tard")
    assert states("2026-1", "2026-2") == ["received", "received"]


@pytest.mark.parametrize("many", [False, True])
def test_what_was_screened_while_the_phase_was_open_is_noted_with_its_day(cast, salma, many):
    ids = received(cast)
    row = idea("2026-1")
    row.received_at = THEN - timedelta(days=20)
    session.commit()
    session.remove()
    close(Phase.SCREENING)  # yesterday was its last day
    url = SCREENING if many else f"{SCREENING}/2026-1"
    page = salma.get(url).text
    assert 'name="screened_on"' in page
    assert "/en/manage/cycles/2026" in hrefs(page, ".notice a")

    def decide(day):
        given = {"chosen": ids} if many else YES
        return fill(salma, url, **given, screened_on=day)

    assert says(decide(""), PhaseClosed)  # the calendar stays closed
    assert says(decide("2025-12-31"), PhaseClosed)
    assert says(decide("2026-01-05"), NotScreenedThen)  # before the idea was there
    assert states("2026-1") == ["received"]
    assert decide("2026-03-05").status_code == 302
    assert clock.day_of(session.query(Screening).one().decided_at) == date(2026, 3, 5)
    assert clock.day_of(steps("2026-1")[-1].at) == date(2026, 3, 5)
    session.remove()
    entry = entries()[-1]
    assert json.loads(entry.content)["decided_on"] == "2026-03-05"  # and the day it was noted beside it
    assert clock.day_of(entry.at) == clock.day_of(THEN)


def test_a_meeting_that_is_over_is_recorded_as_it_was_announced(cast, salma):
    meeting = session.get_one(Meeting, cast.meeting.id)
    meeting.announced_at = None
    session.commit()
    session.remove()
    show = "/en/manage/meetings/OR1"
    assert 'name="announced_on"' not in salma.get(show).text
    with clock.frozen(THEN + timedelta(days=60)):
        later = cast.visitor(cast.salma)
        page = later.get(show).text
        assert 'class="places' not in page  # nothing is left in what is over
        token = {"csrf_token": csrf_token(later)}
        for wrong in ("2026-12-31", "2026-05-01", "soon"):
            refused = later.post(f"{show}/announce", data={**token, "announced_on": wrong})
            assert says(refused, NotAnnouncedThen)
        fill(later, show, announced_on="2026-03-01")
        assert 'class="places' not in later.get(show).text
        assert 'class="places' not in cast.visitor().get("/en/meetings/OR1").text
    session.remove()
    assert clock.day_of(session.get_one(Meeting, cast.meeting.id).announced_at) == date(2026, 3, 1)


def test_a_meeting_to_come_is_announced_now(cast, salma):
    meeting = session.get_one(Meeting, cast.meeting.id)
    meeting.announced_at = None
    session.commit()
    session.remove()
    announce = "/en/manage/meetings/OR1/announce"
    token = {"csrf_token": csrf_token(salma)}
    assert says(salma.post(announce, data={**token, "announced_on": "2026-03-01"}), NotAnnouncedThen)
