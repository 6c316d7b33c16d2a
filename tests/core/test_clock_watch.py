"""A clock that somebody set is not believed at once, and one that says a month has passed not by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core import clock, pulse
from cocreation.core.clock_watch import Watch
from cocreation.core.database import session
from cocreation.places.models.registration import RegistrationState
from tests.cast import THEN
from tests.meeting_day import registrations, write

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Steady:
    """The clock that nobody sets, in the hands of a test."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def steady():
    return Steady()


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY, -DAY, 10 * DAY])
def test_a_clock_that_was_set_is_given_time_to_be_set_right(steady, jump):
    watch, now = Watch(THEN, steady=steady), THEN + MINUTE
    assert watch.doubt(now) == ""
    steady.seconds += 2
    now += 2 * SECOND + jump
    assert watch.doubt(now)
    for _ in range(14):
        steady.seconds += 60
        now += MINUTE
        assert watch.doubt(now)
    steady.seconds += 61
    assert watch.doubt(now + 61 * SECOND) == "", "it stayed so: it is believed"


def test_set_right_again_it_is_watched_from_there(steady):
    watch, now = Watch(THEN, steady=steady), THEN + MINUTE
    watch.doubt(now)
    steady.seconds += 2
    assert watch.doubt(now + DAY)
    steady.seconds += 600
    now += 602 * SECOND
    assert watch.doubt(now), "set right, which is a setting too"
    steady.seconds += 901
    assert watch.doubt(now + 901 * SECOND) == ""


def test_slewing_and_long_rounds_are_no_setting(steady):
    watch, now = Watch(THEN, steady=steady), THEN + MINUTE
    watch.doubt(now)
    for _ in range(20):
        steady.seconds += 400
        now += 400 * SECOND + 20 * SECOND
        assert watch.doubt(now) == ""


def test_a_month_away_is_believed_when_an_operator_says_so(steady):
    later = THEN + 31 * DAY
    assert "--trust-clock" in Watch(THEN, steady=steady).doubt(later)
    assert Watch(THEN, trusted=True, steady=steady).doubt(later) == ""
    assert Watch(None, steady=steady).doubt(later) == "", "a new installation"


def test_a_machine_that_started_without_its_clock_goes_on_once_it_has_it(steady):
    """Believed, the year 1970 would have been the last sign of life, and the right clock too far from it."""
    watch = Watch(THEN, steady=steady)
    assert "--trust-clock" in watch.doubt(THEN.replace(year=1970))
    steady.seconds += 60
    assert watch.doubt(THEN + HOUR), "set right"
    steady.seconds += 901
    assert watch.doubt(THEN + HOUR + 901 * SECOND) == ""


@pytest.fixture
def worker(app, cast):
    def run(*options):
        done = app.test_cli_runner().invoke(args=["worker", "--once", *options], catch_exceptions=False)
        session.remove()
        return done

    return run


def test_nothing_is_done_by_a_clock_of_another_year(worker, cast, client):
    """The meeting is over by that clock, and its participants past their term."""
    write(cast, 1, name="Nadia")
    assert worker().exit_code == 0
    with clock.frozen(THEN + 3 * 365 * DAY):
        refused = worker()
        assert refused.exit_code == 1
        assert "--trust-clock" in refused.output
        assert [registration.name for registration in registrations()] == ["Nadia"]
    assert session.scalar(select(pulse.Pulse.at).where(pulse.Pulse.name == pulse.WORKER)) == THEN
    session.remove()
    with clock.frozen(THEN + 3 * 365 * DAY):
        assert worker("--trust-clock").exit_code == 0
        assert registrations()[0].name != "Nadia"
        assert registrations()[0].state == RegistrationState.CONFIRMED


def test_the_desk_and_ready_say_that_the_clock_is_in_doubt(cast, client, worker):
    worker()
    pulse.doubt(pulse.WORKER, clock.now(), trouble="The clock was set")
    session.commit()
    session.remove()
    assert "The clock was set" in cast.visitor(cast.amal).get("/en/desk").text
    assert client.get("/ready").json["worker"]["status"] == "clock in doubt"
