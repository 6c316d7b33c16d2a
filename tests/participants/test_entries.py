"""What the organisers do for the registration: places they keep, people they enter, walk-ins, moving up."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting, Quota
from cocreation.places.models.answers import AnswerType
from cocreation.places.models.registration import EntryChannel
from cocreation.places.refusals import QuotasAbovePlaces, QuotaThere, ReleasedTooLate
from cocreation.places.services import places
from cocreation.registration.refusals import AlreadyRegistered
from tests.desk import work
from tests.forms import fill, press
from tests.html import numbers, texts
from tests.mails import text
from tests.meeting_day import CONFIRMED, OFFERED, WAITING, later, registrations, states, write
from tests.participants.test_questions import ask
from tests.places.test_places import enter
from tests.words import errors, says

KEPT = "/en/manage/meetings/OR1/kept-places"
ENTER = "/en/manage/meetings/OR1/participants/new"
HAJJA = {
    "entry": "phone",
    "name": "Hajja",
    "email": "h@example.org",
    "capacity": "citizen",
    "consent": "y",
}


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def keep(karim, **fields):
    defaults = {"kind": "women", "places": "1", "release_on": "2026-03-18", "reason-fr": "Trop peu de femmes"}
    return fill(karim, KEPT, **{**defaults, **fields})


def test_kept_places_are_published_with_their_reason_until_their_day(karim, client, cast):
    assert keep(karim).status_code == 302
    page = client.get("/en/meetings/OR1").text
    assert numbers(page, "p.help strong") == [1]
    assert "Trop peu de femmes" in page
    with later(days=8):
        assert "Trop peu de femmes" not in client.get("/en/meetings/OR1").text
        assert texts(cast.visitor(cast.karim).get(KEPT).text, ".row-status .state-done")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "women"}, QuotaThere.sentence),
        ({"kind": "rural", "places": "2"}, QuotasAbovePlaces.sentence.filled(kept=3, places=2)),
        ({"kind": "rural", "release_on": "2026-03-31"}, ReleasedTooLate.sentence),
    ],
)
def test_what_cannot_be_kept_is_refused_and_kept_as_typed(karim, fields, why):
    keep(karim)
    answer = keep(karim, **{"reason-ar": "سبب خاص", **fields})
    assert answer.status_code == 422
    assert says(answer, why)
    assert "سبب خاص" in answer.text
    assert session.query(Quota).count() == 1


@pytest.mark.parametrize(("fields", "wrong"), [({"reason-fr": ""}, "reason"), ({"places": "0"}, "places")])
def test_a_place_and_a_reason_must_be_given(karim, fields, wrong):
    answer = keep(karim, **{"reason-fr": "Raison propre", **fields})
    assert answer.status_code == 422
    assert errors(answer) == {wrong}
    assert ("Raison propre" in answer.text) == (wrong != "reason")
    assert session.query(Quota).count() == 0


def test_released_or_fewer_they_are_offered_to_those_who_wait(karim, cast):
    keep(karim, places="2")
    assert [enter(cast, "a"), enter(cast, "b")] == [WAITING, WAITING]
    quota = session.scalars(select(Quota)).one().id
    session.remove()
    assert fill(karim, f"{KEPT}/{quota}", places="1").status_code == 302
    assert states() == [OFFERED, WAITING]
    assert press(karim, KEPT, f"{quota}/release").status_code == 302
    assert states() == [OFFERED, OFFERED]
    assert session.query(Quota).count() == 0


def test_a_quota_of_another_meeting_is_not_there(karim):
    assert karim.get(f"{KEPT}/99").status_code == 404


def test_nothing_is_kept_once_it_is_over(cast):
    with later(days=21):
        assert keep(cast.visitor(cast.karim), release_on="2026-03-30").status_code == 409


def test_somebody_who_called_is_entered_and_reads_by_whom(karim, client, mails):
    answer = fill(karim, ENTER, **HAJJA | {"email": "Hajja@Example.org"})
    assert answer.status_code == 302
    [person] = registrations()
    assert (person.state, person.entry, person.email) == (CONFIRMED, EntryChannel.PHONE, "hajja@example.org")
    page = client.get(f"/en/registrations/{person.receipt}")
    assert "Karim" in page.text
    assert says(page, EntryChannel.PHONE.label)
    assert "Karim" in karim.get(answer.location).text
    [mail] = mails()
    assert mail["To"] == "hajja@example.org"


def test_entered_when_it_is_full_they_wait_in_their_turn_and_also_outside_the_window(cast):
    write(cast, 2)
    enter(cast, "a")
    with later(days=12):
        on_paper = HAJJA | {"entry": "paper", "email": "", "phone": "0612345678"}
        assert fill(cast.visitor(cast.karim), ENTER, **on_paper).status_code == 302
    assert states()[2:] == [WAITING, WAITING]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"entry": None}, "entry"),
        ({"email": "", "phone": ""}, "email"),
        ({"consent": None}, "consent"),
        ({"entry": "web"}, "entry"),
    ],
)
def test_an_entry_that_cannot_be_used(karim, fields, wrong):
    answer = fill(karim, ENTER, **HAJJA | fields)
    assert answer.status_code == 422
    assert errors(answer) == {wrong}
    assert 'value="Hajja"' in answer.text
    assert registrations() == []


def test_nobody_is_entered_twice(karim, cast):
    write(cast, 1)
    answer = fill(karim, ENTER, **HAJJA | {"email": "P0@example.org"})
    assert answer.status_code == 409
    assert says(answer, AlreadyRegistered)
    assert 'value="Hajja"' in answer.text
    assert len(registrations()) == 1


def test_who_is_registered_already_is_sent_what_was_promised(karim, cast, send, mails):
    write(cast, 1)
    send(name="Nadia", email="nadia@example.org")
    for email, page in (
        ("p0@example.org", "registrations/"),
        ("nadia@example.org", "/registrations/confirm/"),
    ):
        with later(hours=1):
            before = sum(mail["To"] == email for mail in mails())
            assert fill(karim, ENTER, **HAJJA | {"email": email}).status_code == 409
            told = [mail for mail in mails() if mail["To"] == email]
        assert len(told) == before + 1
        assert page in text(told[0])
    assert len(registrations()) == 2


def test_the_organisers_need_not_know_every_answer(karim, cast):
    ask(cast, AnswerType.TEXT, is_required=True)
    assert fill(karim, ENTER, **HAJJA).status_code == 302


def test_how_far_a_list_that_moves_up_has_come(cast, app, monkeypatch):
    monkeypatch.setattr(places, "AT_ONCE", 2)
    write(cast, 2)
    for number in range(9):
        enter(cast, f"w{number}")
    salma = cast.visitor(cast.salma)
    answer = fill(salma, "/en/manage/meetings/OR1/edit", places="10")
    assert answer.location.endswith("/moving-up")
    page = salma.get(answer.location)
    assert re.findall(r"\d+", texts(page.text, ".progress span")[0]) == ["2", "8"]
    assert page.headers["Refresh"] == "2"
    work(app)
    done = salma.get(answer.location)
    assert texts(done.text, ".notice-done")
    assert "Refresh" not in done.headers
    assert session.get_one(Meeting, cast.meeting.id).promoting_since is None


def test_a_few_more_places_need_no_such_page(cast):
    salma = cast.visitor(cast.salma)
    answer = fill(salma, "/en/manage/meetings/OR1/edit", places="10")
    assert answer.location.rpartition("/")[2] == "OR1"
