"""The page of the backups, and the warning that the last one is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cocreation.core import backups, clock, pulse
from cocreation.core.database import session
from cocreation.languages.i18n import format_datetime, speaking
from tests.html import numbers, texts
from tests.words import says

NO_FOLDER = "No folder is set: the operators say it in BACKUP_DIRECTORY."  # as templates/upkeep says it
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
    place = tmp_path / "backups"
    place.mkdir()
    settings = replace(app.extensions["settings"], backup_directory=str(place), backup_recipient="age1x")
    app.extensions["settings"] = settings
    return place


def rules(page):
    """How often and where, and when one was last tried."""
    return " ".join(texts(page, "[aria-labelledby=how] li"))


def test_it_says_how_often_where_and_when_the_last_one_was_made(cast, folder, now):
    amal = cast.visitor(cast.amal)
    assert texts(amal.get(PAGE).text, "[aria-labelledby=there] .empty")
    assert not says(amal.get(PAGE), NO_FOLDER)
    backup = folder / backups.name_at(now - timedelta(hours=2))
    backup.write_bytes(b"x" * 2_500_000)
    page = amal.get(PAGE).text
    with speaking("en"):
        tried = format_datetime(now)
    assert 26 in numbers(page, "[aria-labelledby=how] li"), "hours"
    assert str(folder) in rules(page)
    assert "2.5" in texts(page, "[aria-labelledby=there] td")[0]
    assert tried not in rules(page)
    backups.note_trial(backup, now)
    assert tried in rules(amal.get(PAGE).text)


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
    assert says(amal.get(PAGE), NO_FOLDER)


def test_a_real_backup_is_on_the_page_and_a_trial_of_it_is_noted(cast, folder, flask, keys, now):
    assert flask("backup", "--to", keys[0]).exit_code == 0
    [backup] = backups.find_all(str(folder))
    assert flask("backup", "try", backup.path, "--identity", keys[1]).exit_code == 0
    [backup] = backups.find_all(str(folder))
    assert backup.tried_at == now
