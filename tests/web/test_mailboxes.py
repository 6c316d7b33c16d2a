"""One mailbox is one person, however its address is spelled, at every door it comes in by."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from cocreation.accounts.emails import FORGOTTEN
from cocreation.accounts.models import Person
from cocreation.cli import send_mails
from cocreation.core import delivery, outbox
from cocreation.core.database import session
from cocreation.core.outbox import Mail

IDN, ASCII = "a@bücher.example", "A@XN--BCHER-KVA.example"


def test_a_form_takes_one_spelling(trial_client):
    answer = trial_client.post("/fr/trial/form", data={"name": "Aïcha", "email": f" {ASCII} "})
    assert answer.json["email"] == IDN


@pytest.mark.parametrize("typed", ["(1)name@example.org", "name@example.org(3)", '"na me"@example.org'])
def test_a_form_refuses_another_spelling_of_a_mailbox_and_keeps_it_as_typed(trial_client, typed):
    answer = trial_client.post("/fr/trial/form", data={"name": "Aïcha", "email": typed})
    assert answer.status_code == 422


def test_a_mail_to_an_internationalised_domain_goes_to_its_ascii_form(app, tmp_path):
    outbox.post(FORGOTTEN, to=IDN, key="one", language="fr", token="one")
    session.commit()
    send_mails(app)
    [mail] = delivery.mailbox(tmp_path / "mail")
    assert mail["To"] == "a@xn--bcher-kva.example"


def test_somebody_invited_by_two_spellings_is_one_person(app):
    run = app.test_cli_runner().invoke
    for spelled in (IDN, ASCII):
        result = run(args=["user", "invite", spelled, "--role", "committee_member", "--name", "Leila"])
        assert result.exit_code == 0, result.output
    assert session.scalars(select(Person.email)).all() == [IDN]
    session.remove()
    refused = run(args=["user", "invite", "(1)leila@example.org", "--role", "committee_member"])
    assert refused.exit_code == 2, refused.output
    assert "is not an e-mail address" in refused.output


def test_erasing_finds_a_mailbox_by_another_spelling(app):
    outbox.post(FORGOTTEN, to=IDN, key="one", language="fr", token="one")
    session.commit()
    app.test_cli_runner().invoke(args=["data", "erase", ASCII, "--yes"])
    assert session.scalar(select(func.count()).select_from(Mail)) == 0
    session.remove()
