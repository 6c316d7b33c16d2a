"""A participant's own page: what they change, take along, have forgotten; and what a stranger finds there."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from cocreation.app import create_app
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.demographics.models import Demographics
from cocreation.directory.models import Province
from cocreation.meetings.models.meeting import Workshop
from cocreation.meetings.refusals import AlreadyOver, CalledOff
from cocreation.places.models.answers import AnswerType, Needs, Reply, WorkshopWish
from cocreation.places.models.registration import RegistrationState
from cocreation.portal.receipt.page import CALLED_OFF, HAD_PLACE, LEAVING, TITLES
from cocreation.registration.refusals import NoLongerRegistered, TooLateToChange
from cocreation.travel_support.models import TravelSupportRequest, TravelSupportState
from tests.cast import THEN
from tests.forms import fill, press
from tests.html import texts
from tests.meeting_day import (
    CONFIRMED,
    OFFERED,
    WAITING,
    change,
    has_turn,
    later,
    registrations,
    states,
)
from tests.participants.test_questions import ask
from tests.words import errors, said, says

# What the pages say of it, as the code has it.
LEFT_THE_LIST = "You have left the waiting list."
GAVE_UP_A_PLACE = "Your registration is cancelled. Thank you for telling us: somebody else can come."
FREES = "Your place or your turn is given up and goes to the next person."
ORDER = "The list is in the order in which people confirmed; a place kept for some goes to the first of them."
ORDER_BEFOREHAND = (
    "When it is full you join the waiting list, in the order in which people confirm; "
    "a place that comes free is offered to the first, who has %(hours)s hours to answer, then to the next."
)


@pytest.fixture
def own(cast, register):
    """Somebody who said everything there is to say; the address of their receipt."""
    number = ask(cast, AnswerType.TEXT)
    first, second = (str(workshop.id) for workshop in cast.meeting.workshops)
    fields = {"workshop": first, "workshop_2": second, f"question_{number}": "En bus"}
    needs = {"access": ["wheelchair"], "meal": "vegetarian", "note": "Au premier rang"}
    who = {"phone": "0612345678", "association": "جمعية النور", "age_bracket": "18-30", "gender": "female"}
    return register(**fields, **needs, **who).location


def test_they_change_what_they_said(own, client, cast):
    second = str(cast.meeting.workshops[1].id)
    fields = {"name": "Nadia Benali", "workshop": second, "workshop_2": "", "access": None, "meal": ""}
    answer = fill(client, f"{own}/change", **fields, note="Près de la porte", language="ar")
    assert answer.status_code == 302
    [person] = registrations()
    assert (person.name, person.language, person.workshop_id) == ("Nadia Benali", "ar", int(second))
    assert person.folded.startswith("nadia benali")
    assert "0612345678"[1:] in person.folded
    [needs] = session.scalars(select(Needs)).all()
    assert (needs.access, needs.meal, needs.note) == ([], None, "Près de la porte")
    assert [wish.workshop_id for wish in session.scalars(select(WorkshopWish))] == [int(second)]
    assert [reply.value for reply in session.scalars(select(Reply))] == ["En bus"]
    session.remove()
    assert "Près de la porte" in client.get(own).text


def test_the_form_shows_what_was_said_and_saving_it_unchanged_changes_nothing(own, client):
    page = client.get(f"{own}/change").text
    for words in ("Nadia", "En bus", "Au premier rang"):
        assert words in page
    before = registrations()[0]
    assert fill(client, f"{own}/change", name="Nadia").status_code == 302
    after = registrations()[0]
    assert (before.workshop_id, before.name, before.folded) == (after.workshop_id, after.name, after.folded)
    assert session.query(WorkshopWish).count() == 2
    assert session.query(Needs).one().access == ["wheelchair"]


def test_another_wish_without_a_seat_leaves_what_they_have(own, client, cast, register):
    second = cast.meeting.workshops[1].id
    session.get_one(Workshop, second).seats = 1
    session.commit()
    session.remove()
    register(name="B", email="b@example.org", workshop=str(second))
    fill(client, f"{own}/change", workshop=str(second), workshop_2="")
    assert registrations()[0].workshop_id == cast.meeting.workshops[0].id


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "n" * 201}, {"workshop": "9999"}, {"note": "n" * 301}], ids=str
)
def test_what_cannot_be_used_changes_nothing(own, client, fields):
    answer = fill(client, f"{own}/change", **fields)
    assert answer.status_code == 422
    assert errors(answer) == set(fields)
    assert registrations()[0].name == "Nadia"
    assert session.query(Needs).one().note == "Au premier rang"


def test_a_name_cannot_turn_text_round(own, client):
    fill(client, f"{own}/change", name="Na\u202edia")
    assert registrations()[0].name == "Nadia"


def test_until_the_day_before_and_not_once_it_is_called_off(own, client, cast):
    with later(days=18):
        assert client.get(f"{own}/change").status_code == 200
        assert f"{own}/change" in client.get(own).text
    with later(days=19, hours=1):
        answer = client.get(f"{own}/change")
        assert answer.status_code == 409
        assert says(answer, TooLateToChange)
        assert f"{own}/change" not in client.get(own).text
    with later(days=21):
        _refused(client, own, AlreadyOver)
    change(cast, cancelled_at=THEN)
    _refused(client, own, CalledOff)


def test_who_cancelled_changes_nothing(own, client):
    press(client, own, "/cancel")
    _refused(client, own, NoLongerRegistered)


def _refused(client, own, refusal):
    """Nothing can be changed, for this reason, and the page leads back."""
    answer = client.get(f"{own}/change")
    assert answer.status_code == 409
    assert says(answer, refusal)
    assert not says(answer, TooLateToChange)
    assert f'class="button button-secondary" href="{own}"' in answer.text
    assert 'name="name"' not in answer.text


def heading(client, url):
    [heading] = texts(client.get(url).text, "h1")
    return heading


def test_the_heading_once_it_is_over_or_called_off(own, client, cast, register):
    register(name="B", email="b@example.org")
    waits = register(name="C", email="c@example.org").location
    assert said(heading(client, own), TITLES[RegistrationState.CONFIRMED])
    assert said(heading(client, waits), TITLES[RegistrationState.WAITING])
    with later(days=21):
        assert said(heading(client, own), HAD_PLACE)
        assert heading(client, waits) == "Rencontre d'Oujda"
    change(cast, cancelled_at=THEN)
    for url in (own, waits):
        assert said(heading(client, url), CALLED_OFF)
        assert "/cancel" not in client.get(url).text


def test_who_waits_leaves_the_list_and_who_is_offered_a_place_may_say_no(client, cast, register):
    first = register().location
    register(name="B", email="b@example.org")
    waits = [register(name=name, email=f"{name}@example.org").location for name in "cd"]
    page = client.get(waits[1])
    assert says(page, LEAVING[RegistrationState.WAITING].button)
    assert not says(page, LEAVING[RegistrationState.CONFIRMED].title)
    assert says(client.get(first), LEAVING[RegistrationState.CONFIRMED].title)
    left = client.get(press(client, waits[1], "/cancel").location)
    assert says(left, LEFT_THE_LIST)
    assert not says(left, GAVE_UP_A_PLACE)
    left = client.get(press(client, first, "/cancel").location)
    assert says(left, GAVE_UP_A_PLACE)
    assert not says(left, LEFT_THE_LIST)
    page = client.get(waits[0]).text
    assert page.count("/accept") == page.count("/cancel") == 1  # take it, or leave it
    assert press(client, waits[0], "/cancel").status_code == 302
    assert states() == ["cancelled", CONFIRMED, "cancelled", "cancelled"]


def test_declined_by_the_organisers_is_said_once(own, client, cast):
    karim = cast.visitor(cast.karim)
    desk = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    fill(karim, desk, act="wait", reason="Oui")
    fill(karim, desk, act="decline", reason="Non")
    for browser, url in ((client, own), (karim, desk)):
        page = browser.get(url).text
        moves = texts(page, "[aria-labelledby=history] h3")
        [by_organisers] = texts(page, "[aria-labelledby=history] h3 .soft")
        assert moves[-2].endswith(by_organisers)
        assert said(moves[-1], RegistrationState.DECLINED.label)  # which says it already


def test_all_that_is_kept_to_take_along(own, client, cast):
    support(cast)
    answer = client.get(f"{own}/data.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "OR1.json" in answer.headers["Content-Disposition"]
    held = json.loads(answer.text)
    assert held["registration"]["name"] == "Nadia"
    assert held["registration"]["phone"] == "+212612345678"
    assert held["registration"]["meeting"] == "OR1"
    assert held["for_the_statistics"]["age_bracket"] == "18-30"
    assert held["needs"] == {"access": ["wheelchair"], "meal": "vegetarian", "note": "Au premier rang"}
    assert held["wishes"] == [
        {"ar": "الحصول على المعلومات", "fr": "L'accès à l'information"},
        {"ar": "الرقمنة", "fr": "Le numérique"},
    ]
    assert held["replies"] == [{"question": {"ar": "سؤال", "fr": "Question ?"}, "reply": "En bus"}]
    assert [event["state"] for event in held["history"]] == [OFFERED, CONFIRMED, CONFIRMED]
    assert held["support"][0]["sentence"] == "Je viens de loin"
    assert "id" not in held["registration"]
    assert "once" not in held["registration"]


def test_erased_they_are_forgotten_and_the_counts_stay(own, client, cast, register, mails):
    support(cast)
    register(name="B", email="b@example.org")
    waits = register(name="C", email="c@example.org").location
    assert says(client.get(f"{own}/erase"), FREES)
    assert states() == [CONFIRMED, CONFIRMED, WAITING]  # asked, not done
    assert session.query(Mail).filter(Mail.sent_at.is_(None)).count() == 6
    session.remove()
    answer = press(client, f"{own}/erase", "/erase")
    assert answer.status_code == 302
    assert "notice-done" in client.get(answer.location).text
    for path in ("", "/change", "/data.json", "/erase"):
        assert client.get(f"{own}{path}").status_code == 410
    gone = registrations()[0]
    assert states() == ["cancelled", CONFIRMED, OFFERED]
    assert says(client.get(waits), TITLES[RegistrationState.OFFERED])
    assert (gone.name, gone.email, gone.phone, gone.association, gone.folded) == ("", None, None, None, "")
    assert (gone.claims, gone.erased_at) == ([], THEN)
    assert gone.receipt not in own
    for kind in (Needs, Reply, WorkshopWish):
        assert session.query(kind).count() == 0, kind
    assert session.query(Demographics).filter_by(registration_id=gone.id).one().gender.value == "female"
    asked = session.scalars(select(TravelSupportRequest)).one()
    assert (asked.sentence, asked.facts, asked.nights) == ("", {}, 1)
    session.remove()
    assert "nadia@example.org" not in [mail["To"] for mail in mails()]
    karim = cast.visitor(cast.karim)
    assert says(karim.get("/en/manage/meetings/OR1/participants"), "erased")
    assert karim.get(f"/en/manage/meetings/OR1/participants/{gone.id}").status_code == 200
    assert register().status_code == 302  # their address is free again


def test_erased_after_the_meeting_they_still_count_as_having_come(own, client, cast):
    with later(days=21):
        assert not says(client.get(f"{own}/erase"), FREES)
        press(client, f"{own}/erase", "/erase")
    assert states() == [CONFIRMED]
    assert registrations()[0].name == ""


def test_the_same_form_sent_again_after_erasing_finds_nobody(client, cast, register):
    page = client.get("/en/meetings/OR1/register").text
    once = re.search(r'name="once"[^>]* value="([^"]+)"', page)[1]
    first = register(once=once).location
    press(client, f"{first}/erase", "/erase")
    again = register(once=once)
    assert again.status_code == 302
    assert again.location != first
    assert states() == ["cancelled", CONFIRMED]


@pytest.mark.parametrize("path", ["", "/change", "/data.json", "/erase"])
@pytest.mark.parametrize("receipt", ["AAAA-AAAA-AAAA-AAAA", "x", "%00", "A" * 3000])
def test_a_guessed_receipt_opens_nothing(client, cast, path, receipt):
    answer = client.get(f"/en/registrations/{receipt}{path}")
    assert answer.status_code == (400 if receipt == "%00" else 404)


def test_guessing_is_slowed_down(cast, database_url):
    app = create_app(database_url=database_url, secret_key="for tests only", rate_limits=True, testing=True)
    visitor, path = app.test_client(), "/en/registrations/AAAA-AAAA-AAAA-{:04d}/data.json"
    codes = [visitor.get(path.format(number)).status_code for number in range(62)]
    session.remove()
    app.extensions["engine"].dispose()
    assert (codes[0], codes[-1]) == (404, 429)


def test_who_waits_reads_the_order_of_the_list(register, client, cast):
    for name in "abc":
        where = register(name=name, email=f"{name}@example.org").location
    page = client.get(where)
    assert has_turn(page, 1)
    assert says(page, ORDER)
    assert says(client.get("/en/meetings/OR1"), ORDER_BEFOREHAND)


def test_the_page_keeps_its_statements(own, client, statements, cast, register):
    with statements() as full:
        client.get(own)
    bare = register(name="B", email="b@example.org").location
    with statements() as asked:
        client.get(bare)
    assert (len(asked), len(full)) == (5, 6)


def support(cast) -> None:
    """What the first person asked for."""
    session.add(
        TravelSupportRequest(
            registration_id=registrations()[0].id,
            meeting_id=cast.meeting.id,
            province_code=_province(),
            sentence="Je viens de loin",
            facts={"rural": True},
            nights=1,
            tickets=0,
            requested_at=THEN,
            state=TravelSupportState.REQUESTED,
        )
    )
    session.commit()
    session.remove()


def _province() -> str:
    return session.scalars(select(Province.code).order_by(Province.code)).first()
