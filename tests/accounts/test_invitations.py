"""Invitations, forgotten passwords, operators' links, and the administrator's page."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from selectolax.lexbor import LexborHTMLParser

from cocreation.accounts.forms import TOO_SHORT
from cocreation.accounts.models import Grant, Person, Role
from cocreation.accounts.refusals import ScopeUnknown
from cocreation.accounts.services import LinkEnded, NotYourself
from cocreation.cli import send_mails
from cocreation.core import clock, delivery
from cocreation.core.database import session
from tests.accounts.conftest import PASSWORD, code, read, row
from tests.forms import csrf_token, fill, press
from tests.html import hrefs, texts
from tests.words import errors, says

DESK = "/en/desk"


def run(cast, *words):
    result = cast.app.test_cli_runner().invoke(args=["user", *words])
    session.remove()
    return result


def invited(cast, email="leila@example.org", role="committee_member", *more):
    """The path of the link a newcomer gets, as printed."""
    result = run(cast, "invite", email, "--role", role, "--language", "en", *more)
    assert result.exit_code == 0, result.output
    return re.search(r"/en/invitations/\S+", result.output)[0]


def the(email):
    """A person, and the (role, scope) they hold."""
    person = session.query(Person).filter_by(email=email).one()
    held = [(grant.role, grant.scope_id) for grant in session.query(Grant).filter_by(person_id=person.id)]
    session.remove()
    return person, held


def mails(cast, tmp_path):
    send_mails(cast.app)
    return list(delivery.mailbox(tmp_path / "mail"))


def test_an_invitation_ends_at_the_desk(cast, tmp_path):
    path = invited(cast, "leila@example.org", "committee_member", "--name", "Leila")
    [mail] = mails(cast, tmp_path)
    assert mail["To"] == "leila@example.org"
    assert path in mail.get_body(("plain",)).get_content()
    client = cast.visitor()
    assert "Leila" in client.get(path).text
    assert fill(client, path, password=PASSWORD).location == DESK
    assert "Leila" in client.get(DESK).text
    client.get("/en/desk")
    assert fill(cast.visitor(), "/en/sign-in", email="leila@example.org", password=PASSWORD).location == DESK


def test_who_can_change_what_everyone_sees_sets_up_a_second_key(cast):
    path = invited(cast, "nadia@example.org", "secretariat")
    client = cast.visitor()
    assert fill(client, path, password=PASSWORD).location == "/en/sign-in/code"
    assert client.get(DESK).status_code == 302
    secret = the("nadia@example.org")[0].totp_secret
    assert fill(client, "/en/sign-in/code", code="123").status_code == 422
    assert fill(client, "/en/sign-in/code", code=pyotp.TOTP(secret).at(clock.now())).location == DESK


@pytest.mark.parametrize("days", [7, 30])
def test_an_invitation_expires(cast, now, days):
    path = invited(cast)
    with clock.frozen(now + timedelta(days=days)):
        answer = cast.visitor().get(path)
        assert answer.status_code == 410
        assert says(answer, LinkEnded)
        assert "/en/sign-in/forgotten" in hrefs(answer.text), "it says what to do"
    with clock.frozen(now + timedelta(days=7) - timedelta(seconds=1)):
        assert cast.visitor().get(path).status_code == 200


def test_an_invitation_works_once_and_only_the_newest(cast):
    first, second = invited(cast), invited(cast)
    assert cast.visitor().get(first).status_code == 410
    client = cast.visitor()
    fill(client, second, password=PASSWORD)
    assert client.get(second).status_code == 410


def test_it_does_not_open_the_operators_door(cast):
    token = invited(cast).rpartition("/")[2]
    assert cast.visitor().get(f"/en/sign-in/link/{token}").status_code == 410


def test_a_short_password_is_refused_and_the_link_stays_good(cast):
    path = invited(cast)
    client = cast.visitor()
    answer = fill(client, path, password="eleven char")
    assert answer.status_code == 422
    assert errors(answer) == {"password"}
    assert says(answer, TOO_SHORT)
    assert fill(client, path, password="twelve chars").status_code == 302


def test_who_has_a_password_is_told_of_a_new_role_without_a_link(cast, with_password, tmp_path):
    with_password(cast.karim)
    result = run(cast, "invite", "karim@example.org", "--role", "facilitator", "--scope", "or1-w2")
    assert "invitations" not in result.output
    [mail] = mails(cast, tmp_path)
    assert "/desk" in mail.get_body(("plain",)).get_content()
    second = cast.meeting.workshops[1].id
    assert (Role.FACILITATOR, second) in the("karim@example.org")[1]


@pytest.mark.parametrize(
    ("role", "scope", "thing"),
    [
        ("coordinator", "OR1", "meeting"),
        ("facilitator", "OR1-W1", "workshop"),
        ("focal_point", "finance", "finance"),
        ("project_lead", "2026-C01", "commitment"),
    ],
)
def test_a_scope_is_given_by_its_reference_or_its_number(cast, role, scope, thing):
    id_ = cast.meeting.workshops[0].id if thing == "workshop" else getattr(cast, thing).id
    for i, given in enumerate((scope, str(id_))):
        invited(cast, f"{i}@example.org", role, "--scope", given)
        assert the(f"{i}@example.org")[1] == [(role, id_)]


@pytest.mark.parametrize(
    "words",
    [
        ("--role", "facilitator", "--scope", "OR9-W1"),
        ("--role", "facilitator", "--scope", "99999"),
        ("--role", "facilitator", "--scope", "²"),
        ("--role", "facilitator"),
        ("--role", "secretariat", "--scope", "OR1"),
        ("--role", "king"),
    ],
)
def test_an_invitation_without_sense_makes_nobody(cast, words):
    result = run(cast, "invite", "leila@example.org", *words)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert session.query(Person).filter_by(email="leila@example.org").count() == 0
    session.remove()


def test_an_operators_link_signs_in_once_behind_a_button(cast, now):
    printed = run(cast, "link", "salma@example.org").output
    path = re.search(r"/fr/sign-in/link/\S+", printed)[0].replace("/fr/", "/en/")
    client = cast.visitor()
    client.get(path)
    assert client.get(DESK).status_code == 302, "opening it is not enough: programs look at links too"
    assert press(client, path, path).location == DESK
    assert client.get(DESK).status_code == 200
    assert cast.visitor().get(path).status_code == 410


def test_an_operators_link_lasts_fifteen_minutes(cast, now):
    path = re.search(r"/fr/sign-in/link/\S+", run(cast, "link", "salma@example.org").output)[0]
    with clock.frozen(now + timedelta(minutes=15)):
        assert cast.visitor().get(path).status_code == 410


def test_the_list_names_people_and_what_they_hold(cast):
    printed = run(cast, "list").output
    assert re.search(r"fatima@example.org\s+Fatima\s+facilitator of OR1-W1", printed)


def told(client):
    """What the page that a form led to says once."""
    return texts(client.get("/en/sign-in").text, ".flash")


def test_a_forgotten_password_is_chosen_anew_but_the_code_is_still_owed(cast, with_password, tmp_path):
    with_password(cast.salma)
    elsewhere = cast.visitor(cast.salma)
    client = cast.visitor()
    fill(client, "/en/sign-in/forgotten", email="salma@example.org")
    assert told(client)
    [mail] = mails(cast, tmp_path)
    path = re.search(r"/fr/invitations/\S+", mail.get_body(("plain",)).get_content())[0].replace(
        "/fr/", "/en/"
    )
    answer = fill(client, path, password="cinq mots choisis bien autrement")
    assert answer.location == "/en/sign-in/code"
    assert elsewhere.get(DESK).status_code == 302
    assert fill(client, "/en/sign-in/code", code=code()).location == DESK


def test_for_an_unknown_address_it_says_the_same_and_writes_nothing(cast, tmp_path):
    sentences = []
    for email in ("karim@example.org", "nobody@example.org"):
        client = cast.visitor()
        assert fill(client, "/en/sign-in/forgotten", email=email).location == "/en/sign-in"
        sentences.append(told(client))
    to_karim, to_nobody = sentences
    assert to_karim == to_nobody != []
    assert [mail["To"] for mail in mails(cast, tmp_path)] == ["karim@example.org"]


def test_nobodys_mailbox_is_filled_by_asking_again(cast, tmp_path, now):
    for _ in range(3):
        fill(cast.visitor(), "/en/sign-in/forgotten", email="karim@example.org")
    assert len(mails(cast, tmp_path)) == 1


TEAM = "/en/manage/accounts"
INVITE = f"{TEAM}/invite"


def _options(page, css):
    """What can be chosen in a field."""
    return [option.attributes["value"] for option in LexborHTMLParser(page).css(f"{css} option")]


def test_the_administrator_invites(cast, tmp_path):
    amal = cast.visitor(cast.amal)
    answer = fill(
        amal,
        INVITE,
        email="leila@example.org",
        name="Leila",
        role="facilitator",
        reference="OR1-W2",
        language="ar",
    )
    assert answer.location == TEAM
    assert the("leila@example.org")[1] == [(Role.FACILITATOR, cast.meeting.workshops[1].id)]
    assert len(mails(cast, tmp_path)) == 1


def test_the_weakest_role_stands_there_until_another_is_chosen_and_what_it_is_for_is_chosen(cast):
    page = cast.visitor(cast.amal).get(INVITE).text
    roles = _options(page, "#role")
    assert (roles[0], roles[-1]) == (Role.PROJECT_LEAD.value, Role.ADMINISTRATOR.value)
    offered = _options(page, "#reference optgroup")
    assert {"OR1", "OR1-W2", "ministry"} <= set(offered)


def test_an_invitation_is_taken_back_with_its_mail_and_its_person(cast, tmp_path):
    amal = cast.visitor(cast.amal)
    invitation = {"email": "leila@example.org", "name": "Leila", "role": "committee_member", "language": "en"}
    fill(amal, INVITE, **invitation)
    person, _held = the("leila@example.org")
    assert press(amal, TEAM, f"/people/{person.id}/withdraw").location == TEAM
    assert mails(cast, tmp_path) == []
    assert session.query(Person).filter_by(email="leila@example.org").count() == 0
    assert session.query(Grant).filter_by(person_id=person.id).count() == 0
    session.remove()
    path = invited(cast)  # who came in is not taken back like that
    token = {"csrf_token": csrf_token(amal), "confirmed": "1"}
    person, _held = the("leila@example.org")
    fill(cast.visitor(), path, password=PASSWORD)
    assert amal.post(f"{TEAM}/people/{person.id}/withdraw", data=token).status_code == 409
    assert the("leila@example.org")[1] == [(Role.COMMITTEE_MEMBER, None)]


def test_a_wrong_reference_keeps_what_was_typed(cast):
    answer = fill(
        cast.visitor(cast.amal),
        INVITE,
        email="leila@example.org",
        name="Leila",
        role="facilitator",
        reference="OR1",
        language="ar",
    )
    assert answer.status_code == 422
    assert says(answer, ScopeUnknown)
    assert 'value="leila@example.org"' in answer.text
    assert 'value="OR1" selected' in answer.text or 'selected value="OR1"' in answer.text


def test_closing_an_account_signs_its_person_out_and_opening_it_lets_them_in(cast, with_password):
    with_password(cast.karim)
    amal, karim = cast.visitor(cast.amal), cast.visitor(cast.karim)
    press(amal, TEAM, f"/people/{cast.karim.id}/disable")
    assert karim.get(DESK).status_code == 302
    signing_in = {"email": "karim@example.org", "password": PASSWORD}
    assert fill(cast.visitor(), "/en/sign-in", **signing_in).status_code == 422
    press(amal, TEAM, f"/people/{cast.karim.id}/enable")
    assert fill(cast.visitor(), "/en/sign-in", **signing_in).status_code == 302


def test_a_role_taken_back_closes_its_pages_at_once(cast):
    amal, other = cast.visitor(cast.amal), cast.visitor(cast.salma)
    run(cast, "invite", "salma@example.org", "--role", "administrator")
    assert other.get(TEAM).status_code == 200
    grant = session.query(Grant.id).filter_by(person_id=cast.salma.id, role=Role.ADMINISTRATOR).scalar()
    session.remove()
    press(amal, TEAM, f"/grants/{grant}/take-back")
    assert other.get(TEAM).status_code == 403


def test_an_administrator_does_not_shut_themselves_out(cast):
    grant = session.query(Grant.id).filter_by(person_id=cast.amal.id).scalar()
    session.remove()
    amal = cast.visitor(cast.amal)
    assert f"{TEAM}/grants/{grant}/take-back" not in amal.get(TEAM).text
    token = {"csrf_token": csrf_token(amal), "confirmed": "1"}
    answer = amal.post(f"{TEAM}/grants/{grant}/take-back", data=token)
    assert answer.status_code == 409
    assert says(answer, NotYourself)
    assert amal.get(TEAM).status_code == 200


def test_a_lost_telephone_is_replaced_at_the_next_sign_in(cast, with_password):
    with_password(cast.salma)
    press(cast.visitor(cast.amal), TEAM, f"/people/{cast.salma.id}/forget-device")
    client = cast.visitor()
    fill(client, "/en/sign-in", email="salma@example.org", password=PASSWORD)
    assert row(cast.salma).totp_secret in read(client.get("/en/sign-in/code").text)


def test_the_team_costs_as_much_for_few_as_for_many(cast, statements):
    amal = cast.visitor(cast.amal)

    def cost():
        with statements() as asked:
            amal.get(TEAM)
        return len(asked)

    before = cost()
    for i in range(30):
        invited(cast, f"{i}@example.org", "facilitator", "--scope", "OR1-W2")
    assert cost() == before <= 8
