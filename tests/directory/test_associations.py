"""An association declares itself, follows and corrects its declaration; the secretariat decides."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from cocreation.cli import send_mails
from cocreation.core import delivery, secrets
from cocreation.core.database import session
from cocreation.core.errors import AlreadyDone
from cocreation.core.outbox import Mail
from cocreation.directory.emails import VERIFIED
from cocreation.directory.models import Association, AssociationState
from cocreation.directory.refusals import AlreadyDeclared
from tests.cast import THEN
from tests.forms import fill, press
from tests.html import texts
from tests.words import errors, said, says

NEW, LIST, DESK = "/en/associations/new", "/en/associations", "/en/manage/directory/associations"
DECLARATION = {
    "name": "جمعيّة الأُفُق",
    "acronym": "OFOQ",
    "legal_number": "12/2020",
    "region_code": "02",
    "city": "Berkane",
    "domains": ["digital", "youth"],
    "contact_name": "Zineb",
    "email": "zineb@example.org",
    "phone": "0600000000",
}


@pytest.fixture
def mails(app, tmp_path):
    def sent():
        send_mails(app)
        return [mail.get_body(("plain",)).get_content() for mail in delivery.mailbox(tmp_path / "mail")]

    return sent


def told_it_is_verified():
    """How many mails say that an association is verified."""
    told = (Mail.template == VERIFIED.name, Mail.to == DECLARATION["email"])
    count = session.scalar(select(func.count()).where(*told))
    session.remove()
    return count


def stands(page, state):
    """Whether the page of a declaration says that it stands in `state`."""
    [label] = texts(page, ".head .state")
    return said(label, state.label)


def declare(client, **other):
    return fill(client, NEW, **DECLARATION | other)


def declared():
    found = session.query(Association).filter(Association.once.is_not(None)).order_by(Association.id).all()
    session.remove()
    return found


def test_a_declaration_is_kept_receipted_and_not_yet_public(client, cast, mails):
    answer = declare(client)
    receipt = answer.location.rpartition("/")[2]
    assert receipt in mails()[0]
    page = client.get(answer.location)
    assert stands(page.text, AssociationState.WAITING)
    assert "zineb@example.org" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert DECLARATION["name"] not in client.get(LIST).text


@pytest.mark.parametrize(
    "typed", [str.lower, lambda receipt: receipt.replace("-", ""), lambda receipt: receipt.replace("-", " ")]
)
def test_a_receipt_is_read_as_people_type_it(client, cast, typed):
    receipt = declare(client).location.rpartition("/")[2]
    assert client.get(f"{LIST}/{typed(receipt)}").status_code == 200


@pytest.mark.parametrize("receipt", ["0000-0000-0000-0000", "no", "' or 1=1"])
def test_a_wrong_receipt_opens_nothing(client, cast, receipt):
    assert client.get(f"{LIST}/{receipt}").status_code == 404


def test_the_same_form_sent_twice_is_one_declaration(client, cast, mails):
    first = declare(client, once="0123456789abcdef01234567")
    second = declare(client, once="0123456789abcdef01234567")
    assert first.location == second.location
    assert len(declared()) == len(mails()) == 1


def test_a_legal_number_declares_itself_once(client, cast):
    declare(client)
    again = declare(client, name="Une autre", email="other@example.org")
    assert again.status_code == 409
    assert says(again, AlreadyDeclared)
    assert 'value="Une autre"' in again.text
    assert len(declared()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 100_000),
        ("legal_number", ""),
        ("email", "zineb"),
        ("phone", "call me"),
        ("region_code", "99"),
        ("domains", []),
        ("domains", ["magic"]),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_kept(client, cast, field, value):
    answer = declare(client, **{field: value})
    assert answer.status_code == 422
    assert errors(answer) == {field}
    kept = "Berkane" if field != "city" else "OFOQ"
    assert f'value="{kept}"' in answer.text
    assert declared() == []


def test_markup_and_overrides_in_a_name_harm_nobody(client, cast):
    declare(client, name="<script>alert(1)</script>\u202eevil", purpose="<b>x</b>")
    salma = cast.visitor(cast.salma)
    press(salma, DESK, "/verify")
    page = client.get(LIST).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


def test_the_secretariat_verifies_and_the_association_is_told(client, cast):
    address = declare(client).location
    press(cast.visitor(cast.salma), DESK, "/verify")
    page = client.get(LIST).text
    assert DECLARATION["name"] in page
    for private in ("zineb@example.org", "Zineb", "0600000000", "12/2020"):
        assert private not in page
    assert stands(client.get(address).text, AssociationState.VERIFIED)
    assert told_it_is_verified() == 1


def test_two_who_verify_at_once_do_it_once(client, cast):
    declare(client)
    salma, amal = cast.visitor(cast.salma), cast.visitor(cast.amal)
    path = f"{DESK}/{declared()[0].id}/verify"
    token = re.search(r'name="csrf_token" value="([^"]+)"', amal.get(DESK).text)[1]
    press(salma, DESK, "/verify")
    second = amal.post(path, data={"csrf_token": token})
    assert second.status_code == 409
    assert says(second, AlreadyDone)
    assert told_it_is_verified() == 1


def test_it_is_told_why_not_corrects_and_waits_again(client, cast, mails):
    address = declare(client).location
    salma = cast.visitor(cast.salma)
    refuse = f"{DESK}/{declared()[0].id}/refuse"
    assert fill(salma, refuse, reason="").status_code == 422
    fill(salma, refuse, reason="The number belongs to another year.")
    assert any("The number belongs to another year." in mail for mail in mails())
    assert "The number belongs to another year." in client.get(address).text
    fill(client, f"{address}/correct", legal_number="12/2021")
    page = client.get(address).text
    assert stands(page, AssociationState.WAITING)
    assert "12/2021" in page


def test_a_new_name_is_verified_again_a_new_telephone_is_not(client, cast):
    address = declare(client).location
    press(cast.visitor(cast.salma), DESK, "/verify")
    fill(client, f"{address}/correct", phone="0611111111")
    assert declared()[0].is_verified
    fill(client, f"{address}/correct", name="Un autre nom")
    assert not declared()[0].is_verified


@pytest.mark.parametrize("typed", ["الافق", "ofoq", "OFOQ", "الأفق"])
def test_a_name_is_found_in_every_spelling(client, cast, typed):
    declare(client)
    press(cast.visitor(cast.salma), DESK, "/verify")
    page = client.get(LIST, query_string={"q": typed}).text
    assert DECLARATION["name"] in page
    assert "جمعية الاختبار" not in page


@pytest.mark.parametrize("typed", ["%", "_", "' or 1=1 --", "\x00"])
def test_signs_of_the_database_are_only_signs(client, cast, typed):
    assert client.get(LIST, query_string={"q": typed}).status_code == 200
    if typed in "%_":
        assert "جمعية الاختبار" not in client.get(LIST, query_string={"q": typed}).text


def test_the_region_narrows_the_list(client, cast):
    assert "جمعية الاختبار" in client.get(LIST, query_string={"region": "02"}).text
    assert "جمعية الاختبار" not in client.get(LIST, query_string={"region": "03"}).text
    assert client.get(LIST, query_string={"region": "nowhere"}).status_code == 200


def test_the_list_is_paged_and_costs_the_same_for_many(client, cast, statements):
    def cost():
        with statements() as asked:
            client.get(LIST)
        return len(asked)

    before = cost()
    session.add_all(
        Association(
            name=f"جمعية {i:03}",
            city="Oujda",
            region_code="02",
            receipt=secrets.new_receipt(),
            declared_at=THEN,
            verified_at=THEN,
        )
        for i in range(45)
    )
    session.commit()
    session.remove()
    assert cost() == before <= 6
    seen, address = [], LIST
    while address:
        page = client.get(address).text
        seen += re.findall(r"جمعية (\d{3})", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and following[1].replace("&amp;", "&")
    assert sorted(seen) == [f"{i:03}" for i in range(45)]
    assert len(seen) == len(set(seen))


def test_a_cursor_nobody_gave_out_is_refused_plainly(client, cast):
    assert client.get(LIST, query_string={"cursor": "nonsense"}).status_code == 400


@pytest.mark.parametrize("name", ["جمعية الاختبارات", "جمعيه الإختبار"])
def test_who_verifies_sees_a_name_that_is_nearly_that_of_another(client, cast, name):
    declare(client, name=name)
    [warning] = texts(cast.visitor(cast.salma).get(DESK).text, "main .notice-waiting")
    assert cast.association.name in warning


def test_names_that_are_not_alike_are_not_mentioned(client, cast):
    declare(client)
    page = cast.visitor(cast.salma).get(DESK).text
    assert not texts(page, "main .notice-waiting")
    assert cast.association.name not in page
