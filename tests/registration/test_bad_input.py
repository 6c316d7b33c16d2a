"""What should not be typed or guessed: a plain sentence, and nothing changed.

What each part refuses (a delegate named twice, a file that lies, a line in a calendar) is tried with it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from cocreation.app import create_app
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.meetings.refusals import RegistrationClosed
from cocreation.places.emails import CONFIRMED
from tests.forms import fill
from tests.mails import of, text
from tests.meeting_day import REGISTER, registrations
from tests.registration.test_registration import _fields
from tests.words import errors, says

EDIT = "/en/manage/meetings/OR1/edit"
TOKYO = timezone(timedelta(hours=9))
LONG = "محمد الأمين " * 16 + "بن موسى!"  # 200 characters


def test_the_window_closes_by_the_clock_of_morocco(client, cast):
    """At midnight in Rabat, which after Ramadan is 23:00 UTC, wherever those are who register or serve."""
    page = client.get(REGISTER).text
    answer = fill(cast.visitor(cast.salma), EDIT, registration_closes_at="2026-03-24T00:00")
    assert answer.status_code == 302
    last = datetime(2026, 3, 23, 22, 59, 59, tzinfo=UTC)
    with clock.frozen(last.astimezone(TOKYO)):  # where it is the 24th already
        assert client.post(REGISTER, data=_fields(page)).status_code == 302
    late = _fields(page) | {"email": "late@example.org", "once": "0" * 24}
    for zone in (UTC, TOKYO):  # in UTC it is still the 23rd
        with clock.frozen((last + timedelta(seconds=1)).astimezone(zone)):
            answer = client.post(REGISTER, data=late)
            assert answer.status_code == 409
            assert says(answer, RegistrationClosed)
            assert "24 March 2026" in answer.text
            assert "late@example.org" in answer.text
    assert len(registrations()) == 1


def test_a_name_of_two_hundred_letters_and_no_more(register, client, mails, cast):
    assert len(LONG) == 200
    answer = register(name=LONG + "!")
    assert answer.status_code == 422
    assert errors(answer) == {"name"}
    assert registrations() == []
    where = register(name=LONG).location
    assert registrations()[0].name == LONG
    assert LONG in client.get(where).text
    [mail] = of(CONFIRMED, mails())
    assert LONG in text(mail).replace("\n", " ")
    assert LONG in cast.visitor(cast.salma).get("/en/manage/meetings/OR1/participants").text


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_a_guess_is_answered_alike_however_near_it_comes(register, client, cast, statements, lang):
    register()
    receipt = registrations()[0].receipt
    near = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    answers, asked = [], []
    for guess in (near, "AAAA-AAAA-AAAA-AAAA", "x", "' or 1=1", "\u202e", "A" * 3000):
        with statements() as executed:
            answer = client.get(f"/{lang}/registrations/{guess}")
        answers.append((answer.status_code, re.sub(r'(href|content|action)="[^"]*"', "", answer.text)))
        asked.append(executed)
    assert answers == [answers[0]] * len(answers)
    assert answers[0][0] == 404
    # One look at the index of receipts and one at those erased, whatever was typed: nothing to be timed.
    assert asked == [asked[0]] * len(asked)
    assert len(asked[0]) == 2


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_who_guesses_on_is_told_to_wait(cast, database_url, lang):
    app = create_app(database_url=database_url, secret_key="for tests only", rate_limits=True, testing=True)
    visitor = app.test_client()
    answers = [visitor.get(f"/{lang}/registrations/AAAA-AAAA-AAAA-{number:04d}") for number in range(62)]
    session.remove()
    app.extensions["engine"].dispose()
    assert [answer.status_code for answer in answers] == [404] * 60 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert f'<html lang="{lang}"' in answers[-1].text


def test_a_name_that_shows_nothing_is_none(register):
    answer = register(name="\u200b\u200f")
    assert answer.status_code == 422
    assert errors(answer) == {"name"}
    assert registrations() == []


def test_a_number_longer_than_any_is_refused(register):
    answer = register(email="", phone="123456789012345678")
    assert answer.status_code == 422
    assert errors(answer) == {"phone"}
    assert registrations() == []
