"""Who gets a place: kept ones, offers and their deadline, a list that moves up, the organisers' word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.demographics.models import Capacity
from cocreation.meetings.models.meeting import Meeting, Quota, QuotaKind
from cocreation.participants.services.decisions import NoPlaceLeft
from cocreation.places import emails
from cocreation.places.models.registration import RegistrationState
from cocreation.places.services import offers, places as meetings_places
from cocreation.portal.receipt.page import TITLES
from cocreation.registration.refusals import OfferOver, TooManyOfOneAssociation
from cocreation.registration.services import (
    answers,
    confirmation,
    registrations as registration_registrations,
)
from tests.cast import THEN, T
from tests.desk import work
from tests.forms import fill, press
from tests.html import numbers
from tests.mails import of, text, told
from tests.meeting_day import (
    CONFIRMED,
    DECLINED,
    LAPSED,
    OFFERED,
    REGISTER,
    WAITING,
    change,
    has_turn,
    later,
    places_left,
    registrations,
    states,
    write,
)
from tests.words import says


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


@pytest.fixture
def four(register):
    """Two with a place and two who wait; the addresses of their receipts."""
    return [register(name=name, email=f"{name}@example.org").location for name in "abcd"]


def keep(cast, kind: QuotaKind, places: int) -> None:
    """Places kept until the eighth day from now."""
    reason, until = T("لأن عددهن قليل", "Elles sont trop peu"), THEN.date() + timedelta(days=8)
    session.add(Quota(meeting_id=cast.meeting.id, kind=kind, places=places, reason=reason, release_on=until))
    session.commit()
    session.remove()


def enter(cast, name: str, *claims: str) -> str:
    """Register somebody with claims, whose address is confirmed, through the services; the state."""
    who = answers.Participant(
        name=name,
        email=f"{name}@example.org",
        phone=None,
        capacity=Capacity.CITIZEN,
        language="fr",
        claims=claims,
    )
    registration = registration_registrations.register(
        cast.meeting.id, who, once=f"once {name}", now=clock.now()
    )
    state = confirmation.count_known(registration.receipt, now=clock.now()).state.value
    session.commit()
    session.remove()
    return state


def test_an_offer_not_answered_in_time_goes_to_the_next(four, client, app, cast, mails):
    press(client, four[0], "/cancel")
    assert states() == ["cancelled", CONFIRMED, OFFERED, WAITING]
    assert places_left(client) == 0  # one of them is held
    assert numbers(client.get("/en/meetings").text, ".row-status .state-waiting") == [1]  # who still waits
    with later(hours=47):
        work(app)
        assert states()[2:] == [OFFERED, WAITING]
    with later(hours=49):
        work(app)
        assert states()[2:] == [LAPSED, OFFERED]
        assert press(client, four[3], "/accept").status_code == 302
        assert says(client.get(four[2]), TITLES[RegistrationState.LAPSED])
        assert press(client, four[2], "/wait").status_code == 302
    assert states() == ["cancelled", CONFIRMED, WAITING, CONFIRMED]
    sent = told(mails())
    assert sent.count(("c@example.org", emails.OFFERED.name)) == 1
    assert sent.count(("c@example.org", emails.LAPSED.name)) == 1
    assert sent.count(("d@example.org", emails.OFFERED.name)) == 1


def test_an_offer_that_is_over_cannot_be_taken(four, client):
    press(client, four[0], "/cancel")
    with later(hours=49):  # no worker has come by yet
        answer = press(client, four[2], "/accept")
        assert answer.status_code == 409
        assert says(answer, OfferOver)
    assert states()[2] == OFFERED


def test_an_offer_stays_where_nobody_waits(four, client, app):
    press(client, four[3], "/cancel")
    press(client, four[0], "/cancel")
    with later(hours=49):
        work(app)
        assert states() == ["cancelled", CONFIRMED, OFFERED, "cancelled"]
        assert press(client, four[2], "/accept").status_code == 302
    assert states()[2] == CONFIRMED


def test_the_same_address_again_is_told_how_it_stands(four, client, register, mails):
    press(client, four[0], "/cancel")
    assert register(name="c", email="c@example.org").status_code == 302
    [mail] = of(emails.ALREADY, mails())
    assert mail["To"] == "c@example.org"
    assert four[2] in text(mail).replace("/fr/", "/en/")


def test_who_rejoins_comes_last(four, client, app, cast):
    press(client, four[0], "/cancel")
    with later(hours=49):
        work(app)
        press(client, four[2], "/wait")
        enter(cast, "e")
        assert has_turn(client.get(four[2]), 1)


def test_nobody_is_asked_on_the_last_day(four, client, cast):
    change(cast, registration_closes_at=cast.meeting.starts_at)
    with later(days=19, hours=20):
        press(client, four[0], "/cancel")
    assert states() == ["cancelled", CONFIRMED, CONFIRMED, WAITING]


def test_nobody_comes_in_before_those_who_wait(four, client, cast, register):
    change(cast, places=3)  # straight in the database: nobody has moved up yet
    register(name="late", email="late@example.org")
    assert states() == [CONFIRMED, CONFIRMED, OFFERED, WAITING, WAITING]


def test_places_kept_for_some_until_their_day(cast, app):
    change(cast, places=3)
    keep(cast, QuotaKind.WOMEN, 1)
    assert [enter(cast, "a"), enter(cast, "b"), enter(cast, "c")] == [CONFIRMED, CONFIRMED, WAITING]
    assert enter(cast, "w", "women") == CONFIRMED  # before c, who waits for a place that is not kept
    assert enter(cast, "v", "women") == WAITING
    assert states() == [CONFIRMED, CONFIRMED, WAITING, CONFIRMED, WAITING]


def test_a_kept_place_nobody_took_is_released_on_its_day(cast, app, client):
    change(cast, places=2)
    keep(cast, QuotaKind.RURAL, 1)
    assert [enter(cast, "a"), enter(cast, "b")] == [CONFIRMED, WAITING]
    work(app)
    assert states() == [CONFIRMED, WAITING]
    with later(days=8):
        work(app)
    assert states() == [CONFIRMED, OFFERED]


def test_a_place_of_a_quota_that_comes_free_goes_to_the_next_of_it(cast, client):
    change(cast, places=2)
    keep(cast, QuotaKind.WOMEN, 1)
    assert [enter(cast, "w", "women"), enter(cast, "a"), enter(cast, "b"), enter(cast, "v", "women")] == [
        CONFIRMED,
        CONFIRMED,
        WAITING,
        WAITING,
    ]
    press(client, f"/en/registrations/{registrations()[0].receipt}", "/cancel")
    assert states() == ["cancelled", CONFIRMED, WAITING, OFFERED]


def test_one_association_brings_no_more_than_it_may(register, cast):
    change(cast, places=9, most_per_association=1)
    assert register(association="جمعية النور").status_code == 302
    answer = register(name="Autre", email="autre@example.org", association="  جمعيّة النّور ")
    assert answer.status_code == 409
    assert says(answer, TooManyOfOneAssociation, count=1, there=1, left=0)
    assert len(registrations()) == 1


def test_the_organisers_decide_and_the_person_reads_why(four, karim, client, mails):
    people = registrations()
    where = "/en/manage/meetings/OR1/participants/{}"
    full = fill(karim, where.format(people[2].id), act="place", reason="")
    assert full.status_code == 409
    assert says(full, NoPlaceLeft)
    assert fill(karim, where.format(people[0].id), act="decline", reason="").status_code == 422
    assert states() == [CONFIRMED, CONFIRMED, WAITING, WAITING]
    reason = "She told us by telephone that she cannot come"
    assert fill(karim, where.format(people[0].id), act="decline", reason=reason).status_code == 302
    assert states() == [DECLINED, CONFIRMED, OFFERED, WAITING]
    assert fill(karim, where.format(people[2].id), act="place", reason="").status_code == 302
    assert fill(karim, where.format(people[1].id), act="wait", reason="Two of one office").status_code == 302
    assert states() == [DECLINED, WAITING, CONFIRMED, OFFERED]
    page = client.get(four[0])
    assert reason in page.text
    assert says(page, RegistrationState.DECLINED.label)
    assert "Karim" not in page.text
    again = fill(karim, where.format(people[0].id), act="place", reason="")
    assert again.status_code == 409  # the places are taken again
    sent = told(mails())
    assert ("a@example.org", emails.DECLINED.name) in sent
    assert ("b@example.org", emails.SENT_TO_WAITING.name) in sent


def test_a_person_of_another_meeting_is_not_there(cast, four):
    number = registrations()[0].id
    assert cast.visitor(cast.fatima).get(f"/en/manage/meetings/OR1/participants/{number}").status_code == 403
    assert cast.visitor(cast.salma).get("/en/manage/meetings/OR1/participants/9999").status_code == 404


def test_many_more_places_are_given_by_the_worker(cast, app, monkeypatch, client):
    monkeypatch.setattr(meetings_places, "AT_ONCE", 2)
    monkeypatch.setattr(offers, "CHUNK", 3)
    write(cast, 2)
    for number in range(9):
        enter(cast, f"w{number}")
    salma = cast.visitor(cast.salma)
    assert fill(salma, "/en/manage/meetings/OR1/edit", places="10").status_code == 302
    assert states().count(CONFIRMED) == 4
    enter(cast, "late")
    assert states()[-1] == WAITING
    work(app)
    assert states().count(CONFIRMED) == 10
    assert states().count(WAITING) == 2
    session.remove()
    assert session.get_one(Meeting, cast.meeting.id).promoting_since is None


def test_who_was_asked_before_does_not_wait_for_more_places(four, cast, client):
    press(client, four[0], "/cancel")
    assert states()[1:] == [CONFIRMED, OFFERED, WAITING]
    fill(cast.visitor(cast.salma), "/en/manage/meetings/OR1/edit", places="9")
    assert states()[1:] == [CONFIRMED] * 3


def test_a_few_statements_however_many_wait(cast, statements, client):
    write(cast, 2)
    for number in range(3):
        enter(cast, f"w{number}")
    with statements() as few:
        client.get(REGISTER)
    for number in range(3, 20):
        enter(cast, f"w{number}")
    with statements() as many:
        client.get(REGISTER)
    assert len(few) == len(many)
