"""Registering without an account: places, the waiting list, receipts, and what people do wrong."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import icalendar
import pytest

from cocreation.core.database import session
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.demographics.models import Demographics
from cocreation.meetings.refusals import (
    AlreadyOver,
    CalledOff,
    NoMeetingsNow,
    RegistrationClosed,
    RegistrationNotOpen,
)
from cocreation.places import emails
from cocreation.places.models.registration import RegistrationState
from cocreation.portal.receipt.page import TITLES
from cocreation.registration.refusals import AlreadyCancelled
from tests.cast import THEN
from tests.forms import fill, press
from tests.mails import of, text, told
from tests.meeting_day import (
    CONFIRMED,
    OFFERED,
    REGISTER,
    WAITING,
    change,
    has_turn,
    later,
    registrations,
    states,
)
from tests.words import errors, says

KEEP_THE_CODE = (
    "Keep this code or print this page: you gave no e-mail address, so nobody can send it to you again."
)


def test_a_place_a_receipt_and_a_mail_with_its_calendar(register, client, mails):
    answer = register(workshop=None, association="جمعية النور", age_bracket="18-30", gender="female")
    assert answer.status_code == 302
    page = client.get(answer.location)
    assert page.status_code == 200
    assert says(page, TITLES[RegistrationState.CONFIRMED])
    assert registrations()[0].receipt in page.text
    assert 'class="qr"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    sent = mails()
    assert len(sent) == 2
    [first], [mail] = of(emails.TO_CONFIRM, sent), of(emails.CONFIRMED, sent)
    assert (first["To"], mail["To"]) == ("nadia@example.org", "nadia@example.org")
    assert registrations()[0].receipt not in text(first)
    assert not list(first.iter_attachments())
    assert registrations()[0].receipt in text(mail)
    [attached] = mail.iter_attachments()
    [event] = icalendar.Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event.decoded("dtstart") == THEN + timedelta(days=20)


def test_who_cancels_gets_what_takes_the_event_away(register, client, mails):
    place = register().location
    press(client, place, "/cancel")
    sent = mails()
    calendars = [
        icalendar.Calendar.from_ical(part.get_content())
        for mail in of(emails.CONFIRMED, sent) + of(emails.CANCELLED, sent)
        for part in mail.iter_attachments()
        if part["Content-Type"].params["charset"] == "utf-8"
        and part["Content-Type"].params["method"] in ("PUBLISH", "CANCEL")
    ]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert [str(calendar["method"]) for calendar in calendars] == ["PUBLISH", "CANCEL"]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED"]
    assert events[0]["uid"] == events[1]["uid"]


def test_age_and_gender_are_kept_apart_and_not_needed(register, cast):
    register(age_bracket="18-30", gender="female")
    register(name="Omar", email="omar@example.org")
    register(name="Sara", email="sara@example.org", age_bracket="not_stated", gender="not_stated")
    told = [
        (d.age_bracket.value, d.gender.value) for d in session.query(Demographics).order_by("registration_id")
    ]
    assert told == [("18-30", "female"), ("not_stated", "not_stated"), ("not_stated", "not_stated")]


def test_the_third_of_two_places_waits_and_is_offered_the_one_that_comes_free(register, client, mails):
    first = register(name="Ali", email="ali@example.org").location
    register(name="Bouchra", email="bouchra@example.org")
    third = register(name="Chama", email="chama@example.org").location
    fourth = register(name="Driss", email="driss@example.org").location
    assert states() == [CONFIRMED, CONFIRMED, WAITING, WAITING]
    assert has_turn(client.get(fourth), 2)
    assert press(client, first, "/cancel").status_code == 302
    assert states() == ["cancelled", CONFIRMED, OFFERED, WAITING]
    assert says(client.get(third), TITLES[RegistrationState.OFFERED])
    assert has_turn(client.get(fourth), 1)
    assert press(client, third, "/accept").status_code == 302
    assert states() == ["cancelled", CONFIRMED, CONFIRMED, WAITING]
    assert says(client.get(third), TITLES[RegistrationState.CONFIRMED])
    sent = told(mails())
    assert ("chama@example.org", emails.OFFERED.name) in sent
    assert ("chama@example.org", emails.CONFIRMED.name) in sent
    assert ("ali@example.org", emails.CANCELLED.name) in sent
    assert ("driss@example.org", emails.WAITING.name) in sent
    assert len(sent) == 11


def test_cancelling_from_the_waiting_list_gives_nobody_a_place(register, client):
    for name in "abc":
        last = register(email=f"{name}@example.org").location
    fourth = register(email="d@example.org").location
    press(client, last, "/cancel")
    assert states() == [CONFIRMED, CONFIRMED, "cancelled", WAITING]
    assert has_turn(client.get(fourth), 1)


def test_cancelling_twice_is_said_and_changes_nothing(register, client):
    for name in "abcd":
        where = register(email=f"{name}@example.org").location
    first = f"/en/registrations/{registrations()[0].receipt}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(first).text)[1]
    sent = {"csrf_token": token, "confirmed": "1"}
    assert client.post(f"{first}/cancel", data=sent).status_code == 302
    again = client.post(f"{first}/cancel", data=sent)
    assert again.status_code == 409
    assert says(again, AlreadyCancelled)
    assert states() == ["cancelled", CONFIRMED, OFFERED, WAITING]
    assert client.get(where).status_code == 200


def test_who_cancelled_may_register_again(register, client):
    press(client, register().location, "/cancel")
    assert register().status_code == 302
    assert states() == ["cancelled", CONFIRMED]


@pytest.mark.own_database
def test_forty_at_once_for_ten_places(cast):
    change(cast, places=10)

    def send(number: int) -> int:
        fields = {
            "name": f"Nom {number}",
            "email": f"p{number}@example.org",
            "capacity": "citizen",
            "consent": "y",
        }
        answer = fill(cast.visitor(), REGISTER, **fields)
        session.remove()
        return answer.status_code

    with ThreadPoolExecutor(40) as crowd:
        answers = list(crowd.map(send, range(40)))
    assert answers == [302] * 40
    rows = registrations()
    assert [registration.state.value for registration in rows] == [OFFERED] * 10 + [WAITING] * 30
    assert len({registration.email for registration in rows}) == 40


@pytest.mark.parametrize("again", ["+212612345678", "+212 (0)6 12 34 56 78"])
def test_the_same_number_in_another_spelling_takes_no_second_place(register, client, again):
    where = register(email="", phone="06 12-34 56 78").location
    assert says(client.get(where), KEEP_THE_CODE)
    answer = register(name="Autre", email="", phone=again)
    assert answer.status_code == 302
    assert registrations()[0].receipt not in client.get(answer.location).text
    assert states() == [CONFIRMED, "repeated"]


def test_one_who_gives_only_a_number_gets_no_mail(register, mails):
    assert register(email="", phone="0612345678").status_code == 302
    assert mails() == []


def test_a_form_sent_twice_registers_once(register, client, cast):
    page = client.get(REGISTER).text
    once = re.search(r'name="once"[^>]* value="([^"]+)"', page)[1]
    answers = [register(once=once), register(once=once)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert len(registrations()) == 1


@pytest.mark.parametrize("once", ["", "x" * 100_000, "\x00", "é"])
def test_a_strange_number_of_the_form_is_replaced(register, once):
    assert register(once=once).status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 100_000}, "name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "nadia@"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"capacity": None}, "capacity"),
        ({"capacity": "king"}, "capacity"),
        ({"consent": None}, "consent"),
        ({"workshop": "999999"}, "workshop"),
        ({"language": "de"}, "language"),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_is_kept(register, fields, wrong):
    answer = register(**{"association": "جمعية النور", **fields})
    assert answer.status_code == 422
    assert errors(answer) == {wrong}
    assert "جمعية النور" in answer.text
    assert registrations() == []


def test_names_cannot_turn_text_round_or_forge_a_calendar(register, client, mails, cast):
    register(name="Na\u202edia\r\nATTENDEE:x", association="<script>alert(1)</script>")
    [registration] = registrations()
    assert registration.name == "Nadia ATTENDEE:x"
    [confirmed] = of(emails.CONFIRMED, mails())
    attached = next(confirmed.iter_attachments()).get_content()
    assert "\nATTENDEE" not in attached
    assert "\u202e" not in attached
    page = cast.visitor(cast.salma).get("/en/manage/meetings/OR1/participants").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_without_its_token_a_form_changes_nothing_and_gives_back_what_was_typed(client, cast):
    answer = client.post(REGISTER, data={"name": "Nadia la patiente", "email": "nadia@example.org"})
    assert answer.status_code == 403
    assert "Nadia la patiente" in answer.text
    assert registrations() == []


@pytest.mark.parametrize(
    ("days", "refusal"), [(-5.5, RegistrationNotOpen), (11, RegistrationClosed), (21, AlreadyOver)]
)
def test_outside_its_window_the_form_is_kept_and_refused(register, client, cast, days, refusal):
    page = client.get(REGISTER)
    with later(days=days):
        answer = client.post(REGISTER, data=_fields(page.text))
        assert answer.status_code == 409
        assert says(answer, refusal)
        assert "nadia@example.org" in answer.text
        assert '<form method="post" class="form"' not in client.get(REGISTER).text
    assert registrations() == []


def test_a_meeting_called_off_or_not_announced_takes_nobody(register, client, cast):
    page = client.get(REGISTER).text
    change(cast, cancelled_at=THEN)
    answer = client.post(REGISTER, data=_fields(page))
    assert answer.status_code == 409
    assert says(answer, CalledOff)
    change(cast, announced_at=None, cancelled_at=None)
    assert client.post(REGISTER, data=_fields(page)).status_code == 404
    assert registrations() == []


def test_the_calendar_of_the_cycle_decides_too(client, cast):
    page = client.get(REGISTER).text
    period = session.query(PhasePeriod).filter_by(phase=Phase.MEETINGS).one()
    period.closes_on = date(2026, 3, 9)
    session.commit()
    session.remove()
    answer = client.post(REGISTER, data=_fields(page))
    assert answer.status_code == 409
    assert says(answer, NoMeetingsNow)
    assert registrations() == []


@pytest.mark.parametrize("receipt", ["AAAA-AAAA-AAAA-AAAA", "x", "%00", "' or 1=1", "A" * 5000])
def test_a_wrong_receipt_opens_nothing(client, cast, receipt):
    answer = client.get(f"/en/registrations/{receipt}")
    assert answer.status_code == (400 if receipt == "%00" else 404)


def test_a_receipt_may_be_typed_in_small_letters_with_an_o_for_a_zero(register, client):
    register()
    typed = registrations()[0].receipt.lower().replace("0", "o").replace("-", "")
    assert client.get(f"/en/registrations/{typed}").status_code == 200


def _fields(page: str) -> dict[str, str]:
    hidden = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)[1] for name in ("csrf_token", "once")
    }
    typed = {
        "name": "Nadia",
        "email": "nadia@example.org",
        "capacity": "citizen",
        "language": "fr",
        "consent": "y",
    }
    return {**hidden, **typed}
