"""A mail leaves whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import jinja2
import pytest
from sqlalchemy import select

from cocreation.accounts.emails import FORGOTTEN
from cocreation.cli import send_mails
from cocreation.core import delivery, outbox
from cocreation.core.database import session
from cocreation.core.outbox import Mail


@pytest.fixture
def without(app, monkeypatch):
    """Take a template away."""

    def take(name):
        loader = app.jinja_env.loader

        def source(environment, asked):
            if asked == name:
                raise jinja2.TemplateNotFound(asked)
            return loader.get_source(environment, asked)

        left = jinja2.BaseLoader()
        left.get_source = source
        monkeypatch.setattr(app.jinja_env, "loader", left)

    return take


def send(app, tmp_path):
    """The mails that left, and why one did not."""
    outbox.post(FORGOTTEN, to="a@example.org", key="one", language="fr", token="one")
    session.commit()
    send_mails(app)
    [mail] = session.scalars(select(Mail))
    session.remove()
    return list(delivery.mailbox(tmp_path / "mail")), mail.failure


@pytest.mark.parametrize(
    "part", ["emails/base.html", "emails/button.html", "emails/accounts/forgotten/body.txt"]
)
def test_a_mail_that_misses_a_part_is_not_sent(app, tmp_path, without, part):
    without(part)
    sent, failure = send(app, tmp_path)
    assert sent == []
    assert part in failure


@pytest.mark.parametrize(
    ("given", "name", "domain", "reply"),
    [
        ({}, None, "127.0.0.1", None),
        ({"mail_from": "Plan <plan@gov.example.org>"}, "Plan", "gov.example.org", None),
        (
            {"contact_email": "bureau@example.org", "base_url": "https://plan.example"},
            None,
            "plan.example",
            "bureau",
        ),
    ],
)
def test_a_mail_says_who_writes_in_which_language_and_whom_to_answer(
    app, tmp_path, given, name, domain, reply
):
    app.extensions["settings"] = replace(app.extensions["settings"], **given)
    [mail], _failure = send(app, tmp_path)
    assert mail["Content-Language"] == "fr"
    [sender] = mail["From"].addresses
    assert sender.display_name == name or (name is None and sender.display_name)
    assert mail["Message-ID"].endswith(f"@{domain}>")
    assert (mail["Reply-To"] or "").partition("@")[0] == (reply or "")


def test_a_mail_may_do_without_html(app, tmp_path, without):
    without("emails/accounts/forgotten/body.html")
    [mail], failure = send(app, tmp_path)
    assert mail.get_content_type() == "text/plain"
    assert not failure
