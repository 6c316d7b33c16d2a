"""The page of the backups, and the warning that the last one is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cocreation.core import backups, clock, pulse
from cocreation.core.database import session

PAGE, DESK = "/en/manage/backups", "/en/desk"


@pytest.fixture(autouse=True)
def worker(cast):
    """It is at work, so that the desk has nothing else to warn of."""
    for name in (pulse.WORKER, pulse.POST):
        pulse.beat(name, clock.now())
    session.commit()
    session.remove()


@pytest.fixture
def folder(app, tmp_path):
    there = tmp_path / "backups"
    there.mkdir()
    settings = replace(app.extensions["settings"], backup_directory=str(there), backup_recipient="age1x")
    app.extensions["settings"] = settings
    return there


def test_it_says_how_often_where_and_when_the_last_one_was_made(cast, folder, now):
    amal = cast.visitor(cast.amal)
    assert "There is no backup here yet" in amal.get(PAGE).text
    made = folder / backups.name_at(now - timedelta(hours=2))
    made.write_bytes(b"x" * 2_500_000)
    page = amal.get(PAGE).text
    assert "At least every 26 hours" in page
    assert str(folder) in page
    assert "2.5 MB" in page
    assert "was ever tried" in page
    backups.note_trial(made, now)
    assert "was ever tried" not in amal.get(PAGE).text


def test_administrators_are_warned_of_an_old_one_and_nobody_else(cast, client, folder, now):
    amal, salma = cast.visitor(cast.amal), cast.visitor(cast.salma)
    assert "notice-refused" in amal.get(DESK).text
    assert "notice-refused" not in salma.get(DESK).text
    (folder / backups.name_at(now - timedelta(hours=27))).touch()
    assert "notice-refused" in amal.get(DESK).text
    assert client.get("/ready").json["backup_hours"] == 27
    (folder / backups.name_at(now - timedelta(hours=3))).touch()
    assert "notice-refused" not in amal.get(DESK).text
    assert "notice-refused" not in amal.get(PAGE).text
    assert client.get("/ready").json["backup_hours"] == 3


def test_a_trial_is_not_warned_and_what_people_rely_on_is(app, cast):
    amal = cast.visitor(cast.amal)
    assert "notice-refused" not in amal.get(DESK).text
    app.extensions["settings"] = replace(app.extensions["settings"], production="yes")
    assert "notice-refused" in amal.get(DESK).text
    assert "No folder is set" in amal.get(PAGE).text


def test_a_real_backup_is_on_the_page_and_a_trial_of_it_is_noted(cast, folder, flask, keys, now):
    assert flask("backup", "--to", keys[0]).exit_code == 0
    [made] = backups.find_all(str(folder))
    assert flask("backup", "try", made.path, "--identity", keys[1]).exit_code == 0
    [made] = backups.find_all(str(folder))
    assert made.tried_at == now
