"""What was announced for an hour stays at that hour when Morocco moves its clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.hours import KnownOffsets
from cocreation.languages.i18n import ZONE
from cocreation.meetings.models.meeting import Meeting
from tests.cast import THEN


@pytest.fixture
def upgrade(app, cast):
    """`flask db upgrade`; what it says."""

    def run():
        answer = app.test_cli_runner().invoke(args=["db", "upgrade"], catch_exceptions=False)
        assert answer.exit_code == 0
        return answer.output

    return run


def know(minutes):
    """The moments of this database were written when Morocco was this far from UTC, all year."""
    session.merge(KnownOffsets(id=1, spans=[[(THEN - timedelta(days=365)).isoformat(), minutes]]))
    session.commit()
    session.remove()


def hours():
    meeting = session.scalars(select(Meeting)).one()
    found = [
        f"{moment.astimezone(ZONE):%d %H:%M}"
        for moment in (meeting.registration_opens_at, meeting.starts_at, meeting.ends_at)
    ]
    session.remove()
    return found


def test_a_meeting_keeps_its_hour_and_what_is_past_its_moment(client, upgrade):
    opened, *_ = hours()
    know(0)  # "09:00" was typed for 30 March, which is UTC+1 by the rules of today
    assert "OR1" in upgrade()
    assert hours() == [opened, "30 09:00", "30 15:00"]
    assert "09:00" in client.get("/fr/meetings/OR1").text


def test_once_is_enough(upgrade):
    know(0)
    upgrade()
    before = hours()
    assert "OR1" not in upgrade()
    assert hours() == before


def test_rules_that_did_not_change_change_nothing(upgrade):
    before = hours()
    upgrade()  # the first time, when it is only noted
    assert "OR1" not in upgrade()
    assert hours() == before


def test_offsets_of_the_days_of_change_are_those_of_each_moment(upgrade, cast):
    """22 March 2026 at 02:00 the clock goes to 03:00: what was typed for the evening before is not moved."""
    upgrade()
    kept = session.get_one(KnownOffsets, 1)
    spans = [tuple(span) for span in kept.spans]
    session.remove()
    assert ("2026-03-22T02:00:00+00:00", 60) in spans
    assert [minutes for _from, minutes in spans][:2] == [0, 60]
