"""Who tries passwords and codes is slowed down; whose account it is comes in."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from cocreation.accounts import services, tries
from cocreation.accounts.models import SignInNetwork
from cocreation.accounts.refusals import TooManyTries
from cocreation.accounts.tries import CEILING, CODES_OF_STRANGERS, DAY, PAUSES, PENDING, pause_after
from cocreation.cli import send_mails
from cocreation.core import clock, delivery
from cocreation.core.database import session
from cocreation.languages.i18n import format_wait, speaking
from tests.accounts.conftest import PASSWORD, code
from tests.forms import csrf_token, fill
from tests.words import says

SIGN_IN, CODE = "/en/sign-in", "/en/sign-in/code"
HOME, OFFICE = "198.51.100.1", "198.51.100.2"
TEN_TRIES = len(PAUSES)


def at(cast, address):
    """A browser behind `address`."""
    client = cast.visitor()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def give(client, password, email="karim@example.org"):
    return fill(client, SIGN_IN, email=email, password=password)


def prove(client, digits, email="salma@example.org"):
    """A code, after the right password."""
    answer = give(client, PASSWORD, email)
    assert answer.location == CODE, answer.text
    return fill(client, CODE, code=digits)


def use_up(client, now, try_one, most=TEN_TRIES):
    """As many tries as a network has, each as soon as it is read; the moment after the last of them."""
    for failures in range(most):
        now += pause_after(failures)
        with clock.frozen(now):
            assert try_one(client).status_code == 422
    return now


@pytest.mark.own_database
@pytest.mark.parametrize("email", ["karim@example.org", "nobody@example.org"])
def test_many_tries_at_once_are_counted_whether_the_account_exists_or_not(cast, email):
    """Else an unknown account would be told by reading all of them."""
    browsers = [at(cast, HOME) for _ in range(6)]
    ready, answers = threading.Barrier(len(browsers)), []
    tokens = [csrf_token(browser) for browser in browsers]

    def give_one(browser, token):
        ready.wait()
        sent = {"email": email, "password": "wrong", "csrf_token": token}
        answers.append(browser.post(SIGN_IN, data=sent).status_code)

    together = [
        threading.Thread(target=give_one, args=arguments) for arguments in zip(browsers, tokens, strict=True)
    ]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert sorted(answers) == [422] * 3 + [429] * 3


def test_the_pauses_grow_and_never_close_the_first_try():
    pauses = [pause_after(n) for n in range(TEN_TRIES + 1)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(0)
    assert pauses[-1] == DAY
    assert pause_after(0, everywhere=10**6) == timedelta(0)
    assert pause_after(1, everywhere=CEILING) > pause_after(1, everywhere=CEILING - 1)
    assert pause_after(10**6, everywhere=10**6) == DAY


def test_the_codes_of_strangers_are_unguessable():
    """As the docstring of `tries` computes it."""
    one_day = CODES_OF_STRANGERS * 3 / 10**6
    assert one_day < 0.0001
    assert 1 - (1 - one_day) ** 365 < 0.04


@pytest.mark.parametrize("email", ["karim@example.org", "nobody@example.org"])
def test_a_network_is_slowed_down_and_told_how_long_whether_the_address_is_known_or_not(
    cast, with_password, now, email
):
    with_password(cast.karim)
    thief = at(cast, HOME)
    for _ in range(3):
        assert give(thief, "a guess", email).status_code == 422
    slowed = give(thief, PASSWORD, email)
    assert slowed.status_code == 429
    with speaking("en"):
        assert says(slowed, TooManyTries, wait=format_wait(5))
    assert PASSWORD not in slowed.text
    with clock.frozen(now + timedelta(seconds=5)):
        assert give(thief, "a guess", email).status_code == 422


def test_in_the_end_it_is_closed_for_a_day_and_only_for_this_account(cast, with_password, now):
    with_password(cast.karim)
    with_password(cast.fatima)
    thief = at(cast, HOME)
    last = use_up(thief, now, lambda client: give(client, "a guess"))
    with clock.frozen(last + timedelta(hours=23, minutes=59)):
        assert give(thief, PASSWORD).status_code == 429
        assert give(at(cast, HOME), PASSWORD, "fatima@example.org").status_code == 302
    with clock.frozen(last + DAY):
        assert give(thief, PASSWORD).status_code == 302


def test_five_wrong_passwords_of_a_stranger_close_nobody_else_s_door(cast, with_password, now):
    with_password(cast.salma)
    use_up(at(cast, HOME), now, lambda client: give(client, "a guess", "salma@example.org"))
    assert prove(at(cast, OFFICE), code()).status_code == 302


def test_a_line_of_ipv6_is_one_network(cast, with_password):
    with_password(cast.karim)
    for n in range(3):
        give(at(cast, f"2001:db8::{n}"), "a guess")
    assert give(at(cast, "2001:db8::abcd"), PASSWORD).status_code == 429
    assert give(at(cast, "2001:db8:0:1::1"), PASSWORD).status_code == 302


def test_a_success_forgets_earlier_failures(cast, with_password):
    with_password(cast.karim)
    client = at(cast, HOME)
    for _ in range(2):
        give(client, "a guess")
    assert give(client, PASSWORD).status_code == 302
    for _ in range(2):
        assert give(at(cast, HOME), "a guess").status_code == 422
    assert give(at(cast, HOME), PASSWORD).status_code == 302


def attack(cast, times=CEILING, email="karim@example.org"):
    """A wrong password from each of so many networks."""
    for n in range(times):
        assert give(at(cast, f"203.0.113.{n}"), "a guess", email).status_code == 422


def told(cast, tmp_path):
    send_mails(cast.app)
    return [mail for mail in delivery.mailbox(tmp_path / "mail") if "forgotten" in mail.as_string()]


def test_many_networks_are_slowed_the_person_is_told_once_and_comes_in(cast, with_password, now, tmp_path):
    with_password(cast.karim)
    attack(cast)
    again = at(cast, "203.0.113.1")
    assert give(again, "a guess").status_code == 429, "one failure of its own is enough now"
    give(at(cast, "203.0.113.200"), "a guess")
    [mail] = told(cast, tmp_path)
    assert mail["To"] == "karim@example.org"
    assert give(at(cast, HOME), PASSWORD).status_code == 302, "from anywhere"
    with clock.frozen(now + DAY):
        attack(cast)
        assert len(told(cast, tmp_path)) == 2


def test_nobody_is_told_of_what_is_tried_at_an_address_that_is_none_of_ours(cast, tmp_path):
    attack(cast, email="nobody@example.org")
    assert told(cast, tmp_path) == []


def test_a_new_password_by_the_mailed_link_opens_the_door_at_once(cast, with_password, now, tmp_path):
    with_password(cast.karim)
    me = at(cast, HOME)
    last = use_up(me, now, lambda client: give(client, "a guess"))
    with clock.frozen(last):
        assert give(me, PASSWORD).status_code == 429
        services.ask_for_link("karim@example.org", now=last)
        session.commit()
        send_mails(cast.app)
        mail = next(delivery.mailbox(tmp_path / "mail"))
        link = mail.get_body(("plain",)).get_content().partition("/invitations/")[2].split()[0]
        chosen = "cinq mots choisis bien autrement"
        assert fill(me, f"/en/invitations/{link}", password=chosen).status_code == 302
        assert give(at(cast, HOME), chosen).status_code == 302


def test_a_pending_sign_in_takes_a_few_codes_a_network_ten_a_day(cast, with_password, now):
    with_password(cast.salma)
    thief = at(cast, HOME)
    give(thief, PASSWORD, "salma@example.org")
    moment = use_up(thief, now, lambda client: fill(client, CODE, code="000000"), most=PENDING)
    with clock.frozen(moment):
        assert thief.get(CODE).location == SIGN_IN, "it starts again, with the password"
    for failures in range(PENDING, TEN_TRIES):
        moment += pause_after(failures)
        with clock.frozen(moment):
            assert prove(at(cast, HOME), "000000").status_code == 422
    with clock.frozen(moment + timedelta(hours=23)):
        assert prove(at(cast, HOME), code()).status_code == 429
        assert prove(at(cast, OFFICE), code()).status_code == 302


def test_a_right_password_forgives_no_wrong_code(cast, with_password):
    with_password(cast.salma)
    client = at(cast, HOME)
    for _ in range(3):
        assert prove(client, "000000").status_code == 422
    assert prove(client, code()).status_code == 429


def test_strangers_have_few_codes_together_and_the_person_comes_in_from_home(
    cast, with_password, now, tmp_path
):
    with_password(cast.salma)
    assert prove(at(cast, HOME), code()).status_code == 302
    for n in range(CODES_OF_STRANGERS):
        assert prove(at(cast, f"203.0.113.{n}"), "000000").status_code == 422
    with clock.frozen(now + timedelta(minutes=1)):
        assert prove(at(cast, "203.0.113.200"), code()).status_code == 429, "even a right one is left unread"
        assert prove(at(cast, HOME), code()).status_code == 302
    [mail] = told(cast, tmp_path)
    assert mail["To"] == "salma@example.org"
    with clock.frozen(now + DAY):
        assert prove(at(cast, "203.0.113.200"), code()).status_code == 302


def test_what_is_kept_of_a_network_is_no_address_and_not_kept_for_long(cast, with_password, now):
    with_password(cast.karim)
    give(at(cast, HOME), "a guess")
    give(at(cast, OFFICE), PASSWORD)
    kept = session.query(SignInNetwork).all()
    for row in kept:
        assert HOME not in row.network
        assert "karim" not in row.account
        assert len(row.network) == len(row.account) == 64
    assert tries.sweep(now) == 0
    assert tries.sweep(now + DAY) == 1, "the failure"
    assert tries.sweep(now + timedelta(days=90)) == 1, "the network they came in from"
    session.remove()
