"""Tables and papers are limited, and do not take the installation: one is made at a time."""

from __future__ import annotations

import re

import pytest
from flask import Response

from cocreation.languages.i18n import LANGUAGES
from cocreation.web import downloads
from cocreation.web.access import access, anyone
from cocreation.web.downloads import PUBLIC, STAFF, DownloadPlace, DownloadsBusy, exports
from tests.access import ACCESS, ANYONE, SECRET
from tests.cast import Cast
from tests.scene import set_up
from tests.test_access import Scene
from tests.web.conftest import trial

ENDINGS = re.compile(r"\b(csv|xlsx|ods|json|jsonl|pdf|zip|ics|pem)\b")
MADE = re.compile("csv|spreadsheet|excel|pdf|zip|json|calendar|pem")
# What pages ask for in small pieces while somebody works with them.
NO_EXPORT = {"ideas.challenge", "manage_attendance.door_list", "health.alive", "health.ready"}


@trial.get("/table.csv")
@access(anyone)
@exports(PUBLIC)
def table():
    return Response((f"{n}\n" for n in range(3)), mimetype="text/csv")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    samples, outsiders = set_up(cast)
    return Scene(cast, samples, outsiders)


def test_every_route_that_answers_with_a_file_is_limited(scene):
    unlimited, found = [], 0
    for rule in scene.rules("GET"):
        allowed = ACCESS[rule.endpoint]
        person = None if allowed in (ANYONE, SECRET) else scene.cast.staff[min(allowed)]
        answer = scene.cast.visitor(person).get(scene.address(rule))
        answer.close()
        is_file = ENDINGS.search(rule.rule.split(":lang>")[-1]) or MADE.search(answer.mimetype)
        if is_file and rule.endpoint not in NO_EXPORT:
            found += 1
            view = scene.cast.app.view_functions[rule.endpoint]
            if not hasattr(view, "reading_limit"):
                unlimited.append(
                    f"{rule.endpoint}: put @exports(PUBLIC or STAFF) or @limit_reading(…) under it"
                )
    assert found >= 15
    assert not unlimited, "\n".join(unlimited)


@pytest.fixture
def a_place(monkeypatch):
    monkeypatch.setattr(downloads, "PLACES", {PUBLIC: DownloadPlace(), STAFF: DownloadPlace()})
    return downloads.PLACES[PUBLIC]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_while_one_is_made_the_next_is_told_when_to_come_back(limited, a_place, lang):
    turn = a_place.take()
    answer = limited.get(f"/{lang}/trial/table.csv")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert f'<html lang="{lang}"' in answer.text
    assert limited.get("/ar/about").status_code == 200
    turn.end()
    assert limited.get(f"/{lang}/trial/table.csv").text == "0\n1\n2\n"


def test_the_place_is_given_back_when_it_is_sent_or_the_reader_has_gone(limited, a_place):
    assert limited.get("/ar/trial/table.csv").text == "0\n1\n2\n"
    gone = limited.get("/ar/trial/table.csv")
    assert limited.get("/ar/trial/table.csv").status_code == 503
    gone.close()
    assert limited.get("/ar/trial/table.csv").text == "0\n1\n2\n"


def test_who_reads_slowly_keeps_nobody_out_for_long_who_works_does(a_place, monkeypatch):
    slow = a_place.take()
    monkeypatch.setattr(downloads, "LONGEST", 0.0)
    with pytest.raises(DownloadsBusy):
        a_place.take()
    slow.sent_since = 0.0
    a_place.take()
    slow.end()
    with pytest.raises(DownloadsBusy):
        a_place.take()


def test_a_network_takes_a_bounded_number(limited):
    statuses = []
    for _ in range(21):
        answer = limited.get("/ar/trial/table.csv")
        answer.get_data()
        statuses.append(answer.status_code)
    assert statuses == [200] * 20 + [429]
    elsewhere = {"REMOTE_ADDR": "2001:db8::1"}
    assert limited.get("/ar/trial/table.csv", environ_overrides=elsewhere).status_code == 200
