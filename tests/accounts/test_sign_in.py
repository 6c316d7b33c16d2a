"""Signing in: password, code, lock, and where it leads."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest

from cocreation.accounts import services
from cocreation.accounts.models import Grant, Role, SignIn
from cocreation.accounts.services import CodeRefused, SignInRefused
from cocreation.core import clock
from cocreation.core.database import session
from tests.accounts.conftest import PASSWORD, SECRET, code, read, row
from tests.forms import fill, press
from tests.html import texts
from tests.words import says

SIGN_IN = "/en/sign-in"
DESK = "/en/desk"


def give_password(client, email, password=PASSWORD, url=SIGN_IN):
    return fill(client, url, email=email, password=password)


def test_a_password_opens_the_desk(client, cast, with_password):
    with_password(cast.karim)
    answer = give_password(client, "Karim@Example.org ")
    assert (answer.status_code, answer.location) == (302, DESK)
    assert "Karim" in client.get(DESK).text


@pytest.mark.parametrize("email", ["karim@example.org", "nobody@example.org"])
def test_a_failure_says_the_same_whether_the_address_is_known_or_not(client, cast, with_password, email):
    with_password(cast.karim)
    answer = give_password(client, email, "not the password")
    assert answer.status_code == 422
    assert says(answer, SignInRefused)
    assert f'value="{email}"' in answer.text
    assert "not the password" not in answer.text
    assert client.get(DESK).status_code == 302


def test_the_secretariat_owes_a_code_after_the_password(client, cast, with_password):
    with_password(cast.salma)
    answer = give_password(client, "salma@example.org")
    assert answer.location == "/en/sign-in/code"
    assert client.get(DESK).status_code == 302, "a password alone opens nothing"
    page = client.get("/en/sign-in/code")
    assert page.headers["Cache-Control"] == "no-store"
    assert SECRET not in read(page.text), "the secret is shown at the set-up only"
    assert fill(client, "/en/sign-in/code", code=code()).location == DESK
    assert client.get(DESK).status_code == 200


def test_a_code_works_once(cast, with_password, now):
    with_password(cast.salma)
    first, second = cast.visitor(), cast.visitor()
    for browser in (first, second):
        give_password(browser, "salma@example.org")
    used = code()
    assert fill(first, "/en/sign-in/code", code=used).status_code == 302
    replayed = fill(second, "/en/sign-in/code", code=used)
    assert replayed.status_code == 422
    assert says(replayed, CodeRefused)
    with clock.frozen(now + timedelta(seconds=30)):
        assert fill(second, "/en/sign-in/code", code=code()).status_code == 302


def test_an_older_code_does_not_work_after_a_newer_one(cast, with_password, now):
    with_password(cast.salma)
    first, second = cast.visitor(), cast.visitor()
    for browser in (first, second):
        give_password(browser, "salma@example.org")
    with clock.frozen(now - timedelta(seconds=30)):
        older = code()
    fill(first, "/en/sign-in/code", code=code())
    assert fill(second, "/en/sign-in/code", code=older).status_code == 422


def test_a_code_typed_in_arabic_digits_with_a_blank_works(client, cast, with_password):
    with_password(cast.salma)
    give_password(client, "salma@example.org")
    typed = code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert fill(client, "/en/sign-in/code", code=f"{typed[:3]} {typed[3:]}").status_code == 302


def test_the_code_is_waited_for_five_minutes(client, cast, with_password, now):
    with_password(cast.salma)
    give_password(client, "salma@example.org")
    with clock.frozen(now + timedelta(minutes=5, seconds=1)):
        answer = client.get("/en/sign-in/code")
        assert answer.location == SIGN_IN
        assert texts(client.get(SIGN_IN).text, ".flash-warning"), "it says why"


def test_a_role_that_needs_a_code_sets_the_device_up_at_the_first_sign_in(client, cast, with_password):
    with_password(cast.salma)
    person = session.get_one(type(cast.salma), cast.salma.id)
    person.totp_secret = person.totp_last_used = None
    session.commit()
    session.remove()
    give_password(client, "salma@example.org")
    page = client.get("/en/sign-in/code")
    secret = row(cast.salma).totp_secret
    assert secret in read(page.text)
    assert "<svg" in page.text.split("<main")[1]
    assert "style=" not in page.text
    assert fill(client, "/en/sign-in/code", code=pyotp.TOTP(secret).at(clock.now())).location == DESK
    assert row(cast.salma).has_device


def test_without_the_pages_token_nothing_happens(client, cast, with_password):
    with_password(cast.karim)
    answer = client.post(SIGN_IN, data={"email": "karim@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert PASSWORD not in answer.text
    assert "karim@example.org" in answer.text, "what was typed is kept, the password is not"
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/ar/\\evil.example",
        "/arx//evil.example",
        "javascript:alert(1)",
        "/ar/\nx",
        "evil.example",
    ],
)
def test_sign_in_leads_to_no_other_site(client, cast, with_password, elsewhere):
    with_password(cast.karim)
    answer = give_password(client, "karim@example.org", url=f"{SIGN_IN}?next={quote(elsewhere)}")
    assert answer.location == DESK


def test_sign_in_leads_back_to_where_one_was_going(client, cast, with_password):
    with_password(cast.salma)
    sent = client.get("/en/account?a=1")
    assert sent.location.startswith(SIGN_IN)
    give_password(client, "salma@example.org", url=sent.location)
    assert fill(client, "/en/sign-in/code", code=code()).location == "/en/account?a=1"


def test_signing_in_and_out(cast, with_password):
    with_password(cast.karim)
    client = cast.visitor()
    give_password(client, "karim@example.org")
    cookie = client.get_cookie("cocreation").value
    answer = press(client, DESK, "/en/sign-out")
    assert answer.location == SIGN_IN
    assert client.get(DESK).status_code == 302
    stolen = cast.visitor()
    stolen.set_cookie("cocreation", cookie)
    assert stolen.get(DESK).status_code == 302, (
        "the sign-in itself ended, not only the browser's memory of it"
    )


def test_a_sign_in_lasts_twelve_hours(cast, now):
    karim = cast.visitor(cast.karim)
    with clock.frozen(now + timedelta(hours=11, minutes=59)):
        assert karim.get(DESK).status_code == 200
    with clock.frozen(now + timedelta(hours=12)):
        assert karim.get(DESK).status_code == 302


def test_a_cookie_of_before_is_not_the_one_after(cast, with_password):
    """Session fixation: who planted a cookie in somebody's browser holds nothing once they signed in."""
    with_password(cast.karim)
    client = cast.visitor()
    client.get(SIGN_IN)
    planted = client.get_cookie("cocreation").value
    give_password(client, "karim@example.org")
    assert client.get_cookie("cocreation").value != planted
    assert client.get(DESK).status_code == 200
    stranger = cast.visitor()
    stranger.set_cookie("cocreation", planted)
    assert stranger.get(DESK).status_code == 302


def test_a_cookie_of_half_way_opens_nothing_after_the_code(cast, with_password):
    with_password(cast.salma)
    client = cast.visitor()
    give_password(client, "salma@example.org")
    half = client.get_cookie("cocreation").value
    fill(client, "/en/sign-in/code", code=code())
    assert client.get(DESK).status_code == 200
    stranger = cast.visitor()
    stranger.set_cookie("cocreation", half)
    assert stranger.get(DESK).status_code == 302
    assert fill(stranger, "/en/sign-in/code", code=code()).status_code == 422, "the code was used"


def test_a_role_given_meanwhile_opens_nothing_before_the_second_key(cast, with_password, now):
    with_password(cast.karim)
    client = cast.visitor()
    give_password(client, "karim@example.org")
    assert client.get(DESK).status_code == 200
    given = services.invite("karim@example.org", Role.SECRETARIAT, scope_id=None, by=cast.amal.id, now=now)
    session.commit()
    session.remove()
    assert given
    for page in ("/en/manage/cycles", "/en/manage/dispositions/screening", DESK):
        sent = client.get(page)
        assert sent.location.startswith(SIGN_IN), page
    assert client.post("/en/sign-out").status_code == 403
    asked = client.get(client.get("/en/manage/cycles").location)
    assert asked.location == "/en/sign-in/code"
    assert fill(client, "/en/sign-in/code", code=code()).location == "/en/manage/cycles"
    assert client.get("/en/manage/cycles").status_code == 200
    live = session.query(SignIn).filter_by(person_id=cast.karim.id, ended_at=None).count()
    session.remove()
    assert live == 1, "the sign-in of before has ended"


def test_a_role_given_meanwhile_sets_the_device_up_after_the_password(cast, with_password, now):
    """A browser left open is not enough: who has no device yet says the password again."""
    with_password(cast.karim)
    person = session.get_one(type(cast.karim), cast.karim.id)
    person.totp_secret = person.totp_last_used = None
    session.commit()
    client = cast.visitor()
    give_password(client, "karim@example.org")
    services.invite("karim@example.org", Role.ADMINISTRATOR, scope_id=None, by=cast.amal.id, now=now)
    session.commit()
    session.remove()
    client.get(client.get("/en/manage/accounts").location)
    secret = row(cast.karim).totp_secret
    assert client.get("/en/sign-in/code").location == SIGN_IN
    assert give_password(client, "karim@example.org").location == "/en/sign-in/code"
    assert secret in read(client.get("/en/sign-in/code").text)
    answer = fill(client, "/en/sign-in/code", code=pyotp.TOTP(secret).at(clock.now()))
    assert answer.status_code == 302
    assert client.get("/en/manage/accounts").status_code == 200


def test_a_role_given_by_hand_without_a_device_asks_for_the_password_again(cast, with_password, now):
    """A grant written past `invite`, as an operator may."""
    with_password(cast.karim)
    client = cast.visitor()
    give_password(client, "karim@example.org")
    person = session.get_one(type(cast.karim), cast.karim.id)
    person.totp_secret = None
    session.add(Grant(person_id=person.id, role=Role.SECRETARIAT, granted_at=now))
    session.commit()
    session.remove()
    assert client.get(SIGN_IN).status_code == 200
    assert give_password(client, "karim@example.org").location == "/en/sign-in/code"
