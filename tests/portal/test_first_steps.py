"""The first day: an installation in which there is nothing yet, until its first meeting is announced."""

import pytest

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.queries import get_cycle
from tests.cast import person, sign_in
from tests.forms import fill
from tests.html import hrefs, numbers, texts

STEPS = "/en/manage/first-steps"


@pytest.fixture
def first(app):
    """The first one of the staff, in an empty installation."""
    amal = person("Amal", Role.ADMINISTRATOR)
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = sign_in(amal), True
    return client


def done(client):
    return len(texts(client.get(STEPS).text, ".state-done"))


def test_nothing_is_broken_where_there_is_nothing_and_the_steps_lead_on(first, now):
    assert first.get("/en/plan").status_code == 200
    for path in ("/en/manage/plan", "/en/manage/plan/new", "/en/manage/ideas/enter"):
        assert first.get(path).location == "/en/manage/cycles"  # everything begins with a cycle
    for path in ("/en/", "/en/manage/cycles"):
        assert STEPS in hrefs(first.get(path).text)
    assert done(first) == 0
    assert "/en/manage/cycles/new" in hrefs(first.get(STEPS).text)
    fill(first, "/en/manage/cycles/new?first_day=2026-01-01", **{"title-fr": "Premier cycle"})
    cycle = get_cycle("2026")
    assert {period.phase for period in cycle.phases} == set(Phase)  # as it was proposed
    assert all(
        cycle.starts_on <= period.opens_on <= period.closes_on <= cycle.ends_on for period in cycle.phases
    )
    session.remove()
    assert done(first) == 2
    fill(first, "/en/manage/cycles/2026/themes", **{"name-fr": "Le numérique"})
    assert done(first) == 3
    assert session.query(Cycle).count() == 1


def test_who_runs_the_secretariat_alone_sees_them(cast):
    assert cast.visitor(cast.farid).get(STEPS).status_code == 403
    page = cast.visitor(cast.salma).get(STEPS).text
    assert numbers(page, ".head p:last-child") == [len(texts(page, ".state-done"))]
    assert STEPS not in hrefs(cast.visitor(cast.salma).get("/en/").text)  # a cycle runs


def test_nobody_of_the_staff_yet_is_told_how_to_come_in(app, first):
    run = app.test_cli_runner().invoke
    assert run(args=["user", "first"]).output == ""


def test_in_an_empty_installation_the_command_says_how(app):
    said = app.test_cli_runner().invoke(args=["user", "first"])
    assert said.exit_code == 0
    assert "user invite EMAIL --role administrator" in said.output
