"""A mail leaves whole or not at all."""

from __future__ import annotations

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


def test_a_mail_may_do_without_html(app, tmp_path, without):
    without("emails/accounts/forgotten/body.html")
    [mail], failure = send(app, tmp_path)
    assert mail.get_content_type() == "text/plain"
    assert not failure
