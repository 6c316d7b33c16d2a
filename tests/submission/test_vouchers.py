"""On behalf of an association: named once it has confirmed, a person's idea once it has not."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from cocreation.core import clock, secrets
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Association
from cocreation.ideas.chain.links import A_CITIZEN, AN_ASSOCIATION, VOUCHED
from cocreation.ideas.models.idea import Author, AuthorKind
from cocreation.submission.forms.idea import SEVERAL_OF_THAT_NAME
from tests.forms import fill, post_forms, press
from tests.html import texts
from tests.senders import SENTENCE, by, ideas, link
from tests.words import said, says

NAME = "جمعية الاختبار"


@pytest.fixture
def association(cast):
    """The verified association of the cast, with an address."""
    session.execute(update(Association).values(email="office@association.example", language="en"))
    session.commit()
    session.remove()
    return cast.association


@pytest.fixture
def asked(association, send, mails, client):
    """Send an idea on behalf of the association and confirm it; the page where it is asked."""

    def send_and_confirm(**fields):
        send(**{"kind": "association", "name": NAME, "is_named": "y", **fields})
        confirm = link(mails()[0], "confirm")
        press(client, confirm, confirm)
        return next((link(mail, "vouch") for mail in mails() if "/vouch/" in mail), None)

    return send_and_confirm


def author() -> Author:
    session.remove()
    row = session.scalars(select(Author)).one()
    session.expunge_all()
    return row


def answered(client, page, answer):
    token = next(field.get("value") for form in post_forms(client, page) for field in form.iter("input"))
    return client.post(page, data={"csrf_token": token, "ours": answer})


def test_it_is_named_once_it_has_confirmed(cast, client, asked):
    page = asked()
    assert (author().kind, author().association_id) == (AuthorKind.ASSOCIATION, cast.association.id)
    before = client.get("/en/ideas/2026-1").text
    assert said(by(before), AN_ASSOCIATION)
    assert NAME not in before
    assert SENTENCE in client.get(page).text
    assert answered(client, page, "yes").status_code == 302
    after = client.get("/en/ideas/2026-1").text
    assert said(by(after), VOUCHED, association=NAME)
    assert texts(client.get(page).text, ".notice-done")


def test_what_it_disowns_is_a_persons(cast, client, asked):
    page = asked()
    answered(client, page, "no")
    row = author()
    assert (row.kind, row.name, row.is_named, row.vouched_at) == (AuthorKind.PERSON, None, False, None)
    idea = client.get("/en/ideas/2026-1").text
    assert said(by(idea), A_CITIZEN)
    assert NAME not in idea
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "idea disowned")).one()
    assert (entry.subject, entry.actor, entry.details) == ("2026-1", None, {})


@pytest.mark.parametrize(("first", "second"), [("yes", "no"), ("no", "yes")])
def test_the_first_answer_stays(cast, client, asked, first, second):
    page = asked()
    token = next(field.get("value") for form in post_forms(client, page) for field in form.iter("input"))
    for answer in (first, second, first):
        assert client.post(page, data={"csrf_token": token, "ours": answer}).status_code == 302
    assert bool(author().vouched_at) == (first == "yes")
    assert bool(author().disowned_at) == (first == "no")


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_another_answer_is_none(cast, client, asked, answer):
    page = asked()
    assert answered(client, page, answer).status_code == 422
    assert author().vouched_at is None


def test_it_is_asked_only_once_the_idea_is_confirmed(cast, client, association, send):
    send(kind="association", name=NAME)
    session.remove()
    assert session.scalars(select(Mail.to)).all() == ["nadia@example.org"]
    assert author().voucher is None


@pytest.mark.parametrize("typed", [NAME, "جمعيه الإختبار", f"{NAME}، وجدة", f" {NAME} , وجدة"])
def test_its_name_is_known_in_every_spelling(cast, association, send, typed):
    send(kind="association", name=typed)
    assert (author().association_id, author().name) == (cast.association.id, NAME)


@pytest.mark.parametrize("typed", ["جمعية", "Association Amal", f"{NAME}، فاس", f"{NAME} بلوس"])
def test_another_name_is_taken_as_it_is(cast, client, association, send, typed):
    send(kind="association", name=typed)
    assert (author().association_id, author().name) == (None, typed)


def test_an_association_not_verified_is_a_name_like_another(cast, association, send):
    session.execute(update(Association).values(verified_at=None))
    session.commit()
    send(kind="association", name=NAME)
    assert author().association_id is None


def test_a_person_of_that_name_speaks_for_themselves(cast, association, send):
    send(kind="person", name=NAME)
    assert author().association_id is None


def test_two_of_one_name_are_told_apart_by_their_city(cast, association, client, send):
    session.add(
        Association(
            name=NAME,
            city="فاس",
            region_code="03",
            receipt=secrets.new_receipt(),
            declared_at=clock.now(),
            verified_at=clock.now(),
        )
    )
    session.commit()
    answer = send(kind="association", name=NAME)
    assert answer.status_code == 422
    assert says(answer, SEVERAL_OF_THAT_NAME)
    assert send(kind="association", name=f"{NAME}، وجدة").status_code == 302
    assert author().association_id == cast.association.id


def test_without_an_address_nobody_is_asked_and_it_is_not_named(cast, client, asked):
    session.execute(update(Association).values(email=None))
    session.commit()
    assert asked() is None
    assert NAME not in client.get("/en/ideas/2026-1").text


def test_a_withdrawn_idea_keeps_its_words_from_the_association(cast, client, asked):
    page = asked()
    press(client, f"/en/receipts/{ideas()[0].receipt}", "/withdraw")
    assert SENTENCE not in client.get(page).text


def test_the_key_of_one_is_no_key_of_the_other(cast, client, asked):
    page = asked()
    voucher, receipt = page.rsplit("/", 1)[1], ideas()[0].receipt
    assert voucher != receipt
    assert client.get(f"/en/receipts/{voucher}").status_code == 404
    assert client.get(f"/en/ideas/vouch/{receipt}").status_code == 404
    assert client.get("/en/ideas/vouch/x").status_code == 404


def test_when_the_secretariat_enters_it(cast, association, client, mails):
    fill(cast.visitor(cast.salma), "/en/manage/ideas/enter", proposal="Papier", kind="association", name=NAME)
    [mail] = mails()
    assert "2026-1" in mail
    answered(client, link(mail, "vouch"), "yes")
    assert NAME in client.get("/en/ideas/2026-1").text


def test_names_are_offered_while_one_is_typed(cast, association, client):
    assert client.get("/en/ideas/associations?q=الاختبار").json == [f"{NAME}, وجدة"]
    assert client.get("/en/ideas/associations?q=%25").json == []
    assert client.get("/en/ideas/associations").json == []
    session.execute(update(Association).values(verified_at=None))
    session.commit()
    assert client.get("/en/ideas/associations?q=الاختبار").json == []
