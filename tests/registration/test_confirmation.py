"""An address is confirmed by the link of its mail; until then a place is held, and yields to who needs it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import Mail
from cocreation.meetings.models.meeting import AttendanceMode, ByPhone
from cocreation.places import emails
from cocreation.places.models.confirmation import AddressLink, Confirmation
from cocreation.places.models.registration import RegistrationState
from cocreation.portal.receipt.page import MAILED, TITLES, TO_CONFIRM
from cocreation.registration.refusals import AddressNeeded
from tests.cast import THEN
from tests.desk import work
from tests.forms import fill, post_forms, press
from tests.html import numbers
from tests.mails import kind, of, text, told
from tests.meeting_day import (
    CONFIRMED,
    OFFERED,
    REGISTER,
    WAITING,
    change,
    has_turn,
    later,
    link_for,
    offer_help,
    registrations,
    states,
)
from tests.words import says

LINK = "https://visio.example.org/or1"
# What the pages say of it, as the code has it.
NONE_HELD = (
    "No place is held for you. From the moment you confirm you have a place if one is free, "
    "else a turn on the waiting list; your page then says which."
)
MISTAKE = (
    "Is there a mistake in the address? Cancel this registration below, "
    "and register again with the right one."
)
TERM = (
    "We write to your address; its link confirms your registration. After %(count)s hours without it, "
    "your place goes to somebody who waits for one, if anybody does."
)
TO_BE_CALLED = (
    "You gave no e-mail address. The organisers call those who wish to come; "
    "your registration counts from then on."
)
WRITTEN_TO = "The person is told at once, and sees the reason on their page."
TO_CALL = "There is no address to write to: call the person. Their page says it too, with the reason."


def to_confirm(email: str) -> int:
    """How many mails that ask to confirm were queued for this address."""
    asked = session.query(Mail).filter(Mail.to == email, Mail.template == "meetings/to_confirm").count()
    session.remove()
    return asked


def test_the_receipt_shows_and_cancels_and_the_link_of_the_mail_confirms(send, client, cast):
    change(cast, attendance=AttendanceMode.HYBRID, link=LINK)
    where = send().location
    page = client.get(where)
    assert says(page, TO_CONFIRM)
    assert registrations()[0].receipt in page.text
    assert LINK not in page.text
    assert "/accept" not in page.text
    assert states() == [OFFERED]
    link = link_for("nadia@example.org")
    assert post_forms(client, link)
    assert states() == [OFFERED]  # a mail program that opens links confirms nothing
    assert press(client, link, link).location == where
    [registration] = registrations()
    assert (registration.state.value, registration.confirmed_by, registration.address_confirmed_at) == (
        CONFIRMED,
        Confirmation.LINK,
        THEN,
    )
    assert LINK in client.get(where).text
    assert not post_forms(client, link)
    assert f'href="{where}"' in client.get(link).text


def test_before_confirming_the_receipt_does_nothing_else(send, client, cast):
    offer_help(cast)
    where = send().location
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(where).text)[1]
    assert client.post(f"{where}/accept", data={"csrf_token": token}).status_code == 409
    assert client.get(f"{where}/change").status_code == 409
    assert "/support" not in client.get(where).text
    asked = fill(client, f"{where}/support", nights="1", sentence="Je viens de loin", province="02.411")
    assert asked.status_code == 409
    assert states() == [OFFERED]
    assert press(client, where, "/cancel").status_code == 302
    assert states() == ["cancelled"]
    link = link_for("nadia@example.org")
    assert not post_forms(client, link)
    assert f'href="{REGISTER}"' in client.get(link).text


def test_the_receipt_shows_the_address_so_that_a_mistake_is_seen(send, cast, client):
    """Whoever sent it corrects it (test_addresses.py); in another browser it is cancelled."""
    where = send(email="nadia@exmaple.org").location
    assert not says(client.get(where), MISTAKE)
    page = cast.visitor().get(where)
    assert "<bdi>nadia@exmaple.org</bdi>" in page.text
    assert says(page, MISTAKE)


def test_what_was_cancelled_before_confirming_was_sent_no_receipt(send, register, client):
    where = send().location
    press(client, where, "/cancel")
    assert not says(client.get(where), MAILED)
    confirmed = register(name="Karim", email="karim@example.org").location
    press(client, confirmed, "/cancel")
    assert says(client.get(confirmed), MAILED)


def test_what_cannot_be_done_leads_back_to_the_receipt(send, client):
    where = send().location
    answers = [press(client, where, "/link") for _ in range(3)]
    assert answers[-1].status_code == 409
    assert f'class="button" href="{where}"' in answers[-1].text


def test_only_the_digest_of_the_link_is_kept(send):
    send()
    token = link_for("nadia@example.org").rpartition("/")[2]
    [link] = session.query(AddressLink).all()
    assert token not in link.digest
    session.remove()


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "' or 1=1", "A" * 5000])
def test_a_wrong_link_confirms_nothing(client, cast, token):
    status = client.get(f"/en/registrations/confirm/{token}").status_code
    assert status == (400 if token == "%00" else 404)


def test_the_link_can_be_asked_for_again_a_few_times(send, client):
    where = send().location
    assert [press(client, where, "/link").status_code for _ in range(4)] == [302, 302, 409, 409]
    with later(days=1):
        assert [press(client, where, "/link").status_code for _ in range(3)] == [302, 302, 409]
        first = link_for("nadia@example.org")
        press(client, first, first)
    assert states() == [CONFIRMED]


def test_what_is_not_confirmed_yields_when_somebody_who_confirmed_needs_it(
    send, register, client, app, mails
):
    first = send(email="a@example.org").location
    send(email="b@example.org")
    waits = register(name="C", email="c@example.org").location
    assert states() == [OFFERED, OFFERED, WAITING]
    assert has_turn(client.get(waits), 1)
    with later(hours=23, minutes=59):
        work(app)
        assert states() == [OFFERED, OFFERED, WAITING]
    with later(hours=24, minutes=1):
        work(app)
        assert states() == [WAITING, OFFERED, OFFERED]  # one place is needed, one is taken
        page = client.get(first)
        assert says(page, NONE_HELD)
        assert not says(page, "All places are taken")  # nor need they be: the next may be free
        sent = told(mails())
        assert ("a@example.org", emails.YIELDED.name) in sent
        assert ("c@example.org", emails.OFFERED.name) in sent
        assert ("b@example.org", emails.YIELDED.name) not in sent
        page = client.get(first).text
        assert page.count('class="row-day"') == 2  # its history says so
        work(app)
        assert states() == [WAITING, OFFERED, OFFERED]


def test_where_nobody_waits_a_place_stays_until_registration_closes_and_is_reminded_of_before(
    send, client, app, mails
):
    where = send().location
    with later(hours=17):
        work(app)
    assert len(mails()) == 1
    for hours in (19, 21, 23, 30, 100):
        with later(hours=hours):
            work(app)
    assert states() == [OFFERED]
    assert sorted(map(kind, mails())) == [emails.CONFIRM_SOON.name, emails.TO_CONFIRM.name]
    for hours in (8 * 24 + 1, 8 * 24 + 9, 9 * 24, 10 * 24 - 1):  # it closes after ten days
        with later(hours=hours):
            work(app)
    assert states() == [OFFERED]
    assert len(of(emails.CONFIRM_SOON, mails())) == 2
    with later(days=10, hours=-1):
        link = link_of(mails(), emails.TO_CONFIRM)
        assert press(client, link, link).location == where
    assert states() == [CONFIRMED]


def link_of(mails, kind: MailKind) -> str:
    """The page that the link of the one mail of this kind opens."""
    [mail] = of(kind, mails)
    return "/en" + re.search(r"/registrations/confirm/[\w-]+", text(mail))[0]


def test_who_confirms_takes_the_place_held_too_long_at_once(send, client):
    for name in "abc":
        send(email=f"{name}@example.org")
    with later(hours=25):  # no worker has come by
        link = link_for("c@example.org")
        press(client, link, link)
    assert states() == [WAITING, OFFERED, CONFIRMED]


def test_who_yielded_gets_back_in_line_by_confirming(send, register, client, app, mails):
    for name in "ab":
        send(email=f"{name}@example.org")
    for name in "cd":
        register(name=name, email=f"{name}@example.org")
    with later(hours=25):
        work(app)
        assert states() == [WAITING, WAITING, OFFERED, OFFERED]
        register(name="e", email="e@example.org")
        link = link_of([mail for mail in mails() if mail["To"] == "a@example.org"], emails.YIELDED)
        assert says(client.get(link), NONE_HELD)
        where = press(client, link, link).location
        assert has_turn(client.get(where), 2)


def test_a_turn_comes_with_confirming_not_with_the_form(send, register, client):
    for name in "ab":
        register(name=name, email=f"{name}@example.org")
    early = send(email="early@example.org").location
    late = register(name="late", email="late@example.org").location
    assert not has_turn(client.get(early))
    assert has_turn(client.get(late), 1)
    link = link_for("early@example.org")
    press(client, link, link)
    assert has_turn(client.get(early), 2)
    assert has_turn(client.get(late), 1)


def test_in_the_last_hours_nobody_on_the_way_loses_a_place(send, register, client, app, cast):
    change(cast, registration_closes_at=cast.meeting.starts_at)
    with later(days=19):
        for name in "ab":
            send(email=f"{name}@example.org")
    with later(days=19, hours=10):
        register(name="c", email="c@example.org")
    assert registrations()[0].yields_at == cast.meeting.starts_at - timedelta(hours=12)
    with later(days=19, hours=20):
        work(app)
    assert states() == [OFFERED, OFFERED, WAITING]


def test_the_hours_are_a_rule_of_the_meeting_said_beforehand(send, register, cast, app, client):
    salma = cast.visitor(cast.salma)
    assert fill(salma, "/en/manage/meetings/OR1/edit", confirm_hours="3").status_code == 302
    assert says(client.get(REGISTER), TERM, count=3)
    for name in "ab":
        send(email=f"{name}@example.org")
    register(name="c", email="c@example.org")
    with later(hours=3, minutes=1):
        work(app)
    assert states() == [WAITING, OFFERED, OFFERED]


# With a telephone number alone


def test_by_the_rule_some_count_at_once_the_others_are_called(send, client, cast, karim):
    change(cast, phone_places=1)
    first = send(email="", phone="0612345678").location
    second = send(name="B", email="", phone="0612345679").location
    assert states() == [CONFIRMED, WAITING]
    assert says(client.get(first), TITLES[RegistrationState.CONFIRMED])
    assert says(client.get(second), TO_BE_CALLED)
    listed = karim.get("/en/manage/meetings/OR1/participants?unconfirmed=y").text
    assert numbers(listed, "main p a[href$='unconfirmed=y']") == [2]
    page = f"/en/manage/meetings/OR1/participants/{registrations()[1].id}"
    assert press(karim, page, "/called").status_code == 302
    assert states() == [CONFIRMED, CONFIRMED]
    assert says(client.get(second), TITLES[RegistrationState.CONFIRMED])
    assert press(karim, page, "/not-called").status_code == 302
    assert registrations()[1].confirmed_by == Confirmation.RULE


def test_who_decides_of_somebody_without_an_address_is_told_to_call(send, cast, karim):
    send(email="", phone="0612345678")
    page = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    assert not says(karim.get(page), WRITTEN_TO)
    assert fill(karim, page, act="wait", reason="Late").status_code == 302
    assert says(karim.get(page), TO_CALL)
    send(name="Written to", email="n@example.org")
    written_to = f"/en/manage/meetings/OR1/participants/{registrations()[1].id}"
    assert says(karim.get(written_to), WRITTEN_TO)


def test_called_first_or_not_at_all(send, client, cast, karim):
    change(cast, by_phone=ByPhone.CALLED)
    send(email="", phone="0612345678")
    assert states() == [WAITING]
    page = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    press(karim, page, "/called")
    assert states() == [CONFIRMED]
    press(karim, page, "/not-called")
    assert states() == [OFFERED]
    page = client.get("/en/meetings/OR1/register").text
    assert "required" not in re.search(r'<input[^>]*name="email"[^>]*>', page)[0]
    change(cast, by_phone=ByPhone.REFUSED)
    page = client.get("/en/meetings/OR1/register").text
    assert "required" in re.search(r'<input[^>]*name="email"[^>]*>', page)[0]
    answer = send(name="Driss", email="", phone="0612345670")
    assert answer.status_code == 422
    assert says(answer, AddressNeeded)
    assert 'value="Driss"' in answer.text


def test_a_number_alone_is_shown_no_private_link_until_it_is_called(send, client, cast, karim):
    change(cast, attendance=AttendanceMode.HYBRID, link=LINK)
    where = send(email="", phone="0612345678").location
    assert states() == [CONFIRMED]
    assert LINK not in client.get(where).text
    press(karim, f"/en/manage/meetings/OR1/participants/{registrations()[0].id}", "/called")
    assert LINK in client.get(where).text


def test_what_the_staff_enters_counts(karim, cast):
    fields = {"name": "Nadia", "email": "n@example.org", "capacity": "citizen", "consent": "y"}
    answer = fill(karim, "/en/manage/meetings/OR1/participants/new", **fields, entry="paper")
    assert answer.status_code == 302
    [registration] = registrations()
    assert (registration.state.value, registration.confirmed_by) == (CONFIRMED, Confirmation.STAFF)
