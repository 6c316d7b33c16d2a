"""One's own account: browsers, password; and the desk of each role."""

from __future__ import annotations

import re

import pytest

from cocreation.accounts.forms import THE_SAME, TOO_SHORT
from cocreation.accounts.models import Role, SignIn
from cocreation.accounts.services import PasswordRefused
from cocreation.core.database import session
from tests.accounts.conftest import PASSWORD, row
from tests.forms import fill, post_forms, press
from tests.html import texts
from tests.words import said, says

ACCOUNT = "/en/account"


def test_a_session_ended_elsewhere_is_signed_out_at_its_next_request(cast):
    telephone, office = cast.visitor(cast.karim), cast.visitor(cast.karim)
    assert len(texts(telephone.get(ACCOUNT).text, ".row .state-open")) == 1, "which browser this is"
    assert len(re.findall(r'action="/en/account/sign-ins/\d+/end"', office.get(ACCOUNT).text)) == 1
    press(office, ACCOUNT, "/end")
    assert telephone.get(ACCOUNT).status_code == 302
    assert office.get(ACCOUNT).status_code == 200


def test_all_others_end_at_once(cast):
    others = [cast.visitor(cast.karim) for _ in range(3)]
    me = cast.visitor(cast.karim)
    press(me, ACCOUNT, "/end-others")
    assert [browser.get(ACCOUNT).status_code for browser in others] == [302, 302, 302]
    assert me.get(ACCOUNT).status_code == 200


def test_nobody_ends_the_sign_in_of_another(cast):
    salma, karim = cast.visitor(cast.salma), cast.visitor(cast.karim)
    hers = session.query(SignIn.id).filter_by(person_id=cast.salma.id).scalar()
    session.remove()
    cast.visitor(cast.karim)
    form = post_forms(karim, ACCOUNT)[1]
    token = next(field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token")
    karim.post(f"/en/account/sign-ins/{hers}/end", data={"csrf_token": token})
    assert salma.get(ACCOUNT).status_code == 200


def test_a_new_password_signs_out_the_other_browsers(cast, with_password):
    with_password(cast.karim)
    me, other = cast.visitor(cast.karim), cast.visitor(cast.karim)
    answer = fill(
        me, "/en/account/password", password=PASSWORD, new_password="cinq mots choisis bien autrement"
    )
    assert answer.location == ACCOUNT
    assert me.get(ACCOUNT).status_code == 200
    assert other.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(
    ("present", "chosen", "why"),
    [
        ("not the password", "cinq mots choisis bien autrement", PasswordRefused),
        (PASSWORD, "short", TOO_SHORT),
        (PASSWORD, PASSWORD, THE_SAME),
    ],
)
def test_a_password_is_not_changed_without_reason(cast, with_password, present, chosen, why):
    with_password(cast.karim)
    before = row(cast.karim).password
    answer = fill(cast.visitor(cast.karim), "/en/account/password", password=present, new_password=chosen)
    assert answer.status_code == 422
    assert says(answer, why)
    assert row(cast.karim).password == before


def test_guesses_of_the_present_password_are_counted_with_those_at_the_door(cast, with_password, now):
    with_password(cast.karim)
    me = cast.visitor(cast.karim)
    for _ in range(3):
        fill(me, "/en/account/password", password="a guess", new_password="cinq mots choisis bien autrement")
    answer = fill(
        me, "/en/account/password", password=PASSWORD, new_password="cinq mots choisis bien autrement"
    )
    assert answer.status_code == 429
    assert (
        fill(cast.visitor(), "/en/sign-in", email="karim@example.org", password=PASSWORD).status_code == 429
    )


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_names_the_roles_and_leads_only_where_they_get_in(cast, role):
    client = cast.visitor(cast.staff[role])
    page = client.get("/en/desk")
    assert any(said(held, role.label) for held in texts(page.text, ".roles .role"))
    main = page.text.split("<main")[1]
    for part in main.split('<h3><a href="')[1:]:
        href = part.split('"')[0]
        assert client.get(href).status_code == 200, f"the desk of {role} leads to {href}"


def test_the_desk_says_for_what_a_role_is_held(cast):
    assert "OR1-W1" in cast.visitor(cast.fatima).get("/en/desk").text
    assert "OR1" in cast.visitor(cast.karim).get("/en/desk").text
    assert "2026-C01" in cast.visitor(cast.hicham).get("/en/desk").text


def test_a_person_of_one_role_asks_few_questions_of_the_database(cast, statements):
    client = cast.visitor(cast.fatima)
    with statements() as asked:
        client.get("/en/desk")
    assert len(asked) <= 2, asked
